from .body import Body, Decision, Seat
from .programme import CorporatePriority, ExecutiveReport, Programme, Statement
from .project import Project, ProjectDependency, ProjectService
from .workstream import DesignPrinciple, Workstrand, Workstream, WorkstreamPriority

__all__ = [
    "Body",
    "CorporatePriority",
    "Decision",
    "DesignPrinciple",
    "ExecutiveReport",
    "Programme",
    "Project",
    "ProjectDependency",
    "ProjectService",
    "Seat",
    "Statement",
    "Workstrand",
    "Workstream",
    "WorkstreamPriority",
]
