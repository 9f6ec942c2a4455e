"""Section 9: how savings stand – approved, forecast, claimed and verified – and what became of the rest."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from benefits.choices import Category, Deliverability, Frequency, GapKind, Kind
from benefits.pictures.savings import picture
from benefits.reading.counted_claims import CountedClaim
from benefits.reading.outlook import Gap, Outlook
from benefits.reading.statement import SavingsStatement, StatedLine
from benefits.rules.breakdown import Breakdown
from benefits.rules.totals import APPROVED, CLAIMED, FORECAST, VERIFIED, Axis
from benefits.words.savings import in_a_sentence
from portal.packs.blocks import Block, Chart, KeyFigure, KeyFigures, Paragraph, Section, Table
from programme.foundation.money import Profile

from .savings import class_words
from .snapshot import Snapshot
from .withheld import money_left_out

MOST_PRINTED = 60  # the workbook has them all
PROFILES = (APPROVED, FORECAST, CLAIMED, VERIFIED)
AMOUNTS = [(name.capitalize(), "thousands") for name in PROFILES]
APART = (
    "£000, new in each year. Deliverable, aspirational and not rated stand apart and are not added; neither "
    "are recurring and one-off. Verified is the full-year effect that finance found. A dash is not known."
)
NO_CASH = "What avoids cost or releases no cash stands in tables of its own and pays for nothing."


def section(number: str, snapshot: Snapshot) -> Section:
    stated = snapshot.savings
    blocks: list[Block] = [*money_left_out(snapshot, "Benefits", stated.withheld)]
    if stated.lines:
        by_year = stated.along(Axis.YEAR)
        blocks += [Paragraph(in_a_sentence(by_year)), *_figures(by_year), *_drawn(by_year, stated)]
        blocks += [_table(one, stated) for one in by_year.parts]
        for axis in (Axis.WORKSTREAM, Axis.CATEGORY):
            blocks += [_table(one, stated) for one in stated.along(axis).parts[:1]]
        blocks += [_gap(one) for one in by_year.gaps]
        blocks += [_lines(stated), _keepers(stated), *_claims(stated)]
    elif not stated.withheld:
        blocks.append(Paragraph("No benefit has been entered yet."))
    return Section(number, "Benefits: approved, forecast and delivered", tuple(blocks))


def _figures(outlook: Outlook) -> Iterable[KeyFigures]:
    """What is deliverable, or the first rating there is; what has other ratings stands in the tables."""
    standing = outlook.headline
    if standing is None:
        return
    lead = standing.lead
    rated = Deliverability(lead).label.lower()
    each = f"a year by {standing.last}; {rated}"
    yield KeyFigures(
        (
            KeyFigure("Approved", _stored(standing.amount(APPROVED, lead)), meaning=each),
            KeyFigure("Forecast", _stored(standing.amount(FORECAST, lead)), meaning=each),
            KeyFigure("Claimed", _stored(standing.together(CLAIMED)), meaning="a year, whatever the rating"),
            KeyFigure(
                "Delivered",
                _stored(standing.together(VERIFIED)),
                meaning="a year, verified by finance, whatever the rating",
            ),
        )
    )


def _stored(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount * 100:.0f}"


def _drawn(outlook: Outlook, stated: SavingsStatement) -> Iterable[Chart]:
    figure = picture(outlook, stated.places.names)
    if figure is not None:
        yield Chart.of(figure, title="Savings by year against what was approved")


def _title(part: Breakdown, heading: str) -> str:
    often = Frequency(part.block.frequency).label.lower()
    return f"{part.block.name}, {often}, by {heading.lower()}"


def _table(part: Breakdown, stated: SavingsStatement) -> Table:
    """A row for each rating of each value of the axis: ratings are never added."""
    heading = {Axis.YEAR: "Year", Axis.WORKSTREAM: "Workstream", Axis.CATEGORY: "Category"}[part.axis]
    cells = [(row, rating) for row in part.rows for rating in part.ratings]
    rows = [
        [
            _named(row.key, part.axis, stated),
            Deliverability(rating).label,
            *(row.amount(name, rating) for name in PROFILES),
        ]
        for row, rating in cells
        if any(row.amount(name, rating) is not None for name in PROFILES)
    ]
    return Table.of(_title(part, heading), [heading, "Rating", *AMOUNTS], rows, note=APART)


def _named(key: Any, axis: Axis, stated: SavingsStatement) -> str:
    if axis is Axis.WORKSTREAM:
        return stated.places.names[key]
    return Category(key).label if axis is Axis.CATEGORY else str(key)


def _gap(gap: Gap) -> Table:
    kinds = list(gap.years[0].parts)
    rows = [
        [str(one.year), one.first, *one.parts.values(), one.unexplained or None, one.forecast]
        for one in gap.years
    ]
    columns = ["First approved", *(GapKind(kind).label for kind in kinds), "Not explained", "Forecast"]
    return Table.of(
        f"From first approved to forecast: {gap.title[0].lower()}{gap.title[1:]}",
        ["Year", *((name, "thousands") for name in columns)],
        rows,
        note="£000, of lines that have both, whatever the rating. What slipped left one year for another and "
        "nets to nought.",
    )


def _lines(stated: SavingsStatement) -> Table:
    return Table.of(
        "Benefits by line",
        ["Line", ("Saving", "text", 34), "Rating", "Status", *AMOUNTS],
        [_line(one) for one in stated.lines],
        note=f"£000: a recurring line's years added up are its saving a year once all has begun. {NO_CASH}",
        print_rows=MOST_PRINTED,
    )


def _line(one: StatedLine) -> list[Any]:
    known = one.profiles
    amounts = (known.approved, known.forecast, one.delivered.claimed, one.delivered.verified)
    return [
        one.ref,
        one.name + (f" (no figure yet: {one.not_quantified_because})" if one.not_quantified_because else ""),
        Deliverability(one.deliverability).label,
        one.status,
        *(_total(profile) for profile in amounts),
    ]


def _keepers(stated: SavingsStatement) -> Table:
    return Table.of(
        "Who keeps each line, and where its figures come from",
        [
            *("Line", ("Home", "text", 16), ("Owner", "text", 14), "Kind", "Class"),
            *(("Source", "text", 20), ("Source of the forecast", "text", 16)),
        ],
        [
            [
                one.ref,
                one.home,
                one.owner or "Nobody yet",
                _kind(one),
                class_words(one.exempt),
                str(one.source),
                str(one.forecast_source or "") or None,
            ]
            for one in stated.lines
        ],
        note="A forecast without a source of its own comes from where its line does.",
        print_rows=MOST_PRINTED,
    )


def _claims(stated: SavingsStatement) -> Iterable[Table]:
    """What shows each amount that is claimed or delivered, and both figures that finance found."""
    columns: list[Any] = ["Claim", "Line", "Year", "Stands"]
    columns += [(name, "money") for name in ("Claimed, £", "Full-year effect, £", "Cash in the year, £")]
    columns += ["Budget code", "Evidence", "Verified by"]
    if stated.claims:
        yield Table.of(
            "Claims behind what is claimed and delivered",
            columns,
            [_claim(one) for one in stated.claims],
            note="Delivered is the full-year effect, in the year that a claim was entered in. What releases "
            "no cash is no pounds delivered.",
            print_rows=MOST_PRINTED,
        )


def _claim(one: CountedClaim) -> list[Any]:
    year = str(one.year) if one.booked == one.year else f"{one.year}, entered in {one.booked}"
    found = (one.claimed, one.full_year, one.cash)
    words = (one.budget_code, one.evidence, one.verified_by)
    return [one.ref, one.line, year, one.status, *found, *(said or None for said in words)]


def _kind(one: StatedLine) -> str:
    often = "" if one.frequency == Frequency.RECURRING else ", one-off"
    return f"{Kind(one.kind).label}{often}"


def _total(profile: Profile) -> Decimal | None:
    return profile.total if profile else None
