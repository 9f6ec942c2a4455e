"""Projects and proposals: add, change, move, what they serve, what they need."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField, ReasonField
from programme.foundation.money import PoundsFormField
from programme.people.models import User

from ..choices import Stage
from ..lifecycle import NEEDS_DECISION, ORDER, moves_from
from ..models import CorporatePriority, Decision, DesignPrinciple, Project, Workstrand, Workstream
from .classified import ClassifiedForm

ABOUT = 90  # letters of a decision's question
OFFERED = 100  # decisions to choose from: a longer list is no longer read, and slow to draw


class RecordChoices(forms.ModelMultipleChoiceField):
    """Several records by their numbers; one that is too long for the database names none of them."""

    def clean(self, value: Any) -> Any:
        if any(len(str(number)) > 18 for number in value or ()):
            raise forms.ValidationError("Choose among those offered", code="invalid_choice")
        return super().clean(value)


class PrincipleChoices(RecordChoices):
    def label_from_instance(self, principle: DesignPrinciple) -> str:
        return f"{principle.text} ({principle.workstrand.name})"


class DecisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, decision: Decision) -> str:
        question = shorten(decision.question, ABOUT, placeholder=" …")  # never within an amount
        return f"{decision.reference}, {decision.date.day} {decision.date:%B %Y}: {question}"


def authorities(viewer: User) -> Any:
    """The newest decisions that can be named as an authority, of those the viewer may know of."""
    newest = Decision.objects.visible_to(viewer).authorising()[:OFFERED]
    return Decision.objects.filter(pk__in=newest.values("pk"))


def stage_choices(stages: list[Stage]) -> list[tuple[str, str]]:
    """Stages in words, saying which of them need a decision."""
    needs = " (needs a decision)"
    return [(stage.value, f"{stage.label}{needs if stage in NEEDS_DECISION else ''}") for stage in stages]


class ProjectForm(ClassifiedForm):
    first = (
        "name",
        "purpose",
        "workstrand",
        "estimated_cost",
        "estimated_saving",
    )

    name = PlainCharField(label="Name", max_length=200)
    purpose = PlainTextField(label="Purpose", max_length=2000, required=False, count=True)
    workstrand = forms.ModelChoiceField(queryset=None, required=False, empty_label="Not stated")
    estimated_cost = PoundsFormField(
        label="Estimated cost", required=False, help_text="Pounds in all, such as 125,000 or 1.25m."
    )
    estimated_saving = PoundsFormField(
        label="Estimated saving a year", required=False, help_text="Pounds a year once it is in place."
    )

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["workstrand"].queryset = Workstrand.objects.visible_to(viewer).live()


class NewProjectForm(ProjectForm):
    first = ("workstream", "ref", "stage", "stage_decision", *ProjectForm.first)

    workstream = forms.ModelChoiceField(queryset=None, empty_label="Choose a workstream")
    ref = PlainCharField(
        label="Reference",
        max_length=12,
        required=False,
        help_text="Such as DIG-01. Leave it empty for the next free one.",
    )
    stage = forms.ChoiceField(
        choices=[("", "Not stated"), *stage_choices(ORDER[:-1])], required=False, initial=Stage.PROPOSAL
    )
    stage_decision = DecisionChoice(
        queryset=None, label="Decision behind the stage", required=False, empty_label="None"
    )

    def __init__(self, *arguments: Any, viewer: User, workstream: str = "", **options: Any):
        """``workstream`` is the slug of the one chosen at first; else the only one that is offered."""
        super().__init__(*arguments, viewer=viewer, **options)
        allowed = addable(viewer)
        first = [one for one in allowed if one.slug == workstream] or (allowed if len(allowed) == 1 else [])
        field = self.fields["workstream"]
        field.queryset = Workstream.objects.visible_to(viewer).filter(pk__in=[one.pk for one in allowed])
        field.initial = first[0] if first else None
        self.fields["stage_decision"].queryset = authorities(viewer)


def addable(viewer: User) -> list[Workstream]:
    """The workstreams to which this person may add projects: all of them, or the one they lead."""
    rows = Workstream.objects.visible_to(viewer).live().select_related("scope__parent__parent")
    return [one for one in rows if viewer.has_perm("portfolio.add_project", one)]


class MoveForm(forms.Form):
    """Only the moves that the stage allows are offered."""

    stage = forms.ChoiceField(label="Move to", widget=forms.RadioSelect)
    decision = DecisionChoice(
        queryset=None,
        label="Decision that allows it",
        required=False,
        empty_label="None",
        help_text=f"From the register of decisions: the newest {OFFERED} of those that approve.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, project: Project, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["stage"].choices = stage_choices(moves_from(project.stage))
        self.fields["decision"].queryset = authorities(viewer)


class WorkstreamForm(forms.Form):
    """The workstreams to which a project can be moved: every other one."""

    workstream = forms.ModelChoiceField(
        queryset=None, label="Move it to", widget=forms.RadioSelect, empty_label=None
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, project: Project, **options: Any):
        super().__init__(*arguments, **options)
        others = Workstream.objects.visible_to(viewer).live().exclude(pk=project.workstream_id)
        self.fields["workstream"].queryset = others


class DatesForm(forms.Form):
    """The dates that a decision approved for the project as a whole."""

    approved_start = GovDateField(label="Approved start", required=False)
    approved_finish = GovDateField(label="Approved finish")
    decision = DecisionChoice(
        queryset=None,
        label="Decision that approves them",
        empty_label="Choose a decision",
        help_text=f"From the register of decisions: the newest {OFFERED} of those that approve.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["decision"].queryset = authorities(viewer)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, finish = data.get("approved_start"), data.get("approved_finish")
        if start and finish and finish < start:
            self.add_error("approved_finish", "The finish cannot be before the start")
        return data


class ServesForm(forms.Form):
    priorities = RecordChoices(
        queryset=None, label="Corporate priorities", widget=forms.CheckboxSelectMultiple, required=False
    )
    principles = PrincipleChoices(
        queryset=None, label="Design principles", widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["priorities"].queryset = CorporatePriority.objects.visible_to(viewer).live()
        principles = DesignPrinciple.objects.visible_to(viewer).live().select_related("workstrand")
        self.fields["principles"].queryset = principles


class NeedsForm(forms.Form):
    needs = PlainCharField(
        label="Reference of the project it depends on", max_length=12, help_text="Such as DIG-01."
    )
    note = PlainCharField(label="What it needs from it", max_length=300, required=False)
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.visible = Project.objects.visible_to(viewer).live()

    def clean_needs(self) -> Project:
        """By reference, since a list of every project would be long; what may not be seen is not there."""
        ref = self.cleaned_data["needs"]
        if (found := self.visible.filter(ref__iexact=ref).first()) is None:
            raise forms.ValidationError(f"There is no project {ref} that you may see.")
        return found


class ReasonForm(forms.Form):
    reason = ReasonField()
