"""From the file's tree to :class:`Facts`, strictly: the dataclasses' annotations say what is accepted."""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
import unicodedata
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn, Union, get_args, get_origin, get_type_hints

import yaml

from programme.foundation.money import FinancialYear

from . import checks, tree
from .facts import Facts
from .limits import Text, Whole
from .tree import FactsRefused

LISTED = 2_000  # entries in one list: far more than any business case has
WHOLE = re.compile(r"-?(0|[1-9]\d{0,11})")
BLANK = {"", "~", "null", "Null", "NULL"}


def parse(path: Path) -> Facts:
    """The facts in ``path``, checked: fields, years, references, and that every table adds up in itself.

    Raises :class:`FactsRefused`, which names file, line, place and reason.
    """
    reader = _Reader(path.name)
    facts = reader.value(tree.read(path), Facts, "")
    checks.check(facts, reader.refuse)
    return facts


class _Reader:
    """Converts nodes to what the annotations ask for, and remembers the line of every place."""

    def __init__(self, file: str):
        self.file = file
        self.lines: dict[str, int] = {}

    def refuse(self, place: str, reason: str) -> NoReturn:
        raise FactsRefused(self.file, place, self._line(place), reason)

    def _line(self, place: str) -> int:
        """The line of ``place``, or of the nearest place around it that the file has."""
        while place and place not in self.lines:
            place = re.sub(r"(^|\.)[^.]*$|\[\d+\]$", "", place)
        return self.lines.get(place, 1)

    def value(self, node: yaml.Node, wanted: Any, place: str) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if get_origin(wanted) in (Union, types.UnionType):
            options = [option for option in get_args(wanted) if option is not type(None)]
            return None if _is_blank(node) else self.value(node, options[0], place)
        if get_origin(wanted) is Annotated:
            kind, limit = get_args(wanted)
            return self._limited(node, kind, limit, place)
        if get_origin(wanted) is tuple:
            return self._entries(node, get_args(wanted)[0], place)
        if get_origin(wanted) is Mapping:
            return self._by_year(node, get_args(wanted)[1], place)
        if dataclasses.is_dataclass(wanted):
            return self._record(node, wanted, place)
        return self._word(node, wanted, place)

    def _record(self, node: yaml.Node, wanted: Any, place: str) -> Any:
        fields = {field.name: field for field in dataclasses.fields(wanted)}
        hints = get_type_hints(wanted, include_extras=True)
        values: dict[str, Any] = {}
        for name, child in self._pairs(node, place):
            if name not in fields:
                self.refuse(_inside(place, name), f"there is no field “{name[:60]}” here.")
            values[name] = self.value(child, hints[name], _inside(place, name))
        for name, field in fields.items():
            if name not in values and field.default is dataclasses.MISSING:
                self.refuse(place, f"the field “{name}” is missing.")
        return wanted(**values)

    def _pairs(self, node: yaml.Node, place: str) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.refuse(place, "fields with names are needed here.")
        seen: dict[str, yaml.Node] = {}
        for key, child in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            inner = _inside(place, name)
            line = key.start_mark.line + 1
            if not name:
                raise FactsRefused(self.file, place, line, "the name of a field must be a word.")
            if name in seen:
                raise FactsRefused(self.file, inner, line, f"“{name[:60]}” is given twice.")
            self.lines[inner] = line
            seen[name] = child
        return list(seen.items())

    def _entries(self, node: yaml.Node, wanted: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(place, "a list is needed here.")
        if len(node.value) > LISTED:
            self.refuse(place, f"a list of {len(node.value)} entries is too long.")
        return tuple(self.value(child, wanted, f"{place}[{n}]") for n, child in enumerate(node.value))

    def _by_year(self, node: yaml.Node, wanted: Any, place: str) -> dict[FinancialYear, Any]:
        amounts = {}
        for name, child in self._pairs(node, place):
            inner = _inside(place, name)
            year = self._attempt(partial(FinancialYear.parse, name), inner)
            if str(year) != name:
                self.refuse(inner, f"write the financial year as {year}.")
            amounts[year] = self.value(child, wanted, inner)
        return amounts

    def _limited(self, node: yaml.Node, kind: Any, limit: Text | Whole, place: str) -> Any:
        if isinstance(limit, Text):
            return self._text(node, limit, place)
        text = self._scalar(node, place, "a whole number")
        if not WHOLE.fullmatch(text) or node.style:
            self.refuse(place, f"“{text[:40]}” is not a whole number; write it like 150000.")
        if int(text) < limit.lowest:
            self.refuse(place, f"{text} is below {limit.lowest}.")
        return kind(text)

    def _text(self, node: yaml.Node, limit: Text, place: str) -> str:
        text = self._scalar(node, place, "words")
        if len(text) > limit.longest:
            self.refuse(place, f"it has {len(text):,} characters; at most {limit.longest:,} are kept.")
        if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in text):
            self.refuse(place, "it holds control characters.")
        if limit.pattern and not re.fullmatch(limit.pattern, text):
            self.refuse(place, f"“{text}” is not written like {limit.such_as}.")
        return text

    def _scalar(self, node: yaml.Node, place: str, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or _is_blank(node) or not node.value.strip():
            self.refuse(place, f"{what} are needed here." if what == "words" else f"{what} is needed here.")
        return node.value.strip()

    def _word(self, node: yaml.Node, wanted: Any, place: str) -> Any:
        if issubclass(wanted, Enum):
            text = self._scalar(node, place, "a word")
            known = ", ".join(str(one.value) for one in wanted)
            return self._attempt(lambda: wanted(text), place, f"“{text[:40]}” is not one of {known}.")
        if wanted is bool:
            text = self._scalar(node, place, "true or false")
            if text not in ("true", "false"):
                self.refuse(place, f"“{text[:40]}” is neither true nor false.")
            return text == "true"
        assert wanted is datetime.date, wanted  # noqa: S101 - a kind the schema does not use yet
        text = self._scalar(node, place, "a date")
        wrong = f"“{text[:40]}” is not a date; write it like 2022-07-04."
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            self.refuse(place, wrong)
        return self._attempt(lambda: datetime.date.fromisoformat(text), place, wrong)

    def _attempt(self, convert: Callable[[], Any], place: str, reason: str = "") -> Any:
        try:
            return convert()
        except ValueError as error:
            self.refuse(place, reason or str(error))


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in BLANK


def _inside(place: str, name: str) -> str:
    return f"{place}.{name[:60]}" if place else name[:60]
