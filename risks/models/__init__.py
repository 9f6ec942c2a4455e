from .acceptance import Acceptance
from .category import RiskCategory
from .column_mapping import ColumnMapping
from .issue import Issue
from .matrix import MatrixCell, ScaleStep
from .mitigation import RiskAction
from .review import Review
from .risk import Risk, RiskContributor, RiskMilestone
from .settings import RiskSettings
from .upload import RegisterUpload

__all__ = [
    "Acceptance",
    "ColumnMapping",
    "Issue",
    "MatrixCell",
    "RegisterUpload",
    "Review",
    "Risk",
    "RiskAction",
    "RiskCategory",
    "RiskContributor",
    "RiskMilestone",
    "RiskSettings",
    "ScaleStep",
]
