"""Every headline the business case states: where those of one measure disagree, and what stands out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from programme.foundation.calendar import in_words
from programme.foundation.money import Profile, pounds
from programme.people.models import Scope, User

from ..choices import Measure
from ..models import StatedFigure
from ..rules import arithmetic
from ..rules.disagreements import disagreements
from .stated_payback import Payback, payback_as_stated
from .withholding import OF_THE_BUSINESS_CASE, Source, readable

POTENTIAL, DELIVERABLE = "total potential", "deliverable"
UNSAID = "what it covers is not stated"
HORIZON = 10


@dataclass(frozen=True)
class Headline:
    """A stated figure: pounds, a per cent or a date, as stated.

    ``difference`` is by how much it exceeds the first of its measure (None where there is no other).
    """

    ref: str
    measure: str
    amount: Decimal | None
    percent: Decimal | None
    date: datetime.date | None
    words: str
    covers: str
    inferred_basis: str
    difference: Decimal | None
    exempt: str
    source: Source


@dataclass(frozen=True)
class Disagreement:
    """Headlines of one measure that are not all the same, the first being what the others are set against."""

    measure: str
    headlines: tuple[Headline, ...]


@dataclass(frozen=True)
class Finding:
    """Something a reader of the business case should know. ``label`` says what kind of statement it is."""

    label: str
    words: str

    @property
    def heading(self) -> str:
        return f"{self.label}."


@dataclass(frozen=True)
class Headlines:
    """Headlines that disagree, those that stand alone, findings, and the sentence for what is withheld."""

    disagreements: tuple[Disagreement, ...]
    others: tuple[Headline, ...]
    findings: tuple[Finding, ...]
    withheld: str


def stated_disagreements(
    user: User, payback: Payback | None = None, day: datetime.date | None = None
) -> Headlines:
    """How the business case's headlines that ``user`` may see disagree, now or at the end of ``day``: what is
    stated elsewhere stands among the reconciliations. ``payback`` saves reading it again.

    Two queries, and those of the payback table; more at a past date.
    """
    figures, withheld = readable(StatedFigure, user, day, only=OF_THE_BUSINESS_CASE)
    groups = disagreements((one.measure, _value(one), one) for one in figures)
    differing = {one.measure for one in groups}
    return Headlines(
        disagreements=tuple(
            Disagreement(
                Measure(group.measure).label,
                tuple(headline(one.figure, one.difference) for one in group.figures),
            )
            for group in groups
        ),
        others=tuple(headline(one) for one in figures if one.measure not in differing),
        findings=_findings(figures, payback or payback_as_stated(user, day=day)),
        withheld=withheld,
    )


def findings_on(payback: Payback, user: User) -> tuple[Finding, ...]:
    """What a reader of the stated payback table should know. Two queries."""
    return _findings(readable(StatedFigure, user, only=OF_THE_BUSINESS_CASE)[0], payback)


def headlines_of(user: User, scope: Scope) -> tuple[Headline, ...]:
    """The stated figures that belong to one project, workstream or the programme itself. One query."""
    figures = StatedFigure.objects.visible_to(user).live().select_related("confirmed_by__profile")
    return tuple(headline(one) for one in figures.filter(scope=scope))


def headline(figure: StatedFigure, difference: Decimal | None = None) -> Headline:
    return Headline(
        ref=figure.ref,
        measure=figure.get_measure_display(),
        amount=figure.amount,
        percent=figure.percent,
        date=figure.date,
        words=_words(figure),
        covers=_covers(figure),
        inferred_basis=figure.inferred_basis,
        difference=difference,
        exempt=figure.exempt_words,
        source=Source.of(figure),
    )


def _value(figure: StatedFigure) -> Decimal | datetime.date:
    return next(value for value in (figure.amount, figure.percent, figure.date) if value is not None)


def _words(figure: StatedFigure) -> str:
    """``circa 10%``, ``up to £487,000``; a longer qualifier stands in what the figure covers."""
    if figure.date:
        words = in_words(figure.date)
    elif figure.percent is not None:
        words = f"{figure.percent.normalize():f}%"
    else:
        words = pounds(figure.amount)
    return words if _is_long(figure.qualifier) else f"{figure.qualifier} {words}".strip()


def _covers(figure: StatedFigure) -> str:
    parts = [figure.covers, figure.qualifier if _is_long(figure.qualifier) else ""]
    return ", ".join(part for part in parts if part)


def _is_long(qualifier: str) -> bool:
    return len(qualifier.split()) > 2


def _findings(figures: list[StatedFigure], payback: Payback) -> tuple[Finding, ...]:
    if payback.table is None:
        return ()
    found = [_aspirational(figures, payback), _ten_years(figures, payback)]
    return tuple(one for one in found if one)


def _annual(figures: list[StatedFigure], covers: str) -> Decimal | None:
    amounts = [
        one.amount for one in figures if one.measure == Measure.ANNUAL_SAVINGS and one.covers == covers
    ]
    return amounts[0] if len(amounts) == 1 else None


def _aspirational(figures: list[StatedFigure], payback: Payback) -> Finding | None:
    """The payback test is said to leave aspirational savings out, but its table has them in."""
    potential, deliverable = _annual(figures, POTENTIAL), _annual(figures, DELIVERABLE)
    assert payback.table is not None  # noqa: S101 - asked just before
    if potential is None or deliverable is None or payback.table.benefit_total != potential:
        return None
    return Finding(
        "Finding",
        f"The payback table counts savings of {pounds(potential)}, which includes the aspirational savings "
        f"({pounds(potential - deliverable)} beyond the deliverable {pounds(deliverable)}) that the text "
        "says are left out of the payback test.",
    )


def _ten_years(figures: list[StatedFigure], payback: Payback) -> Finding | None:
    """How the ten-year net gain can be had: the table's years, then the savings of section 6's text."""
    table = payback.table
    stated = [one for one in figures if one.measure == Measure.TEN_YEAR_NET_GAIN and one.inferred_basis]
    yearly = _annual(figures, UNSAID)
    if table is None or not stated or stated[0].amount is None or yearly is None:
        return None
    years = Profile(zip(table.years, table.net, strict=True))
    inferred = arithmetic.gain_over(HORIZON, years, yearly)
    return Finding(
        "Inferred basis",
        f"The net gain over ten years, stated as {_words(stated[0])}, has no stated basis. "
        f"{pounds(years.total)} from the payback table’s {len(years)} years and then "
        f"{HORIZON - len(years)} years at {pounds(yearly)} come to {pounds(inferred)}. "
        "This mixes two totals and two bases.",
    )
