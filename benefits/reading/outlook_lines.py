"""The lines behind how savings stand that never disappear into a sum: what has no figure yet, what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Abs

from programme.people.models import User

from ..choices import Category, GapKind, Kind
from ..models import BenefitLine, BenefitShare, GapPart
from ..rules.gap import Part
from ..rules.totals import Axis
from .outlook import Asked
from .reconciliations import as_they_stand
from .savings import Reading

MOST = 25  # the page lists so many; the register, the workbook and the CSV have all
NOBODY = "Not named – needs an owner"


@dataclass(frozen=True)
class NotYet:
    """A line whose amount nobody can say yet, and why."""

    ref: str
    url: str
    name: str
    category: str
    reason: str
    owner: str
    exempt: str


@dataclass(frozen=True)
class Moved:
    """What became of a part of the difference between first approved and forecast, in words."""

    ref: str
    url: str
    name: str
    kind: str
    words: str
    reason: str


@dataclass(frozen=True)
class Some:
    """The first of ``count`` rows."""

    rows: tuple[Any, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.count


def not_quantified(user: User, reading: Reading, asked: Asked, *, most: int | None = MOST) -> Some:
    """Two queries, asked again when something changes."""
    return reading.once(("not quantified", asked.chosen, most), lambda: _not_quantified(user, asked, most))


def moved(user: User, reading: Reading, asked: Asked, *, most: int | None = MOST) -> Some:
    """The largest first. Two queries, asked again when something changes."""
    return reading.once(("moved", asked.chosen, most), lambda: _moved(user, asked, most))


def unexplained(user: User, reading: Reading) -> Some:
    """Reconciliations that are neither explained nor signed off, whatever the filters."""
    return reading.once("unexplained", lambda: _unexplained(user))


def _unexplained(user: User) -> Some:
    still = tuple(one for one in as_they_stand(user) if one.is_open)
    return Some(still[:MOST], len(still))


def _not_quantified(user: User, asked: Asked, most: int | None) -> Some:
    rows = (
        BenefitLine.objects.visible_to(user)
        .live()
        .filter(_matching(asked), benefit__withdrawn=False)
        .exclude(not_quantified_because="")
        .select_related("benefit__owner__profile")
        .order_by("benefit__position", "benefit__ref", "position", "pk")
    )
    found = tuple(
        NotYet(
            ref=one.benefit.ref,
            url=one.benefit.get_absolute_url(),
            name=one.name,
            category=one.get_category_display(),
            reason=one.not_quantified_because,
            owner=str(one.benefit.owner or NOBODY),
            exempt=one.exempt_words,
        )
        for one in rows[:most]
    )
    return Some(found, rows.count())


def _moved(user: User, asked: Asked, most: int | None) -> Some:
    rows = (
        GapPart.objects.visible_to(user)
        .live()
        .filter(_matching(asked, "line__"), line__withdrawn=False, line__benefit__withdrawn=False)
        .select_related("line__benefit")
        .order_by(Abs("amount").desc(), "pk")
    )
    found = tuple(
        Moved(
            ref=one.line.benefit.ref,
            url=one.line.benefit.get_absolute_url(),
            name=one.line.name,
            kind=GapKind(one.kind).label,
            words=_words(one),
            reason=one.reason,
        )
        for one in rows[:most]
    )
    return Some(found, rows.count())


def _words(part: Any) -> str:
    return Part(part.kind, part.from_year, part.amount, part.to_year).words


def _matching(asked: Asked, line: str = "") -> Q:
    """The filters as a condition on lines, told apart as the sums tell them apart."""
    found = Q()
    for axis, value in asked.chosen:
        if axis is Axis.WORKSTREAM:
            found &= _counting_for(value, line)
        elif axis is Axis.KIND:
            found &= _of_kind(value, line)
        else:
            found &= Q(**{f"{line}{axis.value}": value})
    return found


def _counting_for(slug: str, line: str) -> Q:
    """Lines that count for a workstream by their shares, or without any by where they lie."""
    shared = BenefitShare.objects.live().order_by().values("benefit")
    alone = ~Q(**{f"{line}benefit__in": shared})
    if not slug:
        return alone & Q(**{f"{line}scope__kind": "programme"})
    here = Q(**{f"{line}scope__workstream__slug": slug})
    here |= Q(**{f"{line}scope__kind": "project", f"{line}scope__parent__workstream__slug": slug})
    mine = BenefitShare.objects.live().filter(workstream__slug=slug).order_by().values("benefit")
    return Q(**{f"{line}benefit__in": mine}) | (alone & here)


def _of_kind(kind: str, line: str) -> Q:
    """What is not financial releases no cash, whatever its kind says."""
    plain, not_money = Q(**{f"{line}kind": kind}), Q(**{f"{line}category": Category.NON_FINANCIAL})
    return plain | not_money if kind == Kind.EFFICIENCY_WITHOUT_CASH else plain & ~not_money
