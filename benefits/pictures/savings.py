"""The picture of savings: verified inside claimed inside forecast, with what was approved as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from programme.foundation.charts import LayeredRow, layered_bars
from programme.foundation.figures import Figure
from programme.foundation.money import thousands

from ..choices import Deliverability
from ..reading.outlook import Outlook, Standing
from ..rules.totals import APPROVED, CLAIMED, FORECAST, PROFILE, VERIFIED
from ..tables.breakdowns import BlockTable

LAYERS = {"Verified": VERIFIED, "Claimed": CLAIMED, "Forecast": FORECAST}


def picture(outlook: Outlook, names: Mapping[str, str]) -> Figure | None:
    """The first block along the axis asked for. Ratings follow each other on one scale, since bars of several
    in one row would be added by the eye. None where there is nothing to draw."""
    if not outlook.parts:
        return None
    part, standing = outlook.parts[0], outlook.standings[0]
    table = BlockTable(part, names, last=str(standing.last))
    layers = {name: profile for name, profile in LAYERS.items() if profile in part.profiles}
    rows = [row for rating in part.ratings for row in _rows(table, rating, list(layers.values()))]
    if not rows:
        return None
    return layered_bars(
        title=f"{table.title}: by {table.heading.lower()}",
        summary=_summary(standing),
        layers=list(layers),
        rows=rows,
        heading=table.heading,
        axis_title=table.unit,
    )


def _rows(table: BlockTable, rating: str, profiles: list[str]) -> Iterator[LayeredRow]:
    """Those of one rating that have an amount; under its name where there are several."""
    group = str(Deliverability(rating).label) if len(table.part.ratings) > 1 else ""
    for row in table.part.rows:
        amounts = tuple(row.amount(profile, rating) for profile in profiles)
        found = LayeredRow(table.label(row), amounts, row.amount(APPROVED, rating), group)
        if found.known:
            yield found


def _summary(standing: Standing) -> str:
    """What each rating comes to, and that they are never one figure."""
    often = f"a year by {standing.last}" if standing.block.recurring else "once"
    ratings = [f"{Deliverability(one).label}: {_come_to(standing, one)}" for one in standing.block.ratings]
    apart = " Ratings stand on one scale and are not added." if len(ratings) > 1 else ""
    return f"£000 {often}. {'. '.join(ratings)}.{apart}"


def _come_to(standing: Standing, rating: str) -> str:
    amounts = [(profile, standing.amount(profile, rating)) for profile in PROFILE]
    known = [f"{thousands(amount)} {profile}" for profile, amount in amounts if amount is not None]
    return ", ".join(known) or "nothing known"
