"""The picture of the transformation reserve: what became, year by year, of what was allocated."""

from __future__ import annotations

import datetime

from programme.foundation import calendar
from programme.foundation.charts import Series, stacked_bars_by_year
from programme.foundation.figures import Figure
from programme.foundation.money import FinancialYear

from ..reading.reserve import Reserve, in_a_sentence


def reserve_picture(found: Reserve, today: datetime.date) -> Figure | None:
    """Spent, released, committed and available at the end of each year and today; None where withheld."""
    standings = [(row.date, row.after) for row in found.rows if row.after is not None]
    if found.standing is None or not standings:
        return None
    then = {
        calendar.in_words(end): [after for day, after in standings if day <= end][-1]
        for end in year_ends(standings[0][0], max(today, standings[-1][0]))
    }
    return stacked_bars_by_year(
        title="What became of what was allocated",
        summary=in_a_sentence(found),
        series=[
            Series(name, {day: amount(after) for day, after in then.items()})
            for name, amount in AMOUNTS.items()
        ],
        years=list(then),
        rows_are="At the end of",
    )


AMOUNTS = {
    "Spent": lambda after: after.spent,
    "Released": lambda after: after.released,
    "Committed, not spent": lambda after: after.committed,
    "Available": lambda after: after.available,
}


def year_ends(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """``last``, and before it the last day of every financial year over by then, from that of ``first``."""
    begun, current = FinancialYear.of(first), FinancialYear.of(last)
    ends = [FinancialYear(start).last for start in range(begun.start, current.start)]
    return [*ends, last]
