from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.foundation.sources import Basis, Sourced
from programme.people.choices import Role
from programme.people.classification import Classified
from programme.people.models import Scope, User
from programme.portfolio.models import Decision

from ..choices import (
    BUDGET_CODE,
    CASHABLE,
    LINE_REFERENCE,
    AmountKind,
    Category,
    Deliverability,
    Frequency,
    GapKind,
    Kind,
    ReferenceKind,
)
from .benefit import Benefit, BenefitsQuerySet, seen_with


class BenefitLineQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, benefit="benefit__"))


class BenefitLine(Classified, Sourced):
    """A line of savings or income. Staffing lines are exempt unless somebody decides otherwise.

    It belongs to its benefit for life and lies at the benefit's home. What cannot be quantified yet has a
    reason instead of amounts, and stands in every report. Its source is where the line was first stated; a
    forecast that was changed since has a source of its own, and until then shares the line's.
    """

    benefit = models.ForeignKey(Benefit, related_name="lines", on_delete=models.PROTECT)
    ref = models.CharField("reference", max_length=16, unique=True, validators=[LINE_REFERENCE])
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=24, choices=Category)
    kind = models.CharField(max_length=28, choices=Kind, default=Kind.CASH_RELEASING_EFFICIENCY)
    kind_note = models.CharField("how the kind was settled", max_length=300, blank=True)
    deliverability = models.CharField(max_length=16, choices=Deliverability, default=Deliverability.NOT_RATED)
    frequency = models.CharField(max_length=12, choices=Frequency, default=Frequency.RECURRING)
    budget_code = models.CharField(max_length=30, blank=True, validators=[BUDGET_CODE])
    fte = models.DecimalField(
        "full-time equivalents",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0), "This cannot be negative.")],
    )
    not_quantified_because = models.CharField("why there is no figure", max_length=500, blank=True)
    stated_total = MoneyField("total as stated", null=True, blank=True)
    forecast_document = models.CharField("source of the forecast", max_length=200, blank=True)
    forecast_place = models.CharField("place in the forecast's source", max_length=200, blank=True)
    forecast_as_at = models.DateField("forecast as at", null=True, blank=True)
    forecast_basis = models.CharField("basis of the forecast", max_length=10, choices=Basis, blank=True)
    forecast_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="forecast confirmed by",
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.ForeignKey(Scope, related_name="benefit_lines", on_delete=models.PROTECT)

    objects = BenefitLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *Classified.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(forecast_document="", forecast_as_at=None)
                | ~Q(forecast_document="") & Q(forecast_as_at__isnull=False),
                name="benefits_forecast_source_has_its_day",
                violation_error_message="The source of a forecast needs the day it is as at.",
            ),
        ]
        indexes = [
            models.Index(fields=["benefit", "withdrawn"], name="benefits_line_of_benefit"),
            models.Index(fields=["budget_code", "withdrawn"], name="benefits_line_by_code"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/benefits/{self.ref.rpartition('-L')[0]}/lines/{self.ref}/"

    def stood_visible_to(self, user: User) -> bool:
        own = self.owner_id == user.pk and user.standing.holds(Role.BENEFIT_OWNER)
        return own or super().stood_visible_to(user)

    @property
    def owner_id(self) -> int | None:
        """The benefit's owner, whose own record the line is."""
        return self.benefit.owner_id

    @property
    def forecast_source_lines(self) -> list[tuple[str, Any]]:
        """Where the forecast comes from, as ``source_lines`` has it; the line's source where it has none."""
        if not self.forecast_document:
            return self.source_lines
        lines = [
            ("Source", self.forecast_document),
            ("Place", self.forecast_place),
            ("As at", self.forecast_as_at),
            ("Basis", self.get_forecast_basis_display()),
            ("Prices", dict(self.source_lines)["Prices"]),
            ("Confirmed by", self.forecast_confirmed_by or "nobody yet"),
        ]
        return [(label, value) for label, value in lines if value]

    @property
    def is_quantified(self) -> bool:
        return not self.not_quantified_because

    @property
    def is_cashable(self) -> bool:
        return self.kind in CASHABLE


class OfLineQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="line__", benefit="line__benefit__"))


class BenefitAmount(Tracked):
    """What one line brings in one financial year, in pounds; a saving that stops is negative.

    Approved amounts name the decision that approved them, but for those of the business case itself.
    """

    line = models.ForeignKey(BenefitLine, related_name="amounts", on_delete=models.PROTECT)
    year = FinancialYearField()
    kind = models.CharField(max_length=10, choices=AmountKind)
    amount = MoneyField(negative=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, related_name="approved_amounts", on_delete=models.PROTECT
    )

    objects = OfLineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "kind", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "year"],
                condition=Q(withdrawn=False),
                name="benefits_one_amount_a_year_and_kind",
                violation_error_message="There is an amount for this year already.",
            )
        ]
        indexes = [  # all that adding up by kind and year needs
            models.Index(fields=["kind", "withdrawn", "line", "year", "amount"], name="benefits_amount_sums")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.line}, {self.year}"


class LineReferenceQuerySet(OfLineQuerySet):
    def visible_to(self, user: User) -> Self:
        """Contracts are seen with their line; posts only by who reads exempt material there."""
        seen = super().visible_to(user)
        if not user.is_authenticated or user.standing.reads_all_exempt:
            return seen
        own = user.standing.own_exempt_scopes
        posts = Q(line__scope__in=own) | Q(line__scope__parent__in=own)
        if user.standing.holds(Role.BENEFIT_OWNER):
            posts |= Q(line__benefit__owner=user.pk)
        return seen.filter(~Q(kind=ReferenceKind.POST) | posts)


class LineReference(Tracked):
    """A post or a contract that a line's saving comes from, by the number the council knows it by.

    Posts are exempt always, whatever the class of the line: a reference could identify a person.
    """

    line = models.ForeignKey(BenefitLine, related_name="references", on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=ReferenceKind)
    reference = models.CharField(max_length=40)
    fte = models.DecimalField(
        "full-time equivalent",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0), "This cannot be negative.")],
    )

    objects = LineReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["line", "kind", "reference"]
        verbose_name = "post or contract"
        verbose_name_plural = "posts and contracts"
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "reference"],
                condition=Q(withdrawn=False),
                name="benefits_reference_once_a_line",
                violation_error_message="This reference is on the line already.",
            )
        ]
        indexes = [models.Index(fields=["kind", "reference"], name="benefits_by_reference")]

    def __str__(self) -> str:
        return self.reference


REASON_LENGTH = 500


class GapPart(Tracked):
    """A part of the difference between what was first approved and what is forecast, in pounds.

    ``amount`` is what ``from_year`` gains (negative: loses); a part that slipped gives the same to
    ``to_year`` with the other sign, so that it nets to zero.
    """

    line = models.ForeignKey(BenefitLine, related_name="gap_parts", on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=GapKind)
    from_year = FinancialYearField()
    to_year = FinancialYearField(null=True, blank=True)
    amount = MoneyField(negative=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = OfLineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "from_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=GapKind.SLIPPED, to_year__isnull=False) & ~Q(to_year=F("from_year"))
                | (~Q(kind=GapKind.SLIPPED) & Q(to_year=None)),
                name="benefits_slip_has_two_years",
                violation_error_message="What slipped names the year it left and the year it moved to.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.line}, {self.from_year}"
