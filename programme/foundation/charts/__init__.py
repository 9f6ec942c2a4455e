"""The pictures every programme draws: amounts by year as stacked bars, and a plan on a time line."""

from programme.foundation.charts.bars import Series, stacked_bars_by_year
from programme.foundation.charts.rows import PlanRow
from programme.foundation.charts.timeline import gantt

__all__ = ["PlanRow", "Series", "gantt", "stacked_bars_by_year"]
