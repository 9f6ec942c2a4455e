"""The whole matrix of grants as rows of words, for the page that the auditor reads."""

from __future__ import annotations

from typing import Any

from django.views.generic.base import TemplateView

from programme.foundation.permissions import PermissionRequired

from .appointing import places_for
from .choices import Role, ScopeKind
from .grants import GRANTS, PERMISSIONS, READS_ALL_EXEMPT, READS_OWN_EXEMPT, SECOND_PERSON


def grants() -> list[list[str]]:
    """A row for each permission: its words, then Yes or – for each role."""
    return [
        [words, *("Yes" if name in GRANTS[role] else "–" for role in Role)]
        for name, words in PERMISSIONS.items()
    ]


def roles() -> list[list[str]]:
    """A row for each role: where it is held, who confirms it, and which exempt material it reads."""
    return [[role.label, _places(role), _second_person(role), _exempt(role)] for role in Role]


def _places(role: Role) -> str:
    kinds = places_for(role)
    return ", ".join(kind.label for kind in ScopeKind if kind in kinds)


def _second_person(role: Role) -> str:
    if role not in SECOND_PERSON:
        return "Nobody"
    return "SRO or finance adviser" if role == Role.FINANCE_REVIEWER else "SRO"


def _exempt(role: Role) -> str:
    if role in READS_ALL_EXEMPT:
        return "All"
    return "Of the place it is held on" if role in READS_OWN_EXEMPT else "None"


class Grants(PermissionRequired, TemplateView):
    permission = "people.view_people"
    template_name = "people/grants.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "grants": grants(),
            "grant_columns": ["What it allows", *(role.label for role in Role)],
            "roles": roles(),
            "role_columns": ["Role", "Held on", "Confirmed by", "Exempt material it reads"],
        }
