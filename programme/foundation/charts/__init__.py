"""The pictures every programme draws: amounts by year as stacked bars, a plan on a time line, a bridge."""

from programme.foundation.charts.bars import Series, stacked_bars_by_year
from programme.foundation.charts.rows import PlanRow
from programme.foundation.charts.timeline import gantt
from programme.foundation.charts.waterfall import Fall, waterfall

__all__ = ["Fall", "PlanRow", "Series", "gantt", "stacked_bars_by_year", "waterfall"]
