"""A risk: what may happen and why, where it belongs, who owns it, how it scores."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q

from programme.foundation.form_fields import PlainCharField, PlainTextField
from programme.people.forms import PersonChoice
from programme.people.grants import READING_ROLES
from programme.people.models import Appointment, User
from programme.plan.models import Activity
from programme.portfolio.forms.project import RecordChoices

from ..choices import Knowledge, Proximity, Response
from ..models import Risk, RiskCategory
from ..reading import risk as reading
from .placed import PlacedForm
from .scores import ScoresForm

MOST_MILESTONES = 20
MEANINGS = {
    Response.TOLERATE: "carry it as it is",
    Response.TREAT: "make it less likely or less harmful",
    Response.TRANSFER: "have somebody else carry it, as by contract or insurance",
    Response.TERMINATE: "stop what brings it about",
}


class MilestonesField(PlainCharField):
    """Milestones by their references, apart by commas; any that the viewer may see."""

    viewer: User

    def __init__(self, **options: Any):
        super().__init__(max_length=500, **options)

    def clean(self, value: Any) -> list[Activity]:
        refs = list(dict.fromkeys(re.findall(r"[^\s,;]+", super().clean(value).upper())))
        if len(refs) > MOST_MILESTONES:
            raise forms.ValidationError(f"Name {MOST_MILESTONES} milestones at most")
        seen = Activity.objects.visible_to(self.viewer).planned().milestones().filter(ref__in=refs)
        found = {one.ref: one for one in seen}
        if missing := [ref for ref in refs if ref not in found]:
            words = ", ".join(missing[:3])
            raise forms.ValidationError(f"There is no milestone {words} in the plan: look it up in the list")
        return list(found.values())


class PeopleChoice(RecordChoices):
    """Several people, by post."""

    def __init__(self, **options: Any):
        super().__init__(queryset=User.objects.none(), required=False, **options)

    def offer(self, *, viewer: User, holders: list[User]) -> None:
        """Those who hold a role today that may change something, and who contribute now."""
        working = Appointment.objects.in_force().exclude(role__in=READING_ROLES).order_by().values("person")
        offered = Q(pk__in=working, is_active=True) | Q(pk__in=[one.pk for one in holders])
        self.queryset = User.objects.visible_to(viewer).filter(offered).order_by("profile__post", "pk")


class FactsForm(PlacedForm):
    """What is known of a risk, its scores and its response left out."""

    title = PlainCharField(
        label="Name", max_length=200, help_text="A few words by which people find it in a list."
    )
    cause = PlainTextField(
        label="Cause", max_length=2000, required=False, rows=2, help_text="What makes it possible."
    )
    event = PlainTextField(
        label="What may happen", max_length=2000, rows=2, error_messages={"required": "Say what may happen"}
    )
    effect = PlainTextField(
        label="Effect", max_length=2000, required=False, rows=2, help_text="What it would do to us."
    )
    category = forms.ModelChoiceField(
        queryset=None,
        required=False,
        empty_label="Not chosen yet",
        error_messages={"invalid_choice": "Choose one of the categories offered"},
    )
    owner = PersonChoice(label="Owner", required=False)
    controls = PlainTextField(
        label="Controls in place",
        max_length=2000,
        required=False,
        rows=2,
        help_text="What already keeps it small.",
    )
    proximity = forms.ChoiceField(
        label="How soon", choices=[("", "Nobody has said yet"), *Proximity.choices], required=False
    )
    knowledge = forms.ChoiceField(
        label="Strength of knowledge",
        choices=[("", "Nobody has said yet"), *Knowledge.choices],
        required=False,
        help_text="How good the evidence is behind the scores.",
    )
    contributors = PeopleChoice(
        label="Contributors", widget=forms.SelectMultiple(attrs={"size": 5}), help_text="Who helps the owner."
    )
    milestones = MilestonesField(
        label="Milestones it threatens",
        required=False,
        help_text="Their references, apart by commas, such as DIG-01-M03, DIG-02-M01.",
    )
    source_document = PlainCharField(
        label="Where it was raised",
        max_length=200,
        required=False,
        help_text="A workshop or a paper.",
    )
    source_place = PlainCharField(label="Place in it", max_length=200, required=False)

    main_names = ("title", "cause", "event", "effect", "category", "place", "project", "owner")
    more_names = (
        "controls",
        "proximity",
        "knowledge",
        "contributors",
        "milestones",
        "source_document",
        "source_place",
    )

    first = (*main_names, *more_names)

    def __init__(self, *arguments: Any, viewer: User, risk: Risk | None = None, **options: Any):
        held = risk.scope if risk else None
        super().__init__(*arguments, viewer=viewer, held=held, **options)
        self.risk = risk
        offered = RiskCategory.objects.visible_to(viewer).to_choose()
        if risk and risk.category_id:
            offered = offered | RiskCategory.objects.visible_to(viewer).filter(pk=risk.category_id)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = offered
        fields["owner"].offer(viewer=viewer, holder=risk.owner if risk else None)
        people = reading.contributors_of(risk, viewer) if risk else []
        fields["contributors"].offer(viewer=viewer, holders=people)
        fields["milestones"].viewer = viewer

    @property
    def main_fields(self) -> list[Any]:
        return self.group(*self.main_names)

    @property
    def more_fields(self) -> list[Any]:
        return self.group(*self.more_names)

    @property
    def more_is_wrong(self) -> bool:
        return any(field.errors for field in self.more_fields)


class RaiseForm(ScoresForm, FactsForm):
    """All of it; the scores may be left for later."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        reason = self.fields["reason"]
        reason.required = False
        reason.help_text = "Why it is raised now, if there is more to say."


class ChangeForm(FactsForm):
    """The scores change by a review; the response is chosen here."""

    response = forms.ChoiceField(
        choices=[
            ("", "None chosen yet"),
            *((one.value, f"{one.label}: {MEANINGS[one]}") for one in Response),
        ],
        required=False,
        widget=forms.RadioSelect,
        help_text="Treating it needs an action; tolerating it above appetite needs an acceptance.",
    )

    main_names = (*FactsForm.main_names, "response")

    def clean(self) -> dict[str, Any]:
        """Milestones that the person may not see stay linked."""
        data = super().clean()
        if "milestones" in data and self.risk is not None:
            linked = self.risk.milestones.live().select_related("activity")
            seen = {one.pk for one in reading.milestones_of(self.risk, self.viewer)}
            kept = [one.activity for one in linked if one.activity_id not in seen]
            data["milestones"] = [*data["milestones"], *kept]
        return data
