from .activity import Activity
from .dependency import Dependency

__all__ = ["Activity", "Dependency"]
