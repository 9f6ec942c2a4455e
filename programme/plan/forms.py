"""What people type about the plan: parsed and cleaned here, saved by the actions."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import (
    GovDateField,
    KeyWithoutNul,
    PlainCharField,
    PlainTextField,
    ReasonField,
)
from programme.people.models import User
from programme.portfolio.forms.project import DecisionChoice, authorities
from programme.portfolio.models import Project

from .choices import DependencyKind, Kind, Precision
from .dates import EARLIEST, LATEST
from .models import Activity
from .reach import projects_where


class PlanDateField(GovDateField):
    """A date of the plan; far-off years are slips of the keyboard."""

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            self._refuse(f"must have a year between {EARLIEST.year} and {LATEST.year}")
        return day


class FactsForm(forms.Form):
    """What the project's own people keep of an activity or milestone."""

    name = PlainCharField(label="Name", max_length=200)
    forecast_start = PlanDateField(
        label="Forecast start",
        required=False,
        help_text="For an activity. A milestone is a point and has none.",
    )
    forecast_finish = PlanDateField(label="Forecast finish", help_text="For a milestone, its date.")
    earliest_start = PlanDateField(
        label="Starts no earlier than",
        required=False,
        help_text="Only where something outside the plan holds it back, such as a notice period.",
    )
    precision = forms.ChoiceField(
        label="How exact the dates are",
        choices=Precision.choices,
        initial=Precision.DAY,
        help_text="For a month or a financial year give its first day.",
    )
    note = PlainTextField(label="Note", max_length=1000, required=False, rows=3, count=True)


class ProjectChoice(KeyWithoutNul, forms.ModelChoiceField):
    def label_from_instance(self, project: Project) -> str:
        return str(project)


class AddForm(FactsForm):
    """The project is chosen among those that the viewer may change."""

    field_order = ["project", "kind"]

    project = ProjectChoice(queryset=None, empty_label="Choose a project", to_field_name="ref")
    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["project"].queryset = projects_where(viewer, "plan.change_plan")  # type: ignore[attr-defined]


class ChangeForm(FactsForm):
    """A milestone's form does not ask for starts."""

    reason = ReasonField()

    def __init__(self, *arguments: Any, activity: Activity, **options: Any):
        super().__init__(*arguments, **options)
        if activity.is_milestone:
            del self.fields["forecast_start"]


class ForecastForm(forms.Form):
    """The forecast alone. What is under way has a start already."""

    forecast_start = PlanDateField(label="Forecast start")
    forecast_finish = PlanDateField(label="Forecast finish")
    reason = ReasonField()

    def __init__(self, *arguments: Any, activity: Activity, **options: Any):
        super().__init__(*arguments, **options)
        if activity.is_milestone or activity.actual_start:
            del self.fields["forecast_start"]
        if activity.is_milestone:
            self.fields["forecast_finish"].label = "Forecast date"


class ProgressForm(forms.Form):
    """When it began and when it was done; an empty box takes back what was said."""

    actual_start = PlanDateField(label="Began on", required=False)
    actual_finish = PlanDateField(
        label="Done on", required=False, help_text="Leave it empty until it is done."
    )
    forecast_finish = PlanDateField(
        label="Forecast finish",
        required=False,
        help_text="Where it is not done yet and the forecast has moved.",
    )
    reason = ReasonField(
        label="What happened",
        required=False,
        help_text="Needed where a date is corrected, taken back or moved. It stays in the history.",
    )

    def __init__(self, *arguments: Any, activity: Activity, **options: Any):
        super().__init__(*arguments, **options)
        self.activity = activity
        if activity.is_milestone:
            del self.fields["actual_start"]
            self.fields["actual_finish"].label = "Reached on"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field, words in (("actual_start", "Began on"), ("actual_finish", "Done on")):
            day = data.get(field)
            if day and day > calendar.today():
                self.add_error(field, f"{words} cannot be in the future: what has not happened is a forecast")
        if self.errors:
            return data
        if all(data[field] == getattr(self.activity, field) for field in self._dates if data[field]):
            self._refuse_nothing_said(data)
        if not data.get("reason") and self._corrects(data):
            self.add_error("reason", "Say why: this corrects or moves a date")
        return data

    @property
    def _dates(self) -> list[str]:
        return [name for name in self.fields if name != "reason"]

    def _refuse_nothing_said(self, data: dict[str, Any]) -> None:
        """Every date given is as it was, and none was taken back."""
        if not self._corrects(data):
            raise forms.ValidationError("Nothing is new here: give a date, or cancel.")

    def _corrects(self, data: dict[str, Any]) -> bool:
        """Whether a date already said is changed or taken back, or the forecast moves."""
        was, fields = self.activity, ("actual_start", "actual_finish")
        said = any(getattr(was, field) and data.get(field) != getattr(was, field) for field in fields)
        finish = data.get("forecast_finish")
        return said or bool(finish and not data.get("actual_finish") and finish != was.forecast_finish)


class ReasonForm(forms.Form):
    reason = ReasonField()


class LagField(forms.IntegerField):
    def __init__(self) -> None:
        super().__init__(
            label="Lag in working days",
            initial=0,
            min_value=-1000,
            max_value=1000,
            help_text="How many working days later. For a lead, how many sooner, write a minus: −5.",
            error_messages={
                "invalid": "Lag must be a whole number of working days",
                "min_value": "A lead can be at most 1,000 working days",
                "max_value": "Lag can be at most 1,000 working days",
            },
        )
        self.widget.input_type = "text"
        self.widget.attrs["inputmode"] = "text"

    def to_python(self, value: Any) -> int | None:
        """A typed minus sign is as good as a hyphen."""
        return super().to_python(str(value).replace("\N{MINUS SIGN}", "-") if value is not None else value)


class DependencyForm(forms.Form):
    """What the activity of the page waits for, by its reference: any that the viewer may see."""

    predecessor = PlainCharField(
        label="It waits for",
        max_length=24,
        help_text="The reference of an activity or milestone of any project, such as DIG-01-M03.",
        widget=forms.TextInput(attrs={"list": "references", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="How",
        widget=forms.RadioSelect,
        initial=DependencyKind.FINISH_START,
        choices=[
            (DependencyKind.FINISH_START, "Finish to start: that finishes, then this starts"),
            (DependencyKind.START_START, "Start to start: that starts, then this starts"),
            (DependencyKind.FINISH_FINISH, "Finish to finish: that finishes, then this finishes"),
            (DependencyKind.START_FINISH, "Start to finish: that starts, then this finishes"),
        ],
    )
    lag = LagField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer = viewer

    def clean_predecessor(self) -> Activity:
        ref = self.cleaned_data["predecessor"].upper()
        found = (
            Activity.objects.visible_to(self.viewer).live().filter(ref=ref).select_related("project").first()
        )
        if found is None:
            raise forms.ValidationError(f"There is no {ref} in the plan: look it up in the list")
        return found


class LagForm(forms.Form):
    lag = LagField()
    reason = ReasonField()


class BaselineForm(forms.Form):
    """Which forecasts become the baseline. Each choice names the version that was shown, so that nobody
    approves a date that they have not seen."""

    items = forms.MultipleChoiceField(
        label="What takes its forecast as the new baseline",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one activity or milestone",
            "invalid_choice": "The plan changed after you opened this page. "
            "Look at the dates again, then choose",
        },
    )
    decision = DecisionChoice(
        queryset=None,
        label="Decision that approves it",
        empty_label="Choose a decision",
        help_text="From the register of decisions; only those that approve are listed.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, activities: list[Activity], **options: Any):
        super().__init__(*arguments, **options)
        self.by_choice = {f"{one.ref}@{one.version}": one for one in activities}
        self.fields["items"].choices = [(key, _moved(one)) for key, one in self.by_choice.items()]  # type: ignore[attr-defined]
        self.fields["decision"].queryset = authorities(viewer)  # type: ignore[attr-defined]

    def clean_items(self) -> list[Activity]:
        return [self.by_choice[key] for key in self.cleaned_data["items"]]


def _moved(one: Activity) -> str:
    """A choice in words: from which baseline to which."""
    now = calendar.in_words(one.forecast_finish)
    if one.approved_finish is None:
        return f"{one}: {now}, its first baseline"
    if one.approved_finish == one.forecast_finish:
        return f"{one}: the start moves, the finish stays {now}"
    return f"{one}: from {calendar.in_words(one.approved_finish)} to {now}"
