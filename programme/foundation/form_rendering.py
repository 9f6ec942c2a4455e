"""How form widgets become HTML: the same as Django's templates give, written without them.

Django renders a template, and two more inside it, for every option of every select. Filters stand on each
list, so this was a third of what a list cost.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Select
from django.http import HttpRequest
from django.utils.formats import localize

from .columns import escaped
from .templatetags.portal_forms import box, counted, drawn, optional

PLAIN = ("text", "number", "date", "email", "hidden", "input")


class LeanRenderer(TemplatesSetting):
    """Selects, one-line boxes and fields that have no more to say directly; the others by their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == self.field_template_name and _is_bare(context["field"]):
            return _bare(context["field"])
        write = WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return write(context["widget"])


def _is_bare(field: BoundField) -> bool:
    """Whether a field is words and a box alone, as nearly all filters are: no hint, no error, no counting."""
    return not field.errors and not field.help_text and drawn(field) == "box" and not counted(field)


def _bare(field: BoundField) -> str:
    """What ``templates/django/forms/field.html`` gives for such a field."""
    words = f"{escaped(field.label)}{' (optional)' if optional(field) else ''}"
    label = f'<label class="govuk-label" for="{escaped(field.id_for_label)}">{words}</label>'
    return f'<div class="govuk-form-group">{label}{_choice(field) if _is_choice(field) else box(field)}</div>'


def _is_choice(field: BoundField) -> bool:
    """Whether a field is a plain select that may stay empty, as most filters are."""
    widget = field.field.widget
    return type(widget) is Select and not (widget.attrs or field.field.required or field.field.disabled)


def _choice(field: BoundField) -> str:
    """What the widget gives for such a field, without its description of each option: that took most time."""
    value = field.value()
    left = {"" if value is None else str(value)}  # of two options alike the first is the one chosen
    parts = [f'<select name="{escaped(field.html_name)}" class="govuk-select" id="{escaped(field.auto_id)}">']
    for key, label in field.field.widget.choices:
        if isinstance(label, list | tuple):
            parts.append(f'<optgroup label="{escaped(key)}">')
            parts += [_offered(one, words, left) for one, words in label]
            parts.append("</optgroup>")
        else:
            parts.append(_offered(key, label, left))
    parts.append("</select>")
    return "\n".join(parts)


def _offered(key: Any, words: Any, left: set[str]) -> str:
    value = "" if key is None else str(key)
    if value not in left:
        return _option_of(value, str(localize(words)), "")
    left.discard(value)
    return _option_of(value, str(localize(words)), " selected")


@lru_cache(maxsize=10_000, typed=True)  # words that are HTML are not those that read the same and are not
def _option_of(value: str, words: str, chosen: str) -> str:
    return f'<option value="{escaped(value)}"{chosen}>{escaped(words)}</option>'


def _box(widget: dict[str, Any]) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{escaped(value)}"'
    named = f'type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"'
    return f"<input {named}{held}{_attributes(widget)}>"


def _select(widget: dict[str, Any]) -> str:
    parts = [f'<select name="{escaped(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts += map(_option, options)
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return "\n".join(parts)


def _option(option: dict[str, Any]) -> str:
    words = escaped(localize(option["label"]))
    return f'<option value="{escaped(option["value"])}"{_attributes(option)}>{words}</option>'


def _attributes(widget: dict[str, Any]) -> str:
    """All that are not False; those that are True by their name alone."""
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


WRITTEN = {
    "django/forms/widgets/select.html": _select,
    **{f"django/forms/widgets/{kind}.html": _box for kind in PLAIN},
}
