from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.people.classification import Classified, visible
from programme.people.models import Scope, User

from ..choices import REFERENCE, RESTS_ON, Computed, Ground, MovementKind
from .benefit import BenefitsQuerySet
from .cost import CostLine
from .line import BenefitLine
from .stated import StatedFigure, StatedScenario

ENDS = ("from", "to")
RECORDS: dict[Ground, Any] = {
    Ground.LINES: BenefitLine,
    Ground.SCENARIO: StatedScenario,
    Ground.STATED: StatedFigure,
    Ground.COSTS: CostLine,
}


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


class ReconciliationQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only where both figures, and all that they rest on, may be seen: either gives the other away.

        Its own class says so when it is made; this holds when a figure is made exempt later.
        """
        seen = super().visible_to(user)
        if not user.is_authenticated or user.standing.reads_all_exempt:
            return seen
        for end in ENDS:
            stated = visible(user, scope=f"{end}_figure__scope", prefix=f"{end}_figure__")
            seen = seen.filter(Q(**{f"{end}_figure": None}) | stated)
        for ground, model in RECORDS.items():
            hidden = model.objects.live().exclude(pk__in=model.objects.visible_to(user).values("pk"))
            resting = [which for which, grounds in RESTS_ON.items() if ground in grounds]
            on_it = Q(from_computed__in=resting) | Q(to_computed__in=resting)
            seen = seen.exclude(on_it & Q(Exists(hidden)))
        return seen


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

    objects = ReconciliationQuerySet.as_manager()

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
        return self.filter(reconciliation__in=Reconciliation.objects.visible_to(user))


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
