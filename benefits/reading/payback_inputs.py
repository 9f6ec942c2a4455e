"""What an appraisal of the savings lines counts, read for one reader in a fixed number of queries. Pounds.

Lines are added up by the database; whoever may not see every line gets no result at all, since a part would
pass for the whole. Cost lines without years are never spread: they are named as left out.
Source: the domain's "Payback".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Sum, Value, When

from programme.foundation.money import FinancialYear, Profile
from programme.foundation.sources import PriceBase
from programme.people.models import User

from ..choices import CASHABLE, AmountKind, Category, Deliverability, Frequency, Investment, Kind
from ..models import BenefitAmount, BenefitLine, CostAmount, CostLine
from ..rules.appraisal import Flows, Terms
from .withholding import sentence_for

# What is not financial releases no cash, whatever its kind says.
KIND = Case(
    When(line__category=Category.NON_FINANCIAL, then=Value(Kind.EFFICIENCY_WITHOUT_CASH.value)),
    default=F("line__kind"),
    output_field=CharField(),
)
LIVE = Q(line__withdrawn=False, line__benefit__withdrawn=False)


@dataclass(frozen=True)
class Asked:
    """One question to the payback page: its terms, which lines are counted, and against which costs."""

    terms: Terms = field(default_factory=Terms)
    amounts: AmountKind = AmountKind.APPROVED
    kinds: tuple[str, ...] = tuple(kind.value for kind in Kind if kind in CASHABLE)
    deliverability: tuple[str, ...] = tuple(Deliverability.values)
    investment: Investment = Investment.STATED

    @property
    def chosen(self) -> Q:
        """The lines that are counted, from an amount with its ``kind_counted``."""
        return Q(kind_counted__in=self.kinds, line__deliverability__in=self.deliverability)


@dataclass(frozen=True)
class Part:
    """Some of the lines' savings: a year once all has come, and once. ``counted`` or left out."""

    label: str
    recurring: Decimal
    one_off: Decimal
    counted: bool


@dataclass(frozen=True)
class NotProfiled:
    """Cost lines without years of the kind asked for: how many, and what they cost together."""

    lines: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class LineInputs:
    """Flows of the savings lines, and what stands in them and what does not. ``nominal`` is whether any
    amount counted is in the money of its own year."""

    flows: Flows
    parts: tuple[Part, ...]
    nominal: bool
    not_profiled: NotProfiled
    withheld: str = ""


def hidden_lines(user: User) -> str:
    """The sentence for savings lines kept from this reader, whatever is asked for. One query at most."""
    return _hidden(BenefitLine.objects.filter(benefit__withdrawn=False), BenefitLine, user)


def hidden_costs(user: User) -> str:
    """The sentence for cost lines kept from this reader. One query at most."""
    return _hidden(CostLine.objects.all(), CostLine, user)


def line_inputs(user: User, asked: Asked, stated_cost: Profile, stated_withheld: str = "") -> LineInputs:
    """What the savings lines and the investment come to. Six queries at most.

    ``stated_withheld`` is the sentence where the stated costs are kept from this reader.
    """
    costs = stated_withheld if asked.investment == Investment.STATED else hidden_costs(user)
    withheld = hidden_lines(user) or costs
    if withheld:
        return LineInputs(Flows(), (), False, NotProfiled(), withheld)
    rows = list(_sums(user, asked))
    counted = [row for row in rows if row.is_counted(asked)]
    cost, not_profiled, nominal = _investment(user, asked, stated_cost)
    return LineInputs(
        flows=Flows(
            recurring=_profile(row for row in counted if row.frequency == Frequency.RECURRING),
            one_off=_profile(row for row in counted if row.frequency == Frequency.ONE_OFF),
            cost=cost,
        ),
        parts=_parts(rows, asked),
        nominal=nominal or any(row.price_base == PriceBase.NOMINAL for row in counted),
        not_profiled=not_profiled,
    )


def amounts_of(user: User, asked: Asked) -> Any:
    """The live amounts of the profile asked for that this reader may see, each with its ``kind_counted``."""
    rows = BenefitAmount.objects.visible_to(user).live().filter(LIVE, kind=asked.amounts)
    return rows.annotate(kind_counted=KIND).order_by()


def costs_of(user: User, asked: Asked) -> Any:
    """The live amounts of cost lines of the kind asked for that this reader may see."""
    rows = CostAmount.objects.visible_to(user).live()
    return rows.filter(kind=asked.investment, line__withdrawn=False).order_by()


@dataclass(frozen=True)
class _Sum:
    kind: str
    deliverability: str
    frequency: str
    price_base: str
    year: FinancialYear
    amount: Decimal

    def is_counted(self, asked: Asked) -> bool:
        return self.kind in asked.kinds and self.deliverability in asked.deliverability


def _hidden(rows: Any, model: Any, user: User) -> str:
    if user.standing.reads_all_exempt:
        return ""
    seen = model.objects.visible_to(user).values("pk")
    return sentence_for(rows.live().exclude(pk__in=seen))


def _sums(user: User, asked: Asked) -> Iterator[_Sum]:
    alike = ("kind_counted", "line__deliverability", "line__frequency", "line__price_base", "year")
    for row in amounts_of(user, asked).values_list(*alike).annotate(Sum("amount")):
        yield _Sum(*row)


def _profile(rows: Iterable[_Sum]) -> Profile:
    found: dict[FinancialYear, Decimal] = {}
    for row in rows:
        found[row.year] = found.get(row.year, Decimal(0)) + row.amount
    return Profile(found)


def _parts(rows: list[_Sum], asked: Asked) -> tuple[Part, ...]:
    """By rating what is counted; by kind, else by rating, what is left out."""
    found: dict[tuple[bool, str], dict[str, Decimal]] = {}
    for row in rows:
        rating = Deliverability(row.deliverability).label
        label = rating if row.kind in asked.kinds else Kind(row.kind).label
        sums = found.setdefault((row.is_counted(asked), label), {})
        sums[row.frequency] = sums.get(row.frequency, Decimal(0)) + row.amount
    order = [*Deliverability.labels, *Kind.labels]
    keys = sorted(found, key=lambda key: (not key[0], order.index(key[1])))
    once, yearly, none = Frequency.ONE_OFF, Frequency.RECURRING, Decimal(0)
    return tuple(
        Part(label, found[counted, label].get(yearly, none), found[counted, label].get(once, none), counted)
        for counted, label in keys
    )


def _investment(user: User, asked: Asked, stated: Profile) -> tuple[Profile, NotProfiled, bool]:
    if asked.investment == Investment.STATED:
        return stated, NotProfiled(), False
    rows = list(costs_of(user, asked).values_list("line__price_base", "year").annotate(Sum("amount")))
    by_year: dict[FinancialYear, Decimal] = {}
    for _, year, amount in rows:
        by_year[year] = by_year.get(year, Decimal(0)) + amount
    profiled = CostAmount.objects.live().filter(line=OuterRef("pk"), kind=asked.investment)
    left_out = CostLine.objects.visible_to(user).live().filter(~Exists(profiled)).order_by()
    told = left_out.aggregate(lines=Count("pk"), amount=Sum("amount"))
    nominal = any(prices == PriceBase.NOMINAL for prices, *_ in rows)
    return Profile(by_year), NotProfiled(told["lines"], told["amount"] or Decimal(0)), nominal
