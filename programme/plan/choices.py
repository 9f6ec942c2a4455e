"""Kinds of plan entry, precision of dates, kinds of dependency. Source: the domain's "Plan"."""

from django.db import models


class Kind(models.TextChoices):
    ACTIVITY = "activity", "Activity"
    MILESTONE = "milestone", "Milestone"


class Precision(models.TextChoices):
    """How exact a stated date is; the stored date is the first day of the month or year."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    FINANCIAL_YEAR = "financial_year", "Financial year"


class DependencyKind(models.TextChoices):
    FINISH_START = "FS", "Finish to start"
    START_START = "SS", "Start to start"
    FINISH_FINISH = "FF", "Finish to finish"
    START_FINISH = "SF", "Start to finish"
