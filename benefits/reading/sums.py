"""The amounts, claims and gaps of lines that are alike, added up by the database.

Only what several workstreams share is read line by line, because it is apportioned to the penny.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Sum, Value, When

from programme.foundation.money import FinancialYear
from programme.people.choices import ScopeKind
from programme.people.models import User
from programme.portfolio.models import Workstream

from ..choices import AmountKind, Category, ClaimStatus, GapKind, Kind, ReferenceKind
from ..models import BenefitAmount, BenefitShare, Claim, GapPart, LineReference
from ..rules.sharing import WHOLE, apportion
from ..rules.suppression import Withheld
from ..rules.totals import CLAIMED, VERIFIED, Entry

# Where a line lies, as the number of its workstream's scope; nothing for the programme's own.
HOME = Case(
    When(line__scope__kind=ScopeKind.WORKSTREAM, then=F("line__scope")),
    When(line__scope__kind=ScopeKind.PROJECT, then=F("line__scope__parent")),
    default=None,
)
ALIKE = ("line__category", "line__kind", "line__deliverability", "line__frequency")
NOBODY = Value(None, output_field=IntegerField())
COUNTING = (ClaimStatus.SUBMITTED, ClaimStatus.VERIFIED)
SAID = Sum("amount", filter=Q(line__withdrawn=False, line__benefit__withdrawn=False))
AGREED = Sum("full_year", filter=Q(status=ClaimStatus.VERIFIED))
# The two sides of the gap, told apart from the profiles of all lines.
GAP_SIDES = {AmountKind.ORIGINAL.value: "gap from", AmountKind.FORECAST.value: "gap to"}
PROGRAMME = ""  # stands for savings of no workstream
OF_NO_WORKSTREAM = "The programme as a whole"
Shares = dict[str, Decimal]


@dataclass(frozen=True)
class Places:
    """Workstreams by slug, with their short names, and how benefits are shared between them."""

    names: dict[str, str]
    slugs: dict[int, str]
    shares: dict[int, Shares] = field(default_factory=dict)

    @classmethod
    def read(cls, day: datetime.date | None = None) -> Places:
        """As they are, or with the shares that held at the end of ``day``. Two queries."""
        streams = list(Workstream.objects.order_by("position", "pk"))
        slugs = {one.pk: one.slug for one in streams}
        shares: dict[int, Shares] = {}
        held = BenefitShare.objects.live() if day is None else BenefitShare.objects.as_at(day)
        for one in sorted(held, key=lambda one: (one.benefit_id, one.workstream_id)):
            if not one.withdrawn:
                shares.setdefault(one.benefit_id, {})[slugs[one.workstream_id]] = one.percent
        names = {PROGRAMME: OF_NO_WORKSTREAM} | {one.slug: one.short for one in streams}
        return cls(names, {one.scope_id: one.slug for one in streams}, shares)

    def of(self, benefit: int, home: int | None) -> Shares:
        """Which workstreams an amount of this benefit counts for, in per cent."""
        return self.shares.get(benefit) or {self.slugs.get(home or 0, PROGRAMME): WHOLE}


def entries(places: Places, *, user: User | None = None) -> tuple[Entry, ...]:
    """The sums of what ``user`` may see, or of everything: three queries, nine where benefits are shared.

    Verified is the full-year effect. What is withdrawn counts no more; what finance verified of it does.
    """
    found: dict[tuple[Any, ...], Decimal] = {}
    for *alike, line, benefit, home, amount in _amounts(places, user):
        shares = {places.slugs.get(home or 0, PROGRAMME): WHOLE} if line is None else places.shares[benefit]
        for place, part in apportion(amount, shares).items():
            key = (*alike, place)
            found[key] = found.get(key, Decimal(0)) + part
    return tuple(
        Entry(profile, year, category, kind_of(category, kind), rating, often, place, amount)
        for (profile, year, category, kind, rating, often, place), amount in found.items()
    )


def kind_of(category: str, kind: str) -> str:
    """What is not financial releases no cash, whatever its kind says."""
    return Kind.EFFICIENCY_WITHOUT_CASH.value if category == Category.NON_FINANCIAL else kind


def _amounts(places: Places, user: User | None) -> Iterator[tuple[Any, ...]]:
    """(profile, year, category, kind, deliverability, frequency, line and benefit where shared, home, £)."""
    stands = Q(withdrawn=False, line__withdrawn=False, line__benefit__withdrawn=False)
    for columns, rows in _alike(BenefitAmount, places, user):
        yield from rows.filter(stands).values_list("kind", "year", *columns).annotate(sum=Sum("amount"))
        for kind, *alike in (
            _with_gap(rows.filter(stands)).values_list("kind", "year", *columns).annotate(sum=Sum("amount"))
        ):
            yield GAP_SIDES[kind], *alike
    for columns, rows in _alike(Claim, places, user):
        counting = rows.filter(withdrawn=False, status__in=COUNTING).values_list("booked", *columns)
        for *alike, said, agreed in counting.annotate(said=SAID, agreed=AGREED):
            for profile, amount in ((CLAIMED, said), (VERIFIED, agreed)):
                if amount is not None:
                    yield profile, *alike, amount
    for columns, rows in _alike(GapPart, places, user):
        parts = rows.filter(stands).values_list("kind", "from_year", "to_year", *columns)
        for kind, left, came, *alike, amount in parts.annotate(sum=Sum("amount")):
            yield kind, left, *alike, amount
            if came is not None:
                yield kind, came, *alike, -amount


def _with_gap(rows: Any) -> Any:
    """First approved and forecast of lines that have both: of others the gap is not known."""
    live = BenefitAmount.objects.live().order_by()
    for kind in GAP_SIDES:
        rows = rows.filter(line__in=live.filter(kind=kind).values("line"))
    return rows.filter(kind__in=GAP_SIDES)


def _alike(model: Any, places: Places, user: User | None) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Rows and what to tell them apart by: unshared benefits, those of one workstream, and shared ones."""
    rows = (model.objects.visible_to(user) if user else model.objects.all()).order_by()
    rows = rows.annotate(nobody=NOBODY)
    together = (*ALIKE, "nobody", "nobody", "home")
    live = BenefitShare.objects.live().order_by()
    if not places.shares:
        yield together, rows.annotate(home=HOME)
        return
    yield together, rows.exclude(line__benefit__in=live.values("benefit")).annotate(home=HOME)
    alone = {"line__benefit__shares__percent": WHOLE, "line__benefit__shares__withdrawn": False}
    yield together, rows.filter(**alone).annotate(home=F("line__benefit__shares__workstream__scope"))
    split = live.filter(percent__lt=WHOLE).values("benefit")
    each = (*ALIKE, "line", "line__benefit", "nobody")
    yield each, rows.filter(line__benefit__in=split)


def withheld_lines(hidden: Any, places: Places) -> list[Withheld]:
    """The lines that a reader may not see, with the posts behind them: three queries."""
    years: dict[int, dict[str, set[FinancialYear]]] = {}
    for line, profile, year in _years_of(hidden):
        years.setdefault(line, {}).setdefault(profile, set()).add(year)
    posts: dict[int, set[str]] = {}
    references = LineReference.objects.live().filter(kind=ReferenceKind.POST, line__in=hidden.values("pk"))
    for line, reference in references.order_by().values_list("line", "reference"):
        posts.setdefault(line, set()).add(reference)
    home = Case(
        When(scope__kind=ScopeKind.WORKSTREAM, then=F("scope")),
        When(scope__kind=ScopeKind.PROJECT, then=F("scope__parent")),
        default=None,
    )
    return [
        Withheld(
            key=pk,
            posts=frozenset(posts.get(pk) or _unnamed(pk, fte)),
            category=category,
            kind=kind_of(category, kind),
            deliverability=rating,
            frequency=often,
            workstreams=frozenset(places.of(benefit, place)),
            years={profile: frozenset(found) for profile, found in years.get(pk, {}).items()},
        )
        for pk, benefit, category, kind, rating, often, fte, place in hidden.annotate(home=home).values_list(
            "pk", "benefit", "category", "kind", "deliverability", "frequency", "fte", "home"
        )
    ]


def _unnamed(line: int, fte: Decimal | None) -> set[str]:
    """Posts that are counted and not named: full-time equivalents stand for at least as many."""
    return {f"{line} {number}" for number in range(int(fte or 0))}


def _years_of(hidden: Any) -> Iterator[tuple[Any, ...]]:
    """(line, profile, year) of every amount, claim and part of a gap."""
    keys = hidden.values("pk")
    amounts = BenefitAmount.objects.live().filter(line__in=keys, kind__in=AmountKind.values)
    yield from amounts.order_by().values_list("line", "kind", "year")
    claims = Claim.objects.live().filter(line__in=keys, status__in=COUNTING).order_by()
    for line, year, status in claims.values_list("line", "booked", "status"):
        yield line, CLAIMED, year
        if status == ClaimStatus.VERIFIED:
            yield line, VERIFIED, year
    gaps = GapPart.objects.live().filter(line__in=keys, kind__in=GapKind.values).order_by()
    for line, kind, left, came in gaps.values_list("line", "kind", "from_year", "to_year"):
        yield line, kind, left
        if came is not None:
            yield line, kind, came
