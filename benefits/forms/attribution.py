"""How a benefit is shared between workstreams, and which milestones enable it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Workstream

from ..rules.sharing import attribution_words


class PercentField(forms.DecimalField):
    """A part in per cent; a typed sign is as good as none."""

    def __init__(self, **options: Any):
        known = {"min_value": 0, "max_value": 100, "decimal_places": 2, "required": False}
        super().__init__(**known | options)
        words = f"{self.label} must be a number of per cent, such as 40 or 33.33"
        self.error_messages["invalid"] = words
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"})

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(str(value).strip().removesuffix("%").strip() if value else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class SharesForm(forms.Form):
    """A box a workstream. The parts come to 100 %, or there are none."""

    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        rows = Workstream.objects.visible_to(viewer).live().order_by("position")
        self.boxes = {f"share_{one.pk}": one for one in rows}
        for name, workstream in self.boxes.items():
            self.fields[name] = PercentField(label=f"{workstream.name}, per cent")
        self.order_fields([*self.boxes, "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shares = {self.boxes[name]: data[name] for name in self.boxes if data.get(name)}
        total = sum(shares.values(), Decimal(0))
        if shares and total != 100 and not self.errors:
            filled = [name for name in self.boxes if data.get(name)]
            self.add_error(filled[-1], attribution_words(total))
        return {"shares": shares, "reason": data.get("reason", "")}


class MilestoneForm(forms.Form):
    """A milestone by its reference: any that the viewer may see."""

    activity = PlainCharField(
        label="Milestone",
        max_length=24,
        help_text="The reference of a milestone of any project, such as DIG-01-M03.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer = viewer

    def clean_activity(self) -> Activity:
        ref = self.cleaned_data["activity"].upper()
        found = Activity.objects.visible_to(self.viewer).planned().milestones().filter(ref=ref).first()
        if found is None:
            raise forms.ValidationError(f"There is no milestone {ref} in the plan: look it up in the list")
        return found
