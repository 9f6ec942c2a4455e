"""What a person may do today, worked out from their appointments. Pure: no models, no queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Self

from .choices import Role, ScopeKind
from .grants import GRANTS, GRANTS_ON_OWN, READS_ALL_EXEMPT, READS_OWN_EXEMPT


class Held(NamedTuple):
    """An appointment in force: the role, what an adviser advises on, the scope and the one around it."""

    role: str
    speciality: str
    scope: int
    kind: str
    parent: int | None = None
    parent_kind: str | None = None


@dataclass(frozen=True)
class Standing:
    """Roles by scope. ``roles`` maps a scope's number to the roles held on it.

    ``labels`` names the roles in words; ``specialities`` what the person advises on, for an adviser.
    """

    roles: dict[int, frozenset[str]] = field(default_factory=dict, hash=False)
    labels: tuple[str, ...] = ()
    specialities: frozenset[str] = frozenset()

    @classmethod
    def of(cls, appointments: Iterable[Held]) -> Self:
        """From appointments in force.

        An appointment to a body also counts on what the body works for: the board's on the programme,
        a delivery group's on its workstream. A member of a task group across workstreams gains nothing on
        the programme by it.
        """
        roles: dict[int, frozenset[str]] = {}
        labels: list[str] = []
        specialities: set[str] = set()
        for one in appointments:
            for place in _places(one):
                roles[place] = roles.get(place, frozenset()) | {one.role}
            labels.append(Role(one.role).label)
            specialities |= {one.speciality} - {""}
        return cls(roles, tuple(dict.fromkeys(labels)), frozenset(specialities))

    @cached_property
    def all_roles(self) -> frozenset[str]:
        return frozenset().union(*self.roles.values())

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything these roles allow, on whatever place or record."""
        return self.on_own.union(*(GRANTS[role] for role in self.all_roles))

    @cached_property
    def on_own(self) -> frozenset[str]:
        """What these roles allow with the records that the person owns."""
        return frozenset().union(*(GRANTS_ON_OWN.get(role, ()) for role in self.all_roles))

    def holds(self, role: str) -> bool:
        return role in self.all_roles

    def may(self, permission: str, lineage: Iterable[int] | None = None) -> bool:
        """Whether any appointment grants it: on one of the scopes in ``lineage``, or anywhere if None."""
        if lineage is None and permission in self.on_own:
            return True
        scopes = self.roles if lineage is None else [key for key in lineage if key in self.roles]
        return any(permission in GRANTS[role] for key in scopes for role in self.roles[key])

    @cached_property
    def above_staff(self) -> bool:
        return bool(self.all_roles - {Role.STAFF})

    @cached_property
    def reads_all_exempt(self) -> bool:
        return bool(self.all_roles & READS_ALL_EXEMPT)

    @cached_property
    def own_exempt_scopes(self) -> list[int]:
        """Scopes whose exempt material this person reads, with everything inside them."""
        return [key for key, roles in self.roles.items() if roles & READS_OWN_EXEMPT]


def _places(held: Held) -> set[int]:
    """The scopes on which an appointment counts, by their numbers."""
    if held.kind != ScopeKind.BODY or held.parent is None:
        return {held.scope}
    across = held.parent_kind == ScopeKind.PROGRAMME
    return {held.scope} if across and held.role == Role.GROUP_MEMBER else {held.scope, held.parent}
