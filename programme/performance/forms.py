"""What people type about a measure: parsed and cleaned here, saved by the actions."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programme.foundation.columns import day_in_words
from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.people.forms import PersonChoice
from programme.people.models import User
from programme.plan.forms import PlanDateField
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.home import HomeChoice
from programme.portfolio.forms.sourced import SourcedForm

from .choices import Direction, Frequency
from .models import Measure
from .trajectory import refusal
from .units import parse_value, plain

PERMISSION = "performance.change_measure"
_POINT = re.compile(r"(?P<day>[^:=]+)[:=](?P<value>.+)")


class ValueField(forms.CharField):
    """A number in the measure's unit, as people type it; what cannot be read comes back as typed."""

    longest = 30

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(self.longest), "inputmode": "decimal"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_value(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class TrajectoryField(PlainTextField):
    """Days and values, one pair a line: ``31 March 2023: 70``. Gives a dictionary of them."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{day_in_words(day)}: {plain(number)}" for day, number in sorted(value.items()))

    def clean(self, value: Any) -> dict[datetime.date, Decimal]:  # type: ignore[override]
        points: dict[datetime.date, Decimal] = {}
        for number, line in enumerate(super().clean(value).split("\n"), 1):
            if not line.strip():
                continue
            day, reading = self._point(line.strip(), number)
            if day in points:
                raise ValidationError(f"Line {number}: {day_in_words(day)} stands here twice")
            points[day] = reading
        return points

    def _point(self, line: str, number: int) -> tuple[datetime.date, Decimal]:
        found = _POINT.fullmatch(line)
        if not found:
            raise ValidationError(f"Line {number} must be a date, a colon and a value: 31 March 2023: 70")
        try:
            day = PlanDateField(label=f"Line {number}: the date").clean(found["day"].strip())
            return day, parse_value(found["value"])
        except ValueError as error:
            raise ValidationError(f"Line {number}: {error}") from error


class MeasureForm(SourcedForm, ClassifiedForm):
    first = (
        "name",
        "definition",
        "unit",
        "direction",
        "home",
        "owner",
        "frequency",
        "baseline",
        "baseline_qualifier",
        "baseline_date",
        "target",
        "target_qualifier",
        "target_date",
        "trajectory",
        *SourcedForm.base_fields,
    )

    name = PlainCharField(label="Name", max_length=200, help_text="What is measured, in a few words.")
    definition = PlainTextField(
        label="What exactly is counted",
        max_length=2000,
        required=False,
        help_text="So that two people who count get the same figure.",
        count=True,
    )
    unit = PlainCharField(label="Unit", max_length=40, help_text="Per cent, minutes, processes; or count.")
    direction = forms.ChoiceField(
        label="Which way is better?", choices=Direction.choices, widget=forms.RadioSelect
    )
    home = HomeChoice(help_text="Its people keep the measure.")
    owner = PersonChoice(required=False, help_text="Who answers for the measure, by post.")
    frequency = forms.ChoiceField(
        label="How often it is read", choices=[("", "Not settled yet"), *Frequency.choices], required=False
    )
    baseline = ValueField(
        label="Baseline", required=False, help_text="Where it stood before. Leave it empty if nobody knows."
    )
    baseline_qualifier = PlainCharField(
        label="What the source says beside the baseline",
        max_length=40,
        required=False,
        help_text="For example approximately.",
    )
    baseline_date = PlanDateField(label="Date of the baseline", required=False)
    target = ValueField(label="Target", required=False)
    target_qualifier = PlainCharField(
        label="What the source says beside the target",
        max_length=40,
        required=False,
        help_text="For example at least.",
    )
    target_date = PlanDateField(label="Date of the target", required=False)
    trajectory = TrajectoryField(
        label="On the way to the target",
        max_length=3000,
        rows=4,
        required=False,
        help_text="One a line, a date and what it should read then: 31 March 2023: 70",
    )

    def __init__(self, *arguments: Any, viewer: User, measure: Measure | None = None, **options: Any):
        super().__init__(*arguments, **options)
        home, owner = (measure.scope, measure.owner) if measure else (None, None)
        self.fields["home"].offer(viewer=viewer, permission=PERMISSION, home=home)  # type: ignore[attr-defined]
        self.fields["owner"].offer(viewer=viewer, holder=owner)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for figure in ("baseline", "target"):
            if figure in self.errors or data.get(figure) is not None:
                continue
            for detail in ("date", "qualifier"):
                if data.get(f"{figure}_{detail}"):
                    self.add_error(figure, f"Give the {figure} as well, or empty what is said beside it")
                    break
        start, finish = data.get("baseline_date"), data.get("target_date")
        if start and finish and finish <= start:
            self.add_error("target_date", "The date of the target must be after that of the baseline")
        elif words := refusal(data.get("trajectory") or {}, baseline_date=start, target_date=finish):
            self.add_error("trajectory", words)
        return data


class ReasonForm(forms.Form):
    reason = ReasonField()
