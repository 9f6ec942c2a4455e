"""The pictures every programme draws: amounts by year as bars or layers, running totals, bridges, a plan."""

from programme.foundation.charts.bars import Series, stacked_bars_by_year
from programme.foundation.charts.cumulative import Course, cumulative_lines
from programme.foundation.charts.layers import LayeredRow, layered_bars
from programme.foundation.charts.rows import PlanRow
from programme.foundation.charts.timeline import gantt
from programme.foundation.charts.tornado import SwingBar, tornado_bars
from programme.foundation.charts.waterfall import Fall, waterfall

__all__ = [
    "Course",
    "Fall",
    "LayeredRow",
    "PlanRow",
    "Series",
    "SwingBar",
    "cumulative_lines",
    "gantt",
    "layered_bars",
    "stacked_bars_by_year",
    "tornado_bars",
    "waterfall",
]
