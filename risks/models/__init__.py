from .acceptance import Acceptance
from .category import RiskCategory
from .issue import Issue
from .matrix import MatrixCell, ScaleStep
from .mitigation import RiskAction
from .review import Review
from .risk import Risk, RiskContributor, RiskMilestone
from .settings import RiskSettings

__all__ = [
    "Acceptance",
    "Issue",
    "MatrixCell",
    "Review",
    "Risk",
    "RiskAction",
    "RiskCategory",
    "RiskContributor",
    "RiskMilestone",
    "RiskSettings",
    "ScaleStep",
]
