"""Bands, responses, statuses and the like of risks and issues. Source: the domain's "Risks and issues"."""

from django.core.validators import RegexValidator
from django.db import models

REFERENCE = RegexValidator(r"^R-\d{3,6}\Z", "Write it like R-012.")
ISSUE_REFERENCE = RegexValidator(r"^I-\d{3,6}\Z", "Write it like I-004.")
LOWEST, HIGHEST = 1, 5  # of each of the two scales


class Scale(models.TextChoices):
    LIKELIHOOD = "likelihood", "Likelihood"
    IMPACT = "impact", "Impact"


class Band(models.TextChoices):
    """What a cell of the matrix asks of people, the mildest first."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    SEVERE = "severe", "Severe"


class Appetite(models.TextChoices):
    """How much risk of a category the council is willing to carry, the least first."""

    AVERSE = "averse", "Averse"
    MINIMAL = "minimal", "Minimal"
    CAUTIOUS = "cautious", "Cautious"
    OPEN = "open", "Open"
    EAGER = "eager", "Eager"


class Proximity(models.TextChoices):
    """How soon the event could happen; empty where nobody has said yet."""

    NOW = "now", "Now: it could happen any day"
    THREE_MONTHS = "three_months", "Within three months"
    YEAR = "year", "Within a year"
    LATER = "later", "Later than a year"


class Knowledge(models.TextChoices):
    """How good the evidence behind the scores is; empty where nobody has said yet."""

    LOW = "low", "Low: mostly judgement"
    MEDIUM = "medium", "Medium: some evidence"
    HIGH = "high", "High: good evidence"


class Response(models.TextChoices):
    """What is done about a risk; empty until somebody chooses."""

    TOLERATE = "tolerate", "Tolerate"
    TREAT = "treat", "Treat"
    TRANSFER = "transfer", "Transfer"
    TERMINATE = "terminate", "Terminate"


class Status(models.TextChoices):
    """Where a risk stands. Withdrawing is possible at any point, with a reason."""

    OPEN = "open", "Open"
    ESCALATED = "escalated", "Escalated"
    MATERIALISED = "materialised", "Materialised"
    CLOSED = "closed", "Closed"


STANDING = frozenset({Status.OPEN, Status.ESCALATED})  # those that may still happen
ENDED = frozenset({Status.MATERIALISED, Status.CLOSED})


class EscalatedTo(models.TextChoices):
    LEAD = "lead", "Workstream lead"
    PROGRAMME = "programme", "Programme"
    BOARD = "board", "Board"


def status_words(status: str, escalated_to: str) -> str:
    """ "Escalated to the board", "Closed"."""
    if status == Status.ESCALATED:
        return f"Escalated to the {EscalatedTo(escalated_to).label.lower()}"
    return str(Status(status).label)


class ReviewOutcome(models.TextChoices):
    """What a review did to the scores."""

    FIRST_SCORED = "first_scored", "First scored"
    CHANGED = "changed", "Scores changed"
    CONFIRMED = "confirmed", "Scores confirmed"
    LEFT_UNSCORED = "left_unscored", "Left unscored"


class Authority(models.TextChoices):
    """On whose word a risk was accepted, the lowest first."""

    LEAD = "lead", "Workstream lead"
    SRO = "sro", "Senior Responsible Officer"
    BOARD = "board", "Board decision"


class AcceptanceEnd(models.TextChoices):
    """Why an acceptance stopped before its last day; empty while it has not."""

    REPLACED = "replaced", "Replaced by another acceptance"
    EXPIRED = "expired", "It ran out, and the risk was reviewed"
    OUTGROWN = "outgrown", "The score rose above what was accepted"
    NOT_TOLERATED = "not_tolerated", "The risk is no longer tolerated"
    RISK_ENDED = "risk_ended", "The risk was closed, materialised or withdrawn"


class Movement(models.TextChoices):
    """What may have become of a risk between two moments, the most important first."""

    MATERIALISED = "materialised", "Materialised"
    NEW = "new", "New"
    REOPENED = "reopened", "Opened again"
    ESCALATED = "escalated", "Escalated"
    UP = "up", "Up"
    FIRST_SCORED = "first_scored", "First scored"
    DOWN = "down", "Down"
    MOVED = "moved", "Same score, other cell"
    UNSCORED = "unscored", "Score taken back"
    DEESCALATED = "deescalated", "Escalation taken back"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SAME = "same", "Same"


class Finding(models.TextChoices):
    """What is to be looked at in the register, the most pressing first."""

    OVERDUE = "overdue", "Review overdue"
    OUTSIDE = "outside", "Outside appetite, neither accepted nor escalated"
    EXPIRED = "expired", "Acceptance expired"
    NOT_SCORED = "not_scored", "Not yet scored"
    UNOWNED = "unowned", "Without an owner"
    NO_ACTION = "no_action", "To be treated, without an action"
    ACTION_OVERDUE = "action_overdue", "An action is overdue"
    UNTOUCHED = "untouched", "Untouched"


class Severity(models.TextChoices):
    """How much an issue hurts, the mildest first."""

    MINOR = "minor", "Minor"
    MODERATE = "moderate", "Moderate"
    MAJOR = "major", "Major"
    CRITICAL = "critical", "Critical"


class IssueStatus(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"
