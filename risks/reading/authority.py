"""On whose word somebody may accept a risk: by their roles where it lies, or by a decision of the board."""

from __future__ import annotations

from typing import Any

from programme.foundation import calendar
from programme.people.backends import lineage
from programme.people.choices import ScopeKind
from programme.people.models import User
from programme.portfolio.choices import BodyKind
from programme.portfolio.models import Decision, Project

from ..choices import Authority
from ..models import Acceptance, Risk, RiskSettings
from ..rules import accepting


def own_word(risk: Risk, user: User, *, decision: bool = False) -> Authority | None:
    """The highest authority of ``user`` on the risk, naming a decision of the board or not."""
    roles = frozenset().union(*(user.standing.roles.get(key, frozenset()) for key in lineage(risk)))
    return accepting.held(roles, decision=decision)


def decisions(user: User) -> Any:
    """Those of the Programme Board that approve, of which ``user`` may know; the newest first."""
    approving = Decision.objects.visible_to(user).authorising()
    return approving.filter(body__kind=BodyKind.PROGRAMME_BOARD)


def decision_refusal(risk: Risk, decision: Decision, user: User) -> str:
    """Why this decision cannot accept the risk at its current score, as a sentence; empty where it can.

    It is one of the board that approves, taken by today and not too long ago; it is about this risk or its
    project where its question names any; and no acceptance of this risk has used it up.
    """
    found = decisions(user).filter(pk=decision.pk).first()
    if found is None or risk.current is None:
        return accepting.NOT_THE_BOARDS
    today, months = calendar.today(), RiskSettings.objects.current().acceptance_months
    if words := accepting.date_refusal(found.date, today=today, months=months):
        return words
    place = risk.scope.key.upper() if risk.scope.kind == ScopeKind.PROJECT else ""
    if words := accepting.about_refusal(_named(found.question), risk.ref, place):
        return words
    before = Acceptance.objects.filter(risk=risk, decision=found)
    return accepting.SPENT if any(accepting.spent(one, risk.current, today) for one in before) else ""


def _named(question: str) -> set[str]:
    """The risks and projects that a question names by their references."""
    written = set(accepting.NAMED.findall(question))
    risks = Risk.objects.filter(ref__in=written).values_list("ref", flat=True)
    projects = Project.objects.filter(ref__in=written).values_list("ref", flat=True)
    return {*risks, *projects} if written else set()
