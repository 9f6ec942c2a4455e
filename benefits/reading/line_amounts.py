"""What each line of the register brings: of all its years or of one, whole or as it counts for a workstream.

The database adds and cuts, so that rows can be sorted; what several workstreams share is then put right to
the penny, as the savings page apportions it. Pounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Round

from programme.foundation import calendar
from programme.foundation.kept_answers import composed_once
from programme.foundation.money import FinancialYear, MoneyField
from programme.people.choices import ScopeKind
from programme.people.models import User

from ..choices import AmountKind, ClaimStatus
from ..models import BenefitAmount, BenefitLine, BenefitShare, Claim
from ..models.line import BenefitLineQuerySet
from ..rules.sharing import WHOLE, apportion
from ..rules.totals import APPROVED, CLAIMED, FORECAST, PROFILE, VERIFIED
from .sums import COUNTING, Shares

# As live(), but in words that let SQLite look the sums up in their index: NOT withdrawn would scan it.
LIVE: dict[str, Any] = {"withdrawn__in": [False]}
STANDS = Q(withdrawn=False, benefit__withdrawn=False)
EXPECTED = {APPROVED: AmountKind.APPROVED.value, FORECAST: AmountKind.FORECAST.value}
WITHDRAWN = "withdrawn"  # what became of a line, beside the statuses of its benefit
NOT_YET = Value(None, output_field=MoneyField(negative=True))
CLAIMS = {CLAIMED: (COUNTING, "amount"), VERIFIED: ((ClaimStatus.VERIFIED,), "full_year")}


@dataclass(frozen=True)
class Counted:
    """Which amounts of a line count: those of ``year`` alone, or up to it, and for which workstream.

    ``workstream`` is a slug; empty is the programme as a whole, None every workstream.
    """

    year: FinancialYear | None = None
    upto: bool = False
    workstream: str | None = None

    @property
    def ahead(self) -> bool:
        """Whether the year has not begun, so that nobody knows yet what will be claimed by its end."""
        return self.year is not None and self.year > FinancialYear.of(calendar.today())

    def years(self, name: str) -> dict[str, Any]:
        """The same as a condition on the field ``name``."""
        if self.year is None:
            return {}
        return {f"{name}__lte" if self.upto else name: self.year}


def listed(user: User, counted: Counted | None = None) -> QuerySet:
    """The register's lines: those that stand, and those withdrawn of which finance verified something.

    Each has its stage, approved, forecast, claimed and verified; for a workstream with ``share`` in per cent.
    """
    counted = counted or Counted()
    return _whole(user) if counted == Counted() else _composed(counted, counted.ahead).visible_to(user)


@composed_once
def _whole(user: User) -> BenefitLineQuerySet:
    return _composed(Counted(), ahead=False).visible_to(user)


@lru_cache(maxsize=200)
def _composed(counted: Counted, ahead: bool) -> BenefitLineQuerySet:
    """The same before it is said who reads; never read itself. Composing took longer than reading."""
    verified = Claim.objects.filter(line=OuterRef("pk"), status=ClaimStatus.VERIFIED, **LIVE)
    stage = Case(When(STANDS, then=F("benefit__status")), default=Value(WITHDRAWN))
    rows = BenefitLine.objects.filter(STANDS | Exists(verified)).annotate(stage=stage)
    sums = {profile: _expected(kind, counted) for profile, kind in EXPECTED.items()}
    sums |= {profile: NOT_YET if ahead else _claims(profile, counted) for profile in CLAIMS}
    if counted.workstream is not None:
        own = BenefitShare.objects.filter(
            benefit=OuterRef("benefit"), workstream__slug=counted.workstream, **LIVE
        )
        rows = rows.annotate(share=Coalesce(Subquery(own.values("percent")[:1]), Value(WHOLE)))
        sums = {profile: _part_of(amount) for profile, amount in sums.items()}
    rows = rows.annotate(**sums).select_related("benefit__owner__profile")
    return rows.order_by("benefit__position", "benefit__ref", "position", "pk")


def in_year(rows: QuerySet, counted: Counted) -> QuerySet:
    """The lines with an approved, forecast, claimed or verified amount in the year, or up to it."""
    expected = BenefitAmount.objects.filter(
        line=OuterRef("pk"), kind__in=EXPECTED.values(), **counted.years("year"), **LIVE
    )
    claimed = Claim.objects.filter(
        line=OuterRef("pk"), status__in=COUNTING, **counted.years("booked"), **LIVE
    )
    verified = claimed.filter(status=ClaimStatus.VERIFIED)
    return rows.filter(STANDS & (Exists(expected) | Exists(claimed)) | Exists(verified))


def for_workstream(rows: QuerySet, scope: int | None) -> QuerySet:
    """The lines that count for a workstream, by its scope, or for the programme as a whole.

    Where a benefit is shared its shares say for whom it counts, else its home does.
    """
    shares = BenefitShare.objects.filter(benefit=OuterRef("benefit"), **LIVE)
    if scope is None:
        below = (ScopeKind.WORKSTREAM, ScopeKind.PROJECT)
        return rows.exclude(scope__kind__in=below).filter(~Exists(shares))
    home = Q(scope__kind=ScopeKind.WORKSTREAM, scope=scope)
    home |= Q(scope__kind=ScopeKind.PROJECT, scope__parent=scope)
    return rows.filter(home & ~Exists(shares) | Exists(shares.filter(workstream__scope=scope)))


def _expected(kind: str, counted: Counted) -> Any:
    """What a line's live amounts of one kind come to; unknown where there are none."""
    rows = BenefitAmount.objects.filter(line=OuterRef("pk"), kind=kind, **counted.years("year"), **LIVE)
    return _standing(Subquery(rows.order_by().values("line").annotate(all=Sum("amount")).values("all")))


def _claims(profile: str, counted: Counted) -> Any:
    """What finance verified of a line counts even when the line is withdrawn."""
    statuses, amount = CLAIMS[profile]
    rows = Claim.objects.filter(line=OuterRef("pk"), status__in=statuses, **counted.years("booked"), **LIVE)
    found = Subquery(rows.order_by().values("line").annotate(all=Sum(amount)).values("all"))
    return found if profile == VERIFIED else _standing(found)


def _standing(amount: Subquery) -> Case:
    return Case(When(STANDS, then=amount), default=None, output_field=MoneyField(negative=True))


def _part_of(amount: Any) -> Any:
    """Near enough to sort by: within a penny of the part that ``put_right`` gives."""
    share = Cast(F("share"), FloatField())
    return Cast(Round(Cast(amount, FloatField()) * share / 100.0), MoneyField(negative=True))


def put_right(lines: Iterable[BenefitLine], counted: Counted, shares: Mapping[int, Shares]) -> None:
    """Gives each shared line what counts for the workstream, year by year to the penny. One query.

    The lines are the viewer's own, from ``listed``; ``shares`` are those of every shared benefit.
    """
    shared = {one.pk: one for one in lines if one.share != WHOLE}  # type: ignore[attr-defined]
    if not shared or counted.workstream is None:
        return
    found: dict[tuple[int, str], Decimal] = {}
    for pk, profile, amount in _by_year(shared, counted):
        part = apportion(amount, shares[shared[pk].benefit_id])[counted.workstream]
        found[pk, profile] = found.get((pk, profile), Decimal(0)) + part
    for pk, line in shared.items():
        for profile in PROFILE:
            if getattr(line, profile) is not None:
                setattr(line, profile, found[pk, profile])


def _by_year(lines: Iterable[int], counted: Counted) -> QuerySet:
    """(line, profile, pounds) of each year by itself."""
    amounts = BenefitAmount.objects.filter(
        line__in=lines, kind__in=EXPECTED.values(), **counted.years("year"), **LIVE
    )
    found: list[Any] = [amounts.order_by().values_list("line", "kind", "amount")]
    for profile, (statuses, amount) in CLAIMS.items():
        claims = Claim.objects.filter(line__in=lines, status__in=statuses, **counted.years("booked"), **LIVE)
        each = claims.order_by().values("line", "booked").annotate(of=Value(profile), all=Sum(amount))
        found.append(each.values_list("line", "of", "all"))
    all_of_them: QuerySet = found[0].union(*found[1:], all=True)
    return all_of_them
