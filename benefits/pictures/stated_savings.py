"""The picture of savings by line and year."""

from __future__ import annotations

from programme.foundation.charts import Series, stacked_bars_by_year
from programme.foundation.figures import Figure
from programme.foundation.money import thousands

from ..reading.stated_savings import SavingsTable


def savings_by_year(savings: SavingsTable) -> Figure | None:
    """New savings in each year, stacked by category; None where lines are withheld, since a picture of a
    part would pass for the whole."""
    if not savings.by_category or not savings.years:
        return None
    years = [str(year) for year in savings.years]
    parts = [
        f"{thousands(amount)} in {year}"
        for year, amount in zip(years, savings.year_totals, strict=True)
        if amount is not None
    ]
    return stacked_bars_by_year(
        title="Savings by year",
        summary=f"New savings in each year, £000: {', '.join(parts)}; {thousands(savings.total)} together.",
        series=[
            Series(row.category, dict(zip(years, row.amounts, strict=True)))
            for row in savings.by_category[:4]
        ],
        years=years,
        axis_title="£000, new in year",
    )
