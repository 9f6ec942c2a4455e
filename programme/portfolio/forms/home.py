"""Where a record lies, which decides who keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When

from programme.people.choices import ScopeKind
from programme.people.grants import GRANTS
from programme.people.models import Scope, User

ORDER = (ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM, ScopeKind.PROJECT)


def homes_for(user: User, permission: str) -> Any:
    """The places where ``user`` holds ``permission`` by an appointment, and the workstreams inside these.

    A project is offered only to those appointed on it, so that the list stays short however many there are.
    """
    held = [
        place
        for place, roles in user.standing.roles.items()
        if any(permission in GRANTS[role] for role in roles)
    ]
    here = Q(pk__in=held) | Q(parent__in=held, kind=ScopeKind.WORKSTREAM)
    rows = Scope.objects.visible_to(user).live().filter(here, kind__in=ORDER)
    places = [When(kind=kind, then=Value(number)) for number, kind in enumerate(ORDER)]
    return rows.order_by(Case(*places, output_field=IntegerField()), "name")


class HomeChoice(forms.ModelChoiceField):
    """The programme, a workstream or a project, out of those where the viewer may keep such a record."""

    def __init__(self, **options: Any):
        defaults = {"label": "Belongs to", "queryset": Scope.objects.none(), "empty_label": "Choose a place"}
        super().__init__(**defaults | options)

    def offer(self, *, viewer: User, permission: str, home: Scope | None = None) -> None:
        """Offers the viewer's own places; ``home``, where the record lies now, stays on offer."""
        own = homes_for(viewer, permission)
        if home is not None:
            own = own | Scope.objects.filter(pk=home.pk)
        self.queryset = own
        if home is None and len(only := list(own[:2])) == 1:
            self.initial = only[0]
