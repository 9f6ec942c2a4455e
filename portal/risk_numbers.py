"""What home counts of risks and issues: how the register stands, and what of it waits for one person.

Frozen data, kept until something in the register changes: home is read far more often than risks are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from programme.foundation import calendar
from programme.people.choices import Role, ScopeKind
from programme.people.kept import Kept
from programme.people.models import User
from risks.choices import Band, EscalatedTo, Finding
from risks.models import Acceptance, Issue, MatrixCell, Risk, RiskAction, RiskCategory
from risks.reading.findings import condition
from risks.reading.scores import in_cells
from risks.rules.scoring import BANDS, Matrix, Score

DECIDERS = {Role.SRO, Role.BOARD_MEMBER}
READ = (Risk, RiskAction, Acceptance, RiskCategory, MatrixCell, Issue)
MOST_KEPT = 200  # people, each a few numbers
HIGHEST = 5  # risks named at home

# What its keeper is told of a risk, each a finding of the register.
TOLD = (Finding.OVERDUE, Finding.EXPIRED, Finding.NOT_SCORED, Finding.ACTION_OVERDUE)


@dataclass(frozen=True)
class Asking:
    """How many open issues ask a body for a decision."""

    body: int
    name: str
    number: int


@dataclass(frozen=True)
class HighRisk:
    """One of the highest risks, with where it stands and where planned actions are to take it."""

    name: str
    url: str
    now: Score
    band: Band | None
    target: Score | None
    target_band: Band | None
    review_due: datetime.date | None


@dataclass(frozen=True)
class RiskNumbers:
    """Of the risks that may still happen and the open issues that one person may see, today.

    ``bands`` holds the four bands, the most severe first. ``outside`` are outside appetite, neither accepted
    nor escalated. ``kept`` counts by finding what the person keeps; ``acting`` those of others that have an
    overdue action of theirs; ``escalated`` by level what was escalated to them; ``asking`` the bodies in
    which they decide.
    """

    bands: dict[Band, int]
    not_scored: int
    outside: int
    kept: dict[Finding, int]
    acting: int
    escalated: dict[EscalatedTo, int]
    issues_overdue: int
    asking: tuple[Asking, ...]
    highest: tuple[HighRisk, ...]
    grave: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.bands.values()) + self.not_scored

    @property
    def in_a_sentence(self) -> str:
        """ "12 risks may still happen: 1 severe, 3 high; 5 are not yet scored; 2 are outside appetite, …"."""
        if not self.total:
            return "No risk that you may see may still happen."
        subject = "1 risk" if self.total == 1 else f"{self.total:,} risks"
        bands = ", ".join(f"{number:,} {band.label.lower()}" for band, number in self.bands.items() if number)
        words = [f"{subject} may still happen{f': {bands}' if bands else ''}"]
        words += [f"{self.not_scored:,} {_are(self.not_scored)} not yet scored"] if self.not_scored else []
        if self.outside:
            outside = f"{self.outside:,} {_are(self.outside)} outside appetite"
            words.append(f"{outside}, neither accepted nor escalated")
        return f"{'; '.join(words)}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


_kept: Kept[RiskNumbers] = Kept(*READ, most=MOST_KEPT)


def risk_numbers(user: User) -> RiskNumbers | None:
    """None for who reads no risks. One query while nothing changes, seven when something has."""
    if not user.has_perm("risks.view_risks"):
        return None
    roles = sorted((place, *sorted(held)) for place, held in user.standing.roles.items())
    return _kept.answer(user, (user.pk, str(roles)), lambda: _count(user))


def _count(user: User) -> RiskNumbers:
    cells = in_cells(Risk.objects.visible_to(user).standing())
    not_scored = cells.pop(None)
    matrix, bands = MatrixCell.objects.matrix(), dict.fromkeys(reversed(BANDS), 0)
    for score, number in cells.items():
        bands[matrix.band_of(score) or Band.LOW] += number
    overdue, asking = _issues(user)
    return RiskNumbers(
        bands,
        not_scored,
        **_risks(user),
        issues_overdue=overdue,
        asking=asking,
        highest=tuple(_highest(user, matrix)),
        grave=_grave(user, matrix),
    )


def _highest(user: User, matrix: Matrix) -> Iterator[HighRisk]:
    for risk in Risk.objects.visible_to(user).standing().highest_first()[:HIGHEST]:
        if risk.current is not None:
            yield HighRisk(
                name=f"{risk.ref} {risk.title}{f' ({risk.exempt_words})' if risk.exempt_words else ''}",
                url=risk.get_absolute_url(),
                now=risk.current,
                band=matrix.band_of(risk.current),
                target=risk.target,
                target_band=matrix.band_of(risk.target),
                review_due=risk.review_due,
            )


def _grave(user: User, matrix: Matrix) -> dict[str, int]:
    risks = Risk.objects.visible_to(user).standing().order_by()
    rows = risks.in_band(matrix, Band.SEVERE) | risks.in_band(matrix, Band.HIGH)
    found: dict[str, int] = {}
    for kind, key, parent, number in rows.values_list(
        "scope__kind", "scope__key", "scope__parent__key"
    ).annotate(Count("pk")):
        if kind in (ScopeKind.WORKSTREAM, ScopeKind.PROJECT):
            slug = key if kind == ScopeKind.WORKSTREAM else parent
            found[slug] = found.get(slug, 0) + number
    return found


def _risks(user: User) -> dict[str, Any]:
    today = calendar.today()
    holds = {one: condition(one, today=today, untouched_months=0) for one in (*TOLD, Finding.OUTSIDE)}
    mine = Q(pk__in=Risk.objects.kept_by(user).order_by().values("pk"))
    late = RiskAction.objects.live().overdue(today).filter(owner=user.pk).order_by()
    counts = {one.value: Count("pk", filter=mine & holds[one]) for one in TOLD}
    counts |= {one.value: Count("pk", filter=where) for one, where in _escalated(user, mine).items()}
    counts["outside"] = Count("pk", filter=holds[Finding.OUTSIDE])
    counts["acting"] = Count("pk", filter=Q(pk__in=late.values("risk")) & ~mine)
    found = Risk.objects.visible_to(user).standing().order_by().aggregate(**counts)
    return {
        "outside": found["outside"],
        "acting": found["acting"],
        "kept": {one: found[one.value] for one in TOLD},
        "escalated": {one: found.get(one.value, 0) for one in EscalatedTo},
    }


def _escalated(user: User, mine: Q) -> dict[EscalatedTo, Q]:
    """To whom risks are escalated of those roles that this person holds."""
    standing = user.standing
    found = {one: Q(escalated_to=one) for one in EscalatedTo}
    found[EscalatedTo.LEAD] &= mine
    held = {
        EscalatedTo.BOARD: bool(standing.all_roles & DECIDERS),
        EscalatedTo.PROGRAMME: standing.holds(Role.PROGRAMME_MANAGER),
        EscalatedTo.LEAD: standing.holds(Role.WORKSTREAM_LEAD),
    }
    return {one: where for one, where in found.items() if held[one]}


def _issues(user: User) -> tuple[int, tuple[Asking, ...]]:
    """How many of those the person keeps are overdue, and what bodies are asked for in which they decide."""
    open_ones = Issue.objects.visible_to(user).unresolved()
    late = Q(pk__in=Issue.objects.overdue(calendar.today()).kept_by(user).order_by().values("pk"))
    places = [place for place, held in user.standing.roles.items() if held & DECIDERS]
    decides = Q(asked_of__scope__in=places) | Q(asked_of__scope__parent__in=places)
    waits = decides & ~Q(decision_asked="") & Q(decision=None)
    body = "asked_of", "asked_of__name"
    rows = open_ones.order_by(*reversed(body)).values_list(*body)
    rows = rows.annotate(late=Count("pk", filter=late), asks=Count("pk", filter=waits))
    found = list(rows)
    asking = (Asking(key, name, number) for key, name, _, number in found if number)
    return sum(row[2] for row in found), tuple(asking)
