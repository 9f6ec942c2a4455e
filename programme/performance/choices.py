"""Directions and frequencies of measures. Source: the domain's "Measures (KPIs)"."""

from django.core.validators import RegexValidator
from django.db import models

REFERENCE = RegexValidator(r"^M-\d{3,5}\Z", "Write it like M-001.")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"


class Frequency(models.TextChoices):
    """How often the measure is read; empty where nobody has said yet."""

    WEEKLY = "weekly", "Weekly"
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    SIX_MONTHLY = "six_monthly", "Six-monthly"
    YEARLY = "yearly", "Yearly"
