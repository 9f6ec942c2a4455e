"""The whole matrix of grants as rows of words, for the page that the auditor reads."""

from __future__ import annotations

from typing import Any

from django.views.generic.base import TemplateView

from programme.foundation.permissions import PermissionRequired

from .appointing import places_for
from .choices import Role, ScopeKind
from .grants import (
    GRANTS,
    GRANTS_ON_OWN,
    PERMISSIONS,
    READING_ROLES,
    READS_ALL_EXEMPT,
    READS_OWN_EXEMPT,
    SECOND_PERSON,
)

SHORT = {
    Role.SRO: "SRO",
    Role.SPECIALIST_ADVISER: "Adviser",
    Role.WORKSTREAM_LEAD: "Lead",
    Role.GROUP_MEMBER: "Group member",
    Role.COMMUNICATIONS: "News",
}  # so that fourteen columns stand side by side; the table of roles gives them in full


def grants() -> list[list[str]]:
    """A row for each permission: its words, then for each role Yes, Own (what one owns) or –."""
    return [[words, *(_granted(name, role) for role in Role)] for name, words in PERMISSIONS.items()]


def _granted(name: str, role: Role) -> str:
    if name in GRANTS[role]:
        return "Yes"
    return "Own" if name in GRANTS_ON_OWN.get(role, ()) else "–"


def roles() -> list[list[str]]:
    """A row for each role: where it is held, who confirms it, and which exempt material it reads."""
    return [[_in_full(role), _places(role), _second_person(role), _exempt(role)] for role in Role]


def _in_full(role: Role) -> str:
    return f"{role.label} ({SHORT[role]})" if role in SHORT else role.label


def _places(role: Role) -> str:
    kinds = places_for(role)
    return ", ".join(kind.label for kind in ScopeKind if kind in kinds)


def _second_person(role: Role) -> str:
    if role not in SECOND_PERSON:
        return "Not needed"
    return "SRO or finance adviser" if role == Role.FINANCE_REVIEWER else "SRO"


def _exempt(role: Role) -> str:
    if role in READS_ALL_EXEMPT:
        return "All"
    if role in READING_ROLES:
        return "None"
    own = "Risks and benefits one owns" if role == Role.BENEFIT_OWNER else "Risks one owns"
    return "Of the place it is held on; else risks one owns" if role in READS_OWN_EXEMPT else own


class Grants(PermissionRequired, TemplateView):
    permission = "people.view_people"
    template_name = "people/grants.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "grants": grants(),
            "grant_columns": ["What it allows", *(SHORT.get(role, role.label) for role in Role)],
            "roles": roles(),
            "role_columns": ["Role", "Held on", "Confirmed by", "Exempt material it reads"],
        }
