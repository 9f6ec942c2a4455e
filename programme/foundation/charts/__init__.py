"""The pictures every programme draws: amounts by year as stacked bars, layers, a bridge, a plan."""

from programme.foundation.charts.bars import Series, stacked_bars_by_year
from programme.foundation.charts.layers import LayeredRow, layered_bars
from programme.foundation.charts.rows import PlanRow
from programme.foundation.charts.timeline import gantt
from programme.foundation.charts.waterfall import Fall, waterfall

__all__ = [
    "Fall",
    "LayeredRow",
    "PlanRow",
    "Series",
    "gantt",
    "layered_bars",
    "stacked_bars_by_year",
    "waterfall",
]
