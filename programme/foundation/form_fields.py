"""Form fields for words and dates: what people type is checked, kept as typed when wrong, never altered.

The look of every field is in ``templates/django/forms/field.html``.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError

from .words import says_something

LINE_ENDS = frozenset("\n\r\t")
# Characters that turn the direction of writing around, so that a text reads otherwise than it is stored.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WRITTEN_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9}) (?P<year>\d{4})"),
)
EARLIEST, LATEST = 1900, 2200


class KeyWithoutNul:
    """Mixed into a choice of records by a text: a NUL names none, and PostgreSQL refuses to look for it."""

    def to_python(self, value: Any) -> Any:
        if "\0" in str(value):
            raise ValidationError("Choose one of those offered.", code="invalid_choice")
        return super().to_python(value)  # type: ignore[misc]


def refuse_control_characters(text: str, *, lines: bool) -> None:
    """Raise ``ValidationError`` where ``text`` holds characters that nobody types on purpose.

    ``lines`` allows line ends and tabs. Everything else stays as typed: letters of any language, emoji,
    text that looks like a formula (exports neutralise that).
    """
    allowed = LINE_ENDS if lines else frozenset()
    for character in text:
        if character in allowed:
            continue
        if character in TURNING or unicodedata.category(character) in {"Cc", "Cs"}:
            raise ValidationError(_named(character, lines=lines), code="control_character")


def _named(character: str, *, lines: bool) -> str:
    if not lines and character in LINE_ENDS:
        return "Write this on one line: it holds a line end or a tab."
    return (
        f"This holds a character that cannot be shown (U+{ord(character):04X}), "
        "perhaps from copying. Delete it, or type the words again."
    )


class PlainCharField(forms.CharField):
    """One line of plain words, at most ``max_length`` characters; no control characters."""

    lines = False

    def __init__(self, *, max_length: int, **options: Any):
        super().__init__(max_length=max_length, **options)
        self.error_messages["max_length"] = (
            f"{self.label or 'This'} must be {max_length:,} characters or fewer"
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without ``maxlength``: a box that stops there cuts what is pasted, and nobody is told."""
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name != "maxlength"}

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_control_characters(value, lines=self.lines)
        if value and not says_something(value):
            raise ValidationError("This holds nothing that can be read: spaces or signs without a shape.")


class PlainTextField(PlainCharField):
    """Several lines of plain words. Line ends arrive from browsers as CR LF and are kept as LF.

    ``count`` shows how many characters are left, where there is script.
    """

    lines = True

    def __init__(self, *, max_length: int, rows: int = 5, count: bool = False, **options: Any):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)
        self.count = count

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class ReasonField(PlainTextField):
    """Why: kept for ever in the record's history, so it is asked for and never guessed."""

    def __init__(self, **options: Any):
        options.setdefault("label", "Reason")
        options.setdefault(
            "help_text", "A sentence that will still make sense in two years. It stays in the history."
        )
        options.setdefault("error_messages", {"required": "Say why"})
        options.setdefault("max_length", 2000)
        options.setdefault("rows", 3)
        super().__init__(**options)


@dataclass(frozen=True)
class TypedDate:
    """What stands in the three boxes, letter for letter, so that a wrong date comes back as typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return bool(self.day.strip() or self.month.strip() or self.year.strip())


class GovDateWidget(forms.Widget):
    """Three boxes: day, month and year.

    A whole date under the field's own name does as well (``?due=2022-07-06``).
    """

    template_name = "django/forms/widgets/gov_date.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate | None:
        if whole := data.get(name):
            return TypedDate(day=str(whole))
        typed = TypedDate(*(str(data.get(f"{name}_{part}", "")) for part in self.parts))
        return typed or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def format_value(self, value: Any) -> TypedDate:
        """The boxes' words for a date, for what was typed, or for nothing."""
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, datetime.date):
            return TypedDate(str(value.day), str(value.month), str(value.year))
        return TypedDate(day=str(value)) if value else TypedDate()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = self.format_value(value)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        widths = {"day": 2, "month": 2, "year": 4}
        context["widget"]["wrong"] = context["widget"]["attrs"].get("aria-invalid") == "true"
        context["widget"]["boxes"] = [
            {
                "id": f"{id_}_{place}",
                "name": f"{name}_{part}",
                "label": part.capitalize(),
                "value": getattr(typed, part),
                "width": widths[part],
            }
            for place, part in enumerate(self.parts)
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else ""


class GovDateField(forms.Field):
    """A day. Gives a ``datetime.date`` or None; raises ``ValidationError`` with a sentence naming the part.

    The day box also takes a whole date, pasted as 2022-07-06, 6/7/2022 or 6 July 2022.
    """

    widget = GovDateWidget

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        typed = value if isinstance(value, TypedDate) else TypedDate(day=str(value))
        if not typed:
            return None
        if not typed.month.strip() and not typed.year.strip() and len(typed.day.strip()) > 2:
            return self._whole(typed.day.strip())
        missing = [part for part in GovDateWidget.parts if not getattr(typed, part).strip()]
        if missing:
            self._refuse(f"must include a {' and '.join(missing)}")
        return self._day(typed.day.strip(), typed.month.strip(), typed.year.strip())

    def _whole(self, text: str) -> datetime.date:
        found = next(filter(None, (pattern.fullmatch(text) for pattern in WRITTEN_DATES)), None)
        if found is None:
            self._refuse("must be a real date, such as 6 7 2022")
        return self._day(found["day"], found["month"], found["year"])

    def _day(self, day: str, month: str, year: str) -> datetime.date:
        try:
            found = datetime.date(_number(year), _month(month), _number(day))
        except ValueError:
            self._refuse("must be a real date, such as 6 7 2022")
        if not EARLIEST <= found.year <= LATEST:
            self._refuse(f"must have a year between {EARLIEST} and {LATEST}, in four figures")
        return found

    def _refuse(self, words: str) -> NoReturn:
        raise ValidationError(f"{self.label or 'This date'} {words}", code="invalid")


def _number(text: str) -> int:
    """ASCII figures only: ``int`` would also read other scripts' digits, signs and underscores."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> int:
    """7, 07, July or Jul."""
    word = text.lower()
    if len(word) >= 3 and word.isalpha():
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(word):
                return number
    return _number(text)
