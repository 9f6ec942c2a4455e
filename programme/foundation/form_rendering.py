"""How form widgets become HTML: the same as Django's templates give, written without them.

Django renders a template, and two more inside it, for every option of every select. Filters stand on each
list, so this was a third of what a list cost.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape

PLAIN = ("text", "number", "date", "email", "hidden", "input")


class LeanRenderer(TemplatesSetting):
    """Selects and one-line boxes directly; everything else by its template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write = WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return write(context["widget"])


def _box(widget: dict[str, Any]) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{_escaped(value)}"'
    named = f'type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"'
    return f"<input {named}{held}{_attributes(widget)}>"


def _select(widget: dict[str, Any]) -> str:
    parts = [f'<select name="{_escaped(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{_escaped(group)}">')
        parts += map(_option, options)
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return "\n".join(parts)


def _option(option: dict[str, Any]) -> str:
    words = conditional_escape(localize(option["label"]))
    return f'<option value="{_escaped(option["value"])}"{_attributes(option)}>{words}</option>'


def _attributes(widget: dict[str, Any]) -> str:
    """All that are not False; those that are True by their name alone."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    return conditional_escape(str(value))


WRITTEN = {
    "django/forms/widgets/select.html": _select,
    **{f"django/forms/widgets/{kind}.html": _box for kind in PLAIN},
}
