"""Roles, the kinds of scope they are held on, and classes of visibility. Source: the domain's tables."""

from django.db import models


class Role(models.TextChoices):
    SRO = "sro", "Senior Responsible Officer"
    BOARD_MEMBER = "board_member", "Board member"
    SPECIALIST_ADVISER = "specialist_adviser", "Specialist adviser"
    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    FINANCE_REVIEWER = "finance_reviewer", "Finance reviewer"
    AUDITOR = "auditor", "Auditor"
    WORKSTREAM_LEAD = "workstream_lead", "Workstream lead"
    PROJECT_MANAGER = "project_manager", "Project manager"
    BENEFIT_OWNER = "benefit_owner", "Benefit owner"
    RISK_OWNER = "risk_owner", "Risk owner"
    AUTHOR = "author", "Author"
    GROUP_MEMBER = "group_member", "Delivery or task group member"
    COMMUNICATIONS = "communications", "Communications"
    STAFF = "staff", "Staff"


class Speciality(models.TextChoices):
    """What a specialist adviser advises on; the finance adviser may confirm a finance reviewer."""

    FINANCE = "finance", "Finance"
    HR = "hr", "HR"
    COMMUNICATIONS = "communications", "Communications"


class ScopeKind(models.TextChoices):
    PROGRAMME = "programme", "Programme"
    WORKSTREAM = "workstream", "Workstream"
    PROJECT = "project", "Project"
    BODY = "body", "Body"


class Classification(models.TextChoices):
    OPEN = "open", "Open: any signed-in person"
    INTERNAL = "internal", "Internal: any appointment above Staff"
    EXEMPT = "exempt", "Exempt: Schedule 12A"


# Schedule 12A to the Local Government Act 1972, part 1, as in force in England.
EXEMPT_PARAGRAPHS = {
    1: "Information relating to any individual",
    2: "Information likely to reveal the identity of an individual",
    3: "Financial or business affairs of a person or the authority",
    4: "Labour-relations consultations or negotiations",
    5: "Legal professional privilege",
    6: "Notices or orders to be made",
    7: "Prevention, investigation or prosecution of crime",
}
