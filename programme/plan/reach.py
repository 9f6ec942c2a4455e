"""Where a person may do something to the plan: as conditions on projects, never as lists of them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from programme.people.grants import GRANTS
from programme.people.models import User
from programme.portfolio.models import Project


def projects_where(user: User, permission: str) -> Any:
    """The live projects that ``user`` may see and on which an appointment grants ``permission``."""
    scopes = [
        scope
        for scope, roles in user.standing.roles.items()
        if any(permission in GRANTS[role] for role in roles)
    ]
    paths = ("scope", "scope__parent", "scope__parent__parent")
    here = reduce(or_, (Q(**{f"{path}__in": scopes}) for path in paths))
    return Project.objects.visible_to(user).live().filter(here)
