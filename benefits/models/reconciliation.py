from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.people.classification import Classified
from programme.people.models import Scope, User

from ..choices import REFERENCE, Computed, MovementKind
from .benefit import BenefitsQuerySet, seen_with
from .stated import StatedFigure


def _one_figure(end: str) -> models.CheckConstraint:
    figure, computed = f"{end}_figure", f"{end}_computed"
    return models.CheckConstraint(
        condition=Q(**{f"{figure}__isnull": False, computed: ""})
        | (Q(**{figure: None}) & ~Q(**{computed: ""})),
        name=f"benefits_reconciliation_{end}_one_figure",
        violation_error_message="Choose one figure: a stated one or a computed one.",
    )


def _stated(name: str, end: str) -> models.ForeignKey:
    return models.ForeignKey(
        StatedFigure,
        verbose_name=name,
        null=True,
        blank=True,
        related_name=f"reconciled_{end}",
        on_delete=models.PROTECT,
    )


class Reconciliation(Classified):
    """A bridge from one figure to another by typed movements; what they leave is the unexplained residual.

    A sign-off holds for the very residual it was given for: pounds by year (``""`` without years), as
    whole pence in ``signed_residual``. When a figure moves, it falls away.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    title = models.CharField(max_length=200)
    note = models.TextField(max_length=2000, blank=True)
    from_figure = _stated("from the stated figure", "from")
    from_computed = models.CharField("from the computed figure", max_length=30, choices=Computed, blank=True)
    to_figure = _stated("to the stated figure", "to")
    to_computed = models.CharField("to the computed figure", max_length=30, choices=Computed, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="signed off by",
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    signed_reason = models.TextField("why the rest is accepted", max_length=2000, blank=True)
    signed_residual = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.ForeignKey(Scope, related_name="reconciliations", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "ref"]
        constraints = [
            *Classified.Meta.constraints,
            _one_figure("from"),
            _one_figure("to"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_reason="", signed_residual=None)
                | (Q(signed_by__isnull=False, signed_residual__isnull=False) & ~Q(signed_reason="")),
                name="benefits_sign_off_is_whole",
                violation_error_message="A sign-off has a person, a reason and the residual it is for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/benefits/reconciliation/{self.ref}/"


class OfReconciliationQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="reconciliation__"))


class Movement(Tracked):
    """One step of a bridge, in pounds; of one year where the figures have years."""

    reconciliation = models.ForeignKey(Reconciliation, related_name="movements", on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, choices=MovementKind)
    year = FinancialYearField(null=True, blank=True)
    amount = MoneyField(negative=True)
    words = models.CharField("what it is", max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ["reconciliation", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"
