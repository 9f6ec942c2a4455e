from .line import BenefitAmount, BenefitLine, CostLine
from .stated import StatedFigure, StatedScenario, StatedScenarioYear

__all__ = [
    "BenefitAmount",
    "BenefitLine",
    "CostLine",
    "StatedFigure",
    "StatedScenario",
    "StatedScenarioYear",
]
