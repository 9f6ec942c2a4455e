"""The registers: every line with its money, every benefit with what it has."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from programme.foundation.views import RecordListView
from programme.people.models import Scope
from programme.performance.models import Measure

from ..choices import AmountKind, ClaimStatus
from ..filters.register import BenefitFilters, LineFilters
from ..models import Benefit, BenefitAmount, BenefitLine, Claim
from ..tables.register import BenefitTable, FullLineTable, LineTable
from .parts import parts

# As live(), but in words that let SQLite look the sums up in their index: NOT withdrawn would scan it.
LIVE: dict[str, Any] = {"withdrawn__in": [False]}
BY_LINE, BY_BENEFIT = "/benefits/list/", "/benefits/list/benefits/"


class Register(RecordListView):
    """One of the two ways of listing benefits."""

    permission = "benefits.view_benefits"
    template_name = "benefits/register.html"

    def parts(self) -> list[dict[str, Any]]:
        return parts(self.request.user, BY_LINE)

    @property
    def other(self) -> dict[str, str]:
        """The other way of listing them."""
        if self.request.path == BY_LINE:
            return {"label": "List by benefit, also those without lines", "url": BY_BENEFIT}
        return {"label": "List by line, with amounts", "url": BY_LINE}

    def actions(self) -> list[tuple[str, str]]:
        return (
            [("Add a benefit", "/benefits/add/")]
            if self.request.user.has_perm("benefits.add_benefit")
            else []
        )


def _total(kind: str) -> Subquery:
    """What a line's live amounts of one kind come to; unknown where there are none."""
    rows = BenefitAmount.objects.filter(line=OuterRef("pk"), kind=kind, **LIVE).order_by()
    return Subquery(rows.values("line").annotate(total=Sum("amount")).values("total"))


def _claims(statuses: list[str], amount: str) -> Subquery:
    of_line = Claim.objects.filter(line=OuterRef("pk"), status__in=statuses, **LIVE).order_by()
    return Subquery(of_line.values("line").annotate(total=Sum(amount)).values("total"))


class LineList(Register):
    model = BenefitLine
    filters_class = LineFilters
    title = "Benefits by line"
    introduction = (
        "Every line of every benefit. Amounts are the sum of a line’s years: for a recurring saving the "
        "annual run-rate that is reached, for a one-off its amount."
    )
    empty = "No lines yet. Add a benefit, then say what it brings, line by line."

    @property
    def table_class(self) -> type[LineTable]:  # type: ignore[override]
        return FullLineTable if self.request.GET.get("columns") == "all" else LineTable

    def get_queryset(self) -> Any:
        """Whoever sees a line sees its amounts and claims, so these are not asked again."""
        rows = super().get_queryset().select_related("benefit__owner__profile")
        return rows.annotate(
            approved=_total(AmountKind.APPROVED),
            forecast=_total(AmountKind.FORECAST),
            claimed=_claims([ClaimStatus.SUBMITTED, ClaimStatus.VERIFIED], "amount"),
            verified=_claims([ClaimStatus.VERIFIED], "full_year"),
        ).order_by("benefit__position", "benefit__ref", "position", "pk")


class BenefitList(Register):
    model = Benefit
    table_class = BenefitTable
    filters_class = BenefitFilters
    title = "Benefits"
    introduction = "Every benefit with its owner, its measure and how far it has come."
    empty = "No benefits yet. Add the first one."

    def get_queryset(self) -> Any:
        """Names of homes and measures, and numbers of lines, only as far as the viewer may know of them."""
        user = self.request.user
        lines = BenefitLine.objects.visible_to(user).live().filter(benefit=OuterRef("pk")).order_by()
        home = Scope.objects.visible_to(user).filter(pk=OuterRef("scope"))
        measure = Measure.objects.visible_to(user).live().filter(pk=OuterRef("measure"))
        counted = lines.values("benefit").annotate(
            number=Count("pk"), unknown=Count("pk", filter=~Q(not_quantified_because=""))
        )
        rows = super().get_queryset().select_related("owner__profile")
        return rows.annotate(
            home=Subquery(home.values("name")[:1]),
            measure_name=Subquery(measure.values("name")[:1]),
            line_count=Subquery(counted.values("number")),
            unquantified=Subquery(counted.values("unknown")),
        ).order_by("position", "ref")
