"""How a form's field is drawn: ``{% load portal_forms %}``, for ``templates/django/forms/field.html``."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from programme.foundation.form_fields import GovDateWidget

register = template.Library()

CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.SelectMultiple, "govuk-select pp-select-many"),
    (forms.Select, "govuk-select"),
    (forms.Widget, "govuk-input"),
)
NARROW = {"date": "govuk-input--width-10", "number": "govuk-input--width-10"}


@register.filter
def drawn(field: BoundField) -> str:
    """Which pattern a field follows: ``hidden``, ``date``, ``choices``, ``tick``, ``password`` or ``box``."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GovDateWidget):
        return "date"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "box"


@register.filter
def box(field: BoundField) -> SafeString:
    """The input, select or text area itself, with the pattern's class."""
    widget = field.field.widget
    css = next(words for kind, words in CLASSES if isinstance(widget, kind))
    if field.errors:
        css += f" {css.split()[0]}--error"
    narrow = NARROW.get(getattr(widget, "input_type", ""), "")
    own = widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": " ".join(filter(None, (css, narrow, own)))}
    if counted(field):
        attributes["class"] += " govuk-js-character-count"
        attributes["aria-describedby"] = f"{field.auto_id}-info {field.aria_describedby or ''}".strip()
    return field.as_widget(attrs=attributes)


@register.filter
def problems(field: BoundField) -> list[str]:
    """What is wrong with a field, in sentences; Django's "This field is required" made plain."""
    must = {"tick": "ticked", "choices": "chosen", "box": "filled in"}.get(drawn(field), "filled in")
    if isinstance(field.field.widget, forms.Select):
        must = "chosen"
    default = forms.Field.default_error_messages["required"]
    return [f"{field.label} must be {must}" if words == default else str(words) for words in field.errors]


@register.filter
def named_problems(field: BoundField) -> list[str]:
    """The same for the summary above the form, where each sentence must say which field it speaks of."""
    label = str(field.label)
    return [
        words if label.casefold() in words.casefold() else f"{label}: {words}" for words in problems(field)
    ]


@register.filter
def counted(field: BoundField) -> int | None:
    """How many characters may be written, where the field wants them counted; else None."""
    return getattr(field.field, "max_length", None) if getattr(field.field, "count", False) else None


@register.filter
def many(field: BoundField) -> bool:
    """Whether several choices may be made: check boxes rather than radios."""
    return bool(field.field.widget.allow_multiple_selected)


@register.filter
def optional(field: BoundField) -> bool:
    """Whether to say "(optional)": only where other fields of the form are required, so never in filters."""
    return not field.field.required and any(one.required for one in field.form.fields.values())
