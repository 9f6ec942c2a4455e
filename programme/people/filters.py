from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from programme.foundation.filters import ChoiceFilter, RecordFilter, RecordFilters, SearchFilter

from .choices import Role, ScopeKind
from .models import Appointment, Scope
from .models.person import ProfileQuerySet
from .models.scope import ScopeQuerySet

STATES = [("waiting", "Waits for a second person"), ("none", "Holds no role"), ("left", "Has left")]


def places(request: HttpRequest) -> ScopeQuerySet:
    """Programme, workstreams and bodies; projects are too many to choose from."""
    reader: Any = request.user  # nobody gets here without signing in
    return Scope.objects.visible_to(reader).live().exclude(kind=ScopeKind.PROJECT)


class PeopleFilters(RecordFilters):
    """People by post, role held today, place of the role, and state. Leavers only when asked for."""

    q = SearchFilter(["post"])
    role = ChoiceFilter(label="Role", choices=Role.choices, method="holding_role")
    place = RecordFilter(Scope, label="Place", queryset=places, method="holding_place")
    state = ChoiceFilter(label="State", choices=STATES, method="in_state")

    def filter_queryset(self, queryset: ProfileQuerySet) -> ProfileQuerySet:
        rows = queryset if self.form.cleaned_data.get("state") == "left" else queryset.live()
        return super().filter_queryset(rows)

    @property
    def appointments(self) -> Any:
        """Those in force that the reader may know of: a filter must not find what the list keeps back."""
        return Appointment.objects.visible_to(self.request.user).in_force()

    def holding_role(self, queryset: ProfileQuerySet, name: str, value: str) -> ProfileQuerySet:
        return queryset.filter(user__in=self.appointments.filter(role=value).values("person"))

    def holding_place(self, queryset: ProfileQuerySet, name: str, value: Scope) -> ProfileQuerySet:
        return queryset.filter(user__in=self.appointments.filter(scope=value).values("person"))

    def in_state(self, queryset: ProfileQuerySet, name: str, value: str) -> ProfileQuerySet:
        if value == "left":
            return queryset.filter(withdrawn=True)
        if value == "none":
            return queryset.exclude(user__in=self.appointments.values("person"))
        waiting = Appointment.objects.visible_to(self.request.user).waiting_for_confirmation()
        return queryset.filter(user__in=waiting.values("person"))
