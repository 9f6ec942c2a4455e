"""The forms of the people's pages: they read and clean what was typed, and save nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from programme.foundation.form_fields import GovDateField, PlainCharField, ReasonField

from . import appointing
from .choices import Role, ScopeKind, Speciality
from .grants import READING_ROLES
from .models import Appointment, Scope, User


class PersonForm(forms.Form):
    """Somebody new."""

    post = PlainCharField(
        label="Post", max_length=120, help_text="What people see: never a name. Such as Head of Planning."
    )
    username = PlainCharField(
        label="User name",
        max_length=150,
        help_text="For signing in. Letters, digits and @ . + - _ only.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="For notices.",
    )
    password = forms.CharField(
        label="First password",
        max_length=200,
        strip=False,
        help_text="At least 12 characters. Hand it over in person.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    reason = ReasonField()


class PostForm(forms.Form):
    """Another post for the same person."""

    post = PlainCharField(label="Post", max_length=120)
    reason = ReasonField()


class ReasonForm(forms.Form):
    """Why, and nothing else."""

    reason = ReasonField()


class PersonChoice(forms.ModelChoiceField):
    """Somebody to whom a record is given, by post: those who hold a role today that may change something."""

    def __init__(self, **options: Any):
        super().__init__(**{"queryset": User.objects.none(), "empty_label": "Nobody yet"} | options)

    def offer(self, *, viewer: User, holder: User | None = None) -> None:
        """Offers those whom ``viewer`` may know of; ``holder``, whose record it is now, stays on offer."""
        working = Appointment.objects.in_force().exclude(role__in=READING_ROLES).order_by().values("person")
        offered = Q(pk__in=working, is_active=True) | Q(pk=getattr(holder, "pk", None))
        self.queryset = User.objects.visible_to(viewer).filter(offered).order_by("profile__post", "pk")


class PlaceField(forms.ModelChoiceField):
    """A place, grouped by what it is."""

    def __init__(self, **options: Any):
        super().__init__(Scope.objects.live(), empty_label="Choose a place", **options)
        self.choices = self._grouped

    def _grouped(self) -> list[Any]:
        groups: dict[str, list[tuple[int, str]]] = {label: [] for label in ScopeKind.labels}
        for scope in Scope.objects.live().order_by("name"):
            groups[scope.get_kind_display()].append((scope.pk, scope.name))
        return [("", self.empty_label), *((label, rows) for label, rows in groups.items() if rows)]


class AppointForm(forms.Form):
    """A role on a place from one day to another."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *Role.choices],
        help_text="SRO, board member, finance reviewer and auditor wait until a second person confirms.",
    )
    scope = PlaceField(
        label="Place",
        help_text="The programme, a workstream, a project or a body, as the role asks.",
    )
    speciality = forms.ChoiceField(
        label="Advises on",
        choices=[("", "Not an adviser"), *Speciality.choices],
        required=False,
        help_text="For a specialist adviser only.",
    )
    starts = GovDateField(label="First day")
    ends = GovDateField(label="Last day", required=False, help_text="Leave empty if it is not known yet.")
    reason = ReasonField()

    def clean_scope(self) -> Scope:
        """Says at the place where this role can be held, before anything is done."""
        scope, role = self.cleaned_data["scope"], self.cleaned_data.get("role")
        if role and scope.kind not in appointing.places_for(role):
            raise forms.ValidationError(appointing.wrong_place(role))
        return scope


class EndForm(forms.Form):
    """The last day of an appointment."""

    ends = GovDateField(label="Last day", help_text="The role is held until the end of this day.")
    reason = ReasonField()


class SecondPersonForm(forms.Form):
    """The second person's answer."""

    answer = forms.ChoiceField(
        label="Do you confirm this appointment?",
        choices=[("confirm", "Yes, it takes effect"), ("decline", "No, it is withdrawn")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you confirm it"},
    )
    reason = ReasonField()
