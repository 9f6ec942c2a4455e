"""What is typed to issue or correct a pack: parsed, never saved."""

from __future__ import annotations

from django import forms

from portal.models.pack import Variant
from programme.foundation.form_fields import GovDateField, PlainTextField

VARIANTS = [
    (Variant.BOARD, "Board: everything, for the board’s members and advisers"),
    (Variant.OPEN, "Open: internal and exempt matter left out, for anybody who signs in"),
]


class IssueForm(forms.Form):
    variant = forms.ChoiceField(
        label="Which version", choices=VARIANTS, widget=forms.RadioSelect, initial=Variant.BOARD
    )
    as_at = GovDateField(
        label="As at",
        required=False,
        help_text="Leave it empty for today. A past date shows records as they stood.",
    )


class CorrectionForm(forms.Form):
    reason = PlainTextField(
        label="What changed", max_length=2000, help_text="Printed on the cover of the new version."
    )
    as_at = GovDateField(label="As at", required=False, help_text="Leave it empty for today.")
