"""Categories, kinds and measures of benefits. Source: the domain's "Benefits" and "Reconciliation"."""

from django.core.validators import RegexValidator
from django.db import models

# B for benefits, C for costs, F for stated figures, P for payback tables.
REFERENCE = RegexValidator(r"^[A-Z]{1,5}-\d{2,5}\Z", "Write it like B-003.")


class Category(models.TextChoices):
    """The business case's three means, and what is not money."""

    STAFFING_REDESIGN = "staffing_redesign", "Staffing redesign"
    SERVICE_REDESIGN = "service_redesign", "Service redesign and cost avoidance"
    INCOME_GENERATION = "income_generation", "Income generation"
    NON_FINANCIAL = "non_financial", "Non-financial"


class Deliverability(models.TextChoices):
    DELIVERABLE = "deliverable", "Deliverable"
    ASPIRATIONAL = "aspirational", "Aspirational"
    NOT_RATED = "not_rated", "Not rated"


class Frequency(models.TextChoices):
    RECURRING = "recurring", "Recurring"
    ONE_OFF = "one_off", "One-off"


class AmountKind(models.TextChoices):
    APPROVED = "approved", "Approved"
    FORECAST = "forecast", "Forecast"
    CLAIMED = "claimed", "Claimed"
    VERIFIED = "verified", "Verified"


class FundingSource(models.TextChoices):
    RESERVE = "reserve", "Reserve"
    REVENUE = "revenue", "Revenue"
    CAPITAL_RECEIPTS = "capital_receipts", "Capital receipts"
    GRANT = "grant", "Grant"


class Measure(models.TextChoices):
    """What a stated figure says it measures: only figures of one measure can disagree with each other."""

    ANNUAL_SAVINGS = "annual_savings", "Annual savings"
    IMPLEMENTATION_COST = "implementation_cost", "Implementation cost"
    SERVICE_REDESIGN_EXCLUDING_STAFFING = (
        "service_redesign_not_affecting_staffing",
        "Service redesign not affecting staffing",
    )
    SERVICE_REDESIGN_INCLUDING_STAFFING = (
        "service_redesign_including_staffing_changes",
        "Service redesign including staffing changes",
    )
    INCOME_GENERATION = "income_generation", "Income generation"
    BUDGET_GAP = "budget_gap", "Budget gap"
    MINIMUM_SAVINGS = "minimum_programme_savings", "Minimum programme savings"
    TEN_YEAR_NET_GAIN = "ten_year_net_gain", "Net gain over ten years"
    CRM_COST = "crm_cost", "Cost of the single view of the customer"
    TECHNOLOGY_COST = "technology_cost", "Technology cost"
    STAFFING_REDUCTION = "staffing_reduction", "Reduction in posts"
    VISION_APPROVED = "vision_approved", "Date the vision was approved"
