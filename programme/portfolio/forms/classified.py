"""The class of visibility of a record, with what an exemption must say."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainTextField, ReasonField
from programme.people.choices import EXEMPT_PARAGRAPHS, Classification

MISSING = {
    "exempt_paragraphs": "Choose the paragraphs under which it is exempt",
    "exempt_reason": "Say why the public interest in keeping it exempt outweighs disclosure",
    "exempt_review": "Give the day on which the exemption is looked at again",
}


class ClassifiedForm(forms.Form):
    """Open, internal or exempt; what an exemption says is asked for, and dropped where there is none."""

    classification = forms.ChoiceField(
        choices=Classification.choices, widget=forms.RadioSelect, initial=Classification.INTERNAL
    )
    exempt_paragraphs = forms.TypedMultipleChoiceField(
        label="Exempt under",
        choices=[(number, f"Paragraph {number}: {words}") for number, words in EXEMPT_PARAGRAPHS.items()],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Only if exempt. Schedule 12A to the Local Government Act 1972.",
    )
    exempt_reason = PlainTextField(
        label="Why keeping it exempt outweighs disclosure",
        max_length=2000,
        rows=3,
        required=False,
        help_text="Only if exempt: the public interest, in a sentence or two.",
    )
    exempt_review = GovDateField(label="Review of the exemption", required=False, help_text="Only if exempt.")
    reason = ReasonField()

    first: tuple[str, ...] = ()

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.order_fields([*self.first, *ClassifiedForm.base_fields])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("classification") == Classification.EXEMPT:
            for name, words in MISSING.items():
                if name in data and not data[name]:
                    self.add_error(name, words)
        elif "classification" in data:
            data |= {"exempt_paragraphs": [], "exempt_reason": "", "exempt_review": None}
        return data
