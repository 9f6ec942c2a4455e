"""Where a figure comes from: every figure the portal shows carries this."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Basis(models.TextChoices):
    """How firm a figure is."""

    ESTIMATE = "estimate", "Estimate"
    QUOTE = "quote", "Quote"
    CONTRACT = "contract", "Contract"
    BUDGET = "budget", "Budget"
    ACTUAL = "actual", "Actual"


class PriceBase(models.TextChoices):
    """Whether amounts are in the money of their own year, or in the prices of one year."""

    NOMINAL = "nominal", "Nominal"
    REAL = "real", "Real"


class Sourced(models.Model):
    """A figure with its source (document and place, cell, ledger or person), as-at date, basis and prices."""

    source_document = models.CharField("source", max_length=200)
    source_place = models.CharField("place in the source", max_length=200, blank=True)
    source_as_at = models.DateField("as at")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ESTIMATE)
    price_base = models.CharField(max_length=10, choices=PriceBase, default=PriceBase.NOMINAL)
    price_year = models.PositiveSmallIntegerField("prices of the year", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="last confirmed by",
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(price_base=PriceBase.NOMINAL, price_year=None)
                | Q(price_base=PriceBase.REAL, price_year__isnull=False),
                name="%(app_label)s_%(class)s_real_prices_name_their_year",
                violation_error_message="Real prices need their year; nominal ones have none.",
            )
        ]

    @property
    def source_lines(self) -> list[tuple[str, Any]]:
        """Label and value of everything known about the source, for the page and the workbook."""
        prices = self.get_price_base_display()
        lines = [
            ("Source", self.source_document),
            ("Place", self.source_place),
            ("As at", self.source_as_at),
            ("Basis", self.get_basis_display()),
            ("Prices", f"{prices}, {self.price_year}" if self.price_year else prices),
            ("Confirmed by", self.confirmed_by or "nobody yet"),
        ]
        return [(label, value) for label, value in lines if value]
