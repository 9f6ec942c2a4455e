"""The picture of savings: verified inside claimed inside forecast, with what was approved as a line."""

from __future__ import annotations

from collections.abc import Mapping

from programme.foundation.charts import LayeredRow, layered_bars
from programme.foundation.figures import Figure
from programme.foundation.money import thousands

from ..choices import Deliverability
from ..reading.outlook import Outlook, Standing
from ..rules.totals import APPROVED, CLAIMED, FORECAST, VERIFIED
from ..tables.breakdowns import BlockTable

LAYERS = {"Verified": VERIFIED, "Claimed": CLAIMED, "Forecast": FORECAST}


def picture(outlook: Outlook, names: Mapping[str, str]) -> Figure | None:
    """The first block along the axis asked for; of one rating where ratings stand apart, since bars of
    several would be added by the eye. None where there is nothing to draw."""
    if not outlook.parts:
        return None
    part, standing = outlook.parts[0], outlook.standings[0]
    table = BlockTable(part, names, last=str(standing.last))
    rating = standing.lead if len(part.ratings) > 1 else part.ratings[0]
    layers = {name: profile for name, profile in LAYERS.items() if profile in part.profiles}
    rows = [
        LayeredRow(
            table.label(row),
            tuple(row.amount(profile, rating) for profile in layers.values()),
            row.amount(APPROVED, rating),
        )
        for row in part.rows
    ]
    if not any(row.known for row in rows):
        return None
    return layered_bars(
        title=f"{table.title}: by {table.heading.lower()}",
        summary=_summary(standing, rating),
        layers=list(layers),
        rows=rows,
        heading=table.heading,
        axis_title=table.unit,
    )


def _summary(standing: Standing, rating: str) -> str:
    """What the picture shows, and which ratings it leaves to the table."""
    lead = rating or standing.lead
    said = [
        f"{thousands(amount)} {profile}"
        for profile in (APPROVED, FORECAST, CLAIMED, VERIFIED)
        if (amount := standing.amount(profile, lead)) is not None
    ]
    often = f"a year by {standing.last}" if standing.block.recurring else "once"
    words = f"{Deliverability(lead).label}, £000 {often}: {', '.join(said)}."
    others = [Deliverability(one).label.lower() for one in standing.block.ratings if one != rating]
    if not rating or not others:
        return words
    return f"{words} What is {' or '.join(others)} is not drawn; it stands in the table."
