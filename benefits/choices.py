"""Categories, kinds and measures of benefits. Source: the domain's "Benefits" and "Reconciliation"."""

from django.core.validators import RegexValidator
from django.db import models

# B for benefits, C for costs, CL for claims, F for stated figures, P for payback tables, R for bridges.
REFERENCE = RegexValidator(r"^[A-Z]{1,5}-\d{2,5}\Z", "Write it like B-003.")
LINE_REFERENCE = RegexValidator(r"^B-\d{2,5}-L\d{1,3}\Z", "Write it like B-003-L1.")
BUDGET_CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,29}\Z",
    "A budget code has letters, figures, blanks, points, dashes and strokes: at most 30.",
)


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


class Kind(models.TextChoices):
    """What a saving does to the budget; the first three release cash."""

    CASH_RELEASING_EFFICIENCY = "cash_releasing_efficiency", "Cash-releasing efficiency"
    REDUCTION_OF_SCOPE = "reduction_of_scope", "Cash-releasing reduction of scope"
    INCOME = "income", "Income"
    COST_AVOIDANCE = "cost_avoidance", "Cost avoidance"
    EFFICIENCY_WITHOUT_CASH = "efficiency_without_cash", "Efficiency without cash"


CASHABLE = frozenset({Kind.CASH_RELEASING_EFFICIENCY, Kind.REDUCTION_OF_SCOPE, Kind.INCOME})


class Status(models.TextChoices):
    """How far a benefit has come. Withdrawing is possible at any point, with a reason."""

    IDENTIFIED = "identified", "Identified"
    VALIDATED = "validated", "Validated"
    APPROVED = "approved", "Approved"
    IN_DELIVERY = "in_delivery", "In delivery"
    REALISED = "realised", "Realised"
    CLOSED = "closed", "Closed"


class AmountKind(models.TextChoices):
    """``ORIGINAL`` is what was approved first; claimed and verified amounts stand in claims."""

    ORIGINAL = "original", "First approved"
    APPROVED = "approved", "Approved"
    FORECAST = "forecast", "Forecast"


class ReferenceKind(models.TextChoices):
    POST = "post", "Post"
    CONTRACT = "contract", "Contract"


class GapKind(models.TextChoices):
    """What became of the difference between what was first approved and what is forecast."""

    SLIPPED = "slipped", "Slipped"
    LOST = "lost", "Lost"
    EXCEEDED = "exceeded", "Exceeded"
    RE_APPROVED = "re_approved", "Re-approved"


class ClaimStatus(models.TextChoices):
    SUBMITTED = "submitted", "Waits for finance"
    VERIFIED = "verified", "Verified"
    SENT_BACK = "sent_back", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RequirementKind(models.TextChoices):
    BUDGET_GAP = "budget_gap", "Budget gap"
    MEDIUM_TERM_PLAN = "medium_term_plan", "Medium-term plan"


class CostCategory(models.TextChoices):
    INTERNAL_RESOURCE = "internal_resource", "Council staff"
    EXTERNAL_EXPERTISE = "external_expertise", "External expertise"
    FUNCTIONAL_SUPPORT = "functional_support", "Functional support"
    TRAINING = "training", "Training"
    TECHNOLOGY = "technology", "Technology"
    REDUNDANCY = "redundancy", "Redundancy and pension strain"
    OTHER = "other", "Other"


class CostKind(models.TextChoices):
    BUDGET = "budget", "Budget"
    FORECAST = "forecast", "Forecast"
    ACTUAL = "actual", "Actual"


class EntryKind(models.TextChoices):
    """Entries of the transformation reserve."""

    ALLOCATION = "allocation", "Allocation"
    COMMITMENT = "commitment", "Commitment"
    SPENDING = "spending", "Spending"
    RELEASE = "release", "Release"


class MovementKind(models.TextChoices):
    """Why one figure is not the other."""

    TIMING = "timing", "Timing"
    SCOPE = "scope", "Scope"
    RECLASSIFICATION = "reclassification", "Reclassification"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NEW = "new", "New"
    ERROR = "error", "Error"
    ROUNDING = "rounding", "Rounding"
    PRICE_BASE = "price_base", "Price base"


class Computed(models.TextChoices):
    """Figures that the portal works out itself and that a reconciliation can bridge to or from."""

    LINES_APPROVED = "lines_approved", "Approved savings, sum of the lines"
    LINES_BY_YEAR = "lines_by_year", "Approved savings by year, sum of the lines"
    LINES_NET_BY_YEAR = "lines_net_by_year", "Net by year: the business case's lines less its costs"
    LINES_FORECAST = "lines_forecast", "Forecast savings, sum of the lines"
    LINES_DELIVERED = "lines_delivered", "Delivered savings, sum of what finance verified"
    STATED_BENEFIT_BY_YEAR = "stated_benefit_by_year", "Savings by year in the stated payback table"
    STATED_NET_BY_YEAR = "stated_net_by_year", "Net by year in the stated payback table"
    STATED_NET_TEN_YEARS = "stated_net_ten_years", "Ten years on the stated rows, run-rate from the next year"
    STATED_NET_TEN_YEARS_MID = (
        "stated_net_ten_years_mid",
        "Ten years on the stated rows, run-rate from mid-year",
    )
    STATED_NET_TEN_YEARS_START = (
        "stated_net_ten_years_start",
        "Ten years on the stated rows, run-rate from the start of the year",
    )
    INFERRED_TEN_YEARS = "inferred_ten_years", "Ten years on the inferred basis"
    INVESTMENT_LINES = "investment_lines", "Investment, sum of the lines"


class Ground(models.TextChoices):
    """Records that computed figures rest on: who may not see one of them may not see the figure."""

    LINES = "lines", "Lines of benefits"
    SCENARIO = "scenario", "The stated payback table"
    STATED = "stated", "Stated figures"
    COSTS = "costs", "Cost lines"


RESTS_ON = {
    Computed.LINES_APPROVED: {Ground.LINES},
    Computed.LINES_BY_YEAR: {Ground.LINES},
    Computed.LINES_NET_BY_YEAR: {Ground.LINES, Ground.SCENARIO},
    Computed.LINES_FORECAST: {Ground.LINES},
    Computed.LINES_DELIVERED: {Ground.LINES},
    Computed.STATED_BENEFIT_BY_YEAR: {Ground.SCENARIO},
    Computed.STATED_NET_BY_YEAR: {Ground.SCENARIO},
    Computed.STATED_NET_TEN_YEARS: {Ground.SCENARIO},
    Computed.STATED_NET_TEN_YEARS_MID: {Ground.SCENARIO},
    Computed.STATED_NET_TEN_YEARS_START: {Ground.SCENARIO},
    Computed.INFERRED_TEN_YEARS: {Ground.SCENARIO, Ground.STATED},
    Computed.INVESTMENT_LINES: {Ground.COSTS},
}


class DoubleCountingRule(models.TextChoices):
    SAME_REFERENCE = "same_reference", "The same post or contract on two lines"
    ABOVE_BUDGET = "above_budget", "Savings above the budget of their code"
    AVOIDANCE_BESIDE_CASH = "avoidance_beside_cash", "Cost avoidance beside an equal cashable saving"


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


class Investment(models.TextChoices):
    """Which costs an appraisal sets against the savings."""

    STATED = "stated", "The stated payback table’s yearly costs"
    BUDGET = "budget", "Cost lines, budget by year"
    FORECAST = "forecast", "Cost lines, forecast by year"
