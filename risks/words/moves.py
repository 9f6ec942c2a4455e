"""Which buttons stand on the page of a risk or an issue: only what its reader may do now."""

from __future__ import annotations

from programme.people.models import User

from ..choices import Status
from ..models import Issue, Risk

# What somebody may learn too late: it stays possible when nothing else does.
CLASSIFY, WITHDRAW = ("Change who may see it", "class"), ("Withdraw", "withdraw")


def buttons(risk: Risk, user: User) -> list[tuple[str, str]]:
    """As (words, address), the most frequent first."""
    moves = _of_keepers(risk) if user.has_perm("risks.change_risk", risk) else []
    if risk.is_standing:
        if user.has_perm("risks.mitigate", risk):
            moves.insert(1, ("Plan an action", "actions/plan"))
        if risk.is_scored and user.has_perm("risks.accept", risk):
            moves.insert(2, ("Accept", "accept"))
    return [(words, f"{risk.get_absolute_url()}{verb}/") for words, verb in moves]


def _of_keepers(risk: Risk) -> list[tuple[str, str]]:
    if risk.withdrawn:
        return [CLASSIFY]
    if not risk.is_standing:
        return [("Open again", "reopen"), ("Change", "change"), ("Withdraw", "withdraw")]
    escalated = risk.status == Status.ESCALATED
    return [
        ("Review" if risk.is_scored else "Score", "review"),
        ("Change", "change"),
        ("Escalate further" if escalated else "Escalate", "escalate"),
        *([("Take the escalation back", "take-back")] if escalated else []),
        ("It has happened", "materialise"),
        ("Close", "close"),
        ("Withdraw", "withdraw"),
    ]


def issue_buttons(issue: Issue, user: User) -> list[tuple[str, str]]:
    if not user.has_perm("risks.change_risk", issue):
        return []
    if issue.withdrawn:
        moves = [CLASSIFY]
    elif not issue.is_open:
        moves = [("Open again", "reopen"), CLASSIFY, WITHDRAW]
    else:
        asks = issue.decision_asked != ""
        moves = [
            ("Resolve", "resolve"),
            ("Change", "change"),
            ("Change what is asked" if asks else "Ask for a decision", "ask"),
            *([("Name the decision", "answer")] if asks else []),
            WITHDRAW,
        ]
    return [(words, f"{issue.get_absolute_url()}{verb}/") for words, verb in moves]
