"""The programme's own words, its workstreams', workstrands' and bodies'."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField, ReasonField
from programme.people.models import User

from ..choices import BodyKind, SeatRole
from ..models import CorporatePriority, Workstream
from .lines import LinesField
from .project import RecordChoices


class ProgrammeForm(forms.Form):
    name = PlainCharField(label="Name", max_length=120)
    organisation = PlainCharField(label="Council", max_length=120)
    corporate_plan = PlainCharField(label="Corporate plan", max_length=200, required=False)
    vision = PlainTextField(label="Vision", max_length=1000, count=True)
    business_case = PlainCharField(
        label="Business case", max_length=200, help_text="Title, version and date."
    )
    reason = ReasonField()


class StatementsForm(forms.Form):
    texts = LinesField(label="Sentences", longest=1000, rows=12)
    reason = ReasonField()


class PurposeForm(forms.Form):
    purpose = PlainTextField(label="Purpose", max_length=1000, count=True)
    reason = ReasonField()


class PrioritiesForm(forms.Form):
    """The corporate priorities of one workstream: the one that is its own, and those it supports."""

    own = forms.ModelChoiceField(
        queryset=None,
        label="Its own priority",
        required=False,
        empty_label="None",
        help_text="Its projects stand under this one in the line of sight.",
    )
    supports = RecordChoices(
        queryset=None,
        label="It also supports",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Priorities that it shares with other workstreams.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        for name in ("own", "supports"):
            self.fields[name].queryset = CorporatePriority.objects.visible_to(viewer).live()


class WorkstrandForm(forms.Form):
    workstream = forms.ModelChoiceField(queryset=None, label="Home workstream", empty_label=None)
    home_confirmed = forms.BooleanField(
        label="The board has confirmed this home",
        required=False,
        help_text="Name the decision in the reason below.",
    )
    note = PlainCharField(label="Note", max_length=300, required=False)
    principles = LinesField(
        label="Design principles",
        longest=300,
        required=False,
        help_text="One a line, in order. Change words in place; add new ones at the end.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["workstream"].queryset = Workstream.objects.visible_to(viewer).live()


class ReportForm(forms.Form):
    date = GovDateField(label="Date of the report")
    subject = PlainCharField(label="Subject", max_length=300)
    reason = ReasonField()


class BodyForm(forms.Form):
    name = PlainCharField(label="Name", max_length=120)
    purpose = PlainTextField(label="Purpose", max_length=1000, required=False)
    terms = LinesField(
        label="Terms of reference", longest=500, required=False, help_text="One sentence a line."
    )
    reason = ReasonField()


class NewBodyForm(BodyForm):
    kind = forms.ChoiceField(
        choices=BodyKind.choices, widget=forms.RadioSelect, initial=BodyKind.TASK_GROUP, label="Kind of body"
    )
    workstream = forms.ModelChoiceField(
        queryset=None,
        required=False,
        empty_label="None: it works across workstreams",
        help_text="A delivery group belongs to a workstream.",
    )
    field_order = ["kind", "name", "workstream", "purpose", "terms", "reason"]

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["workstream"].queryset = Workstream.objects.visible_to(viewer).live()


class SeatForm(forms.Form):
    post = PlainCharField(label="Post", max_length=120, help_text="The post, never a name.")
    role = forms.ChoiceField(choices=SeatRole.choices, widget=forms.RadioSelect, initial=SeatRole.MEMBER)
    reason = ReasonField()
