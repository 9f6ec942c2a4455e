"""On whose word somebody may accept a risk, read from their roles where it lies."""

from __future__ import annotations

from programme.people.backends import lineage
from programme.people.models import User

from ..choices import Authority
from ..models import Risk
from ..rules import accepting


def own_word(risk: Risk, user: User, *, decision: bool = False) -> Authority | None:
    """The highest authority of ``user`` on the risk, naming a decision of the board or not."""
    roles = frozenset().union(*(user.standing.roles.get(key, frozenset()) for key in lineage(risk)))
    return accepting.held(roles, decision=decision)
