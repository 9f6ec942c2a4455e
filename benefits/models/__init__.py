from .benefit import Benefit, BenefitShare, EnablingMilestone
from .budget import Budget, Requirement
from .claim import Claim, ClosedYear
from .cost import CostAmount, CostLine
from .double_counting import Dismissal
from .line import BenefitAmount, BenefitLine, GapPart, LineReference
from .reconciliation import Movement, Reconciliation
from .reserve import ReserveEntry
from .scenario import PaybackScenario
from .settings import BenefitsSettings
from .stated import StatedFigure, StatedScenario, StatedScenarioYear
from .threat import Threat

__all__ = [
    "Benefit",
    "BenefitAmount",
    "BenefitLine",
    "BenefitShare",
    "BenefitsSettings",
    "Budget",
    "Claim",
    "ClosedYear",
    "CostAmount",
    "CostLine",
    "Dismissal",
    "EnablingMilestone",
    "GapPart",
    "LineReference",
    "Movement",
    "PaybackScenario",
    "Reconciliation",
    "Requirement",
    "ReserveEntry",
    "StatedFigure",
    "StatedScenario",
    "StatedScenarioYear",
    "Threat",
]
