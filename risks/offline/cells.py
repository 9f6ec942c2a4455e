"""What one cell of a register says, or what is wrong with it in a sentence. Pure."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from programme.foundation.form_fields import LINE_ENDS, TURNING
from programme.foundation.sheet_rows import NOT_WORKED_OUT
from programme.foundation.words import says_something

from ..choices import HIGHEST, LOWEST
from .columns import CHOICE, LONGEST_LINE, RECORD, STEP, Column
from .renamed import NUMBERED, Names

ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
NOBODY = {"nobody yet", "nobody", "not known"}
STEPPED = re.compile(r"([0-9]+)(?:\.0+)?(?:\s*[-–:.]?\s+|\s*[-–:]\s*)(\S.*)")
FORMULA = "No spreadsheet has worked out this formula. Open the file in one and save it, or write the value."
KEPT = object()  # a place that the reader may not know of: it stays as it is


class Wrong(ValueError):
    """What the cell holds cannot be taken; the message says what to write."""


@dataclass(frozen=True)
class Known:
    """What cells may name, by the words in small letters that name it.

    ``people`` by post, more than one where it is shared, and by number; ``places`` by name and by a project's
    reference; ``steps`` by scale. ``words`` are those of a foreign scale, as somebody said what they mean.
    ``names`` says each record's name by its column and number, ``called`` what records are and were called;
    ``place_kept`` is what stands for a place that is kept from the reader.
    """

    people: Mapping[str, tuple[int, ...]]
    categories: Mapping[str, int]
    places: Mapping[str, int]
    steps: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[Any, str]]
    numbers: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    place_kept: str = ""
    raisable: frozenset[int] = frozenset()
    called: Names = field(default_factory=Names)


def as_text(raw: Any) -> str:
    """The cell's value as somebody reads it; line ends as one newline."""
    if isinstance(raw, str):
        return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime.datetime):
        raw = raw.date()
    return str(raw)


def shown(text: str) -> str:
    """The beginning of a text, for a sentence."""
    short = "".join(sign if sign.isprintable() else " " for sign in text[:41])
    return f"“{short[:40].rstrip()}…”" if len(text) > 40 else f"“{short}”"


def read(column: Column, raw: Any, known: Known) -> Any:
    """What the cell says: a text, the value of a choice, a step from 1 to 5 or the number of a record.

    None, or an empty text, where it is empty. Raises :class:`Wrong`.
    """
    if raw is NOT_WORKED_OUT:
        raise Wrong(FORMULA)
    text = as_text(raw)
    if text in ERRORS:
        raise Wrong(f"This is {text}, the error of a formula. Write the value itself.")
    if column.kind == STEP:
        return _step(column, text, known)
    if column.kind == CHOICE:
        return _choice(column, text)
    if column.kind == RECORD:
        return {"owner": _owner, "category": _category, "scope": _place}[column.name](text, known)
    return _words(column, text)


def _words(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise Wrong(f"This has {len(text):,} characters; at most {column.longest:,} are taken. Shorten it.")
    lines = column.longest > 200
    if text and not says_something(text):
        raise Wrong("This holds nothing that can be read: spaces or signs without a shape.")
    if text.isprintable():
        return text
    for sign in text:
        if sign in LINE_ENDS:
            if not lines:
                raise Wrong("Write this on one line: it holds a line end or a tab.")
        elif sign in TURNING or unicodedata.category(sign) in {"Cc", "Cs"}:
            what = f"a character that cannot be shown (U+{ord(sign):04X})"
            raise Wrong(f"This holds {what}, perhaps from copying. Delete it, or type the words again.")
    return text


def first_words(text: str) -> str:
    """The beginning of a text as a name: its first line, cut at a word, at most 200 characters."""
    line = " ".join(text.strip().splitlines()[0].split())
    if len(line) <= LONGEST_LINE:
        return line
    cut = line[: LONGEST_LINE - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.-–") + "…"


def folded(text: str) -> str:
    """A word of a scale as words are compared: in small letters, with single spaces."""
    return " ".join(text.casefold().split())


def is_word(text: str) -> bool:
    """Whether a cell for a step holds words whose meaning somebody could say, and no error or number."""
    return text not in ERRORS and any(sign.isalpha() for sign in text)


def step_of(text: str, steps: Mapping[str, int], words: Mapping[str, int]) -> int | None:
    """The step a text means: 4, “4.0”, “Likely”, “4 Likely”, or a word that somebody said the meaning of."""
    plain = folded(text)
    if plain in words:
        return words[plain]
    if plain in steps:
        return steps[plain]
    if re.fullmatch(r"[0-9]+(?:\.0+)?", plain):
        number = int(float(plain)) if len(plain) < 9 else 0
        return number if LOWEST <= number <= HIGHEST else None
    both = STEPPED.fullmatch(plain)
    if both and len(both[1]) == 1 and steps.get(both[2]) == int(both[1]):
        return int(both[1])
    return None


def _step(column: Column, text: str, known: Known) -> int | None:
    if text in {"", "–", "-"}:
        return None
    steps = known.steps[column.scale]
    value = step_of(text, steps, known.words)
    if value is None:
        words = ", ".join(word.capitalize() for word in steps)
        article = "a likelihood" if column.scale == "likelihood" else "an impact"
        raise Wrong(f"{shown(text)} is not {article}; write {LOWEST} to {HIGHEST}, or {words}.")
    return value


def _choice(column: Column, text: str) -> str:
    plain = text.casefold()
    if plain in {"", "–", "-"}:
        return ""
    for value, label in column.choices.choices:
        if plain in {value, label.casefold(), label.split(":")[0].casefold()}:
            return str(value)
    offered = ", ".join(label.split(":")[0] for label in column.choices.labels)
    raise Wrong(f"{shown(text)} is not known here; write one of: {offered}. Or leave it empty.")


def _owner(text: str, known: Known) -> int | None:
    plain = text.casefold()
    if not plain or plain in NOBODY:
        return None
    if number := NUMBERED.search(text):
        found = known.numbers.get(number[0].upper())
        post = NUMBERED.sub("", text).strip(" ()").casefold()
        if found is None:
            raise Wrong(f"{number[0].upper()} is the number of nobody who can own a risk.")
        if post and not known.called.still("owner", text, found):
            held = known.names["owner"][found]
            raise Wrong(f"{number[0].upper()} is {held}, but the cell says another post. Write one of them.")
        return found
    holders = known.people.get(plain, ())
    if len(holders) == 1:
        return holders[0]
    if holders:
        numbers = " or ".join(number for number, key in known.numbers.items() if key in holders)
        raise Wrong(f"Several people are {shown(text)}. Write the number of one: {numbers}.")
    if (before := known.called.one("owner", text)) in known.numbers.values():
        return before
    raise Wrong(
        f"{shown(text)} is nobody who can own a risk here. "
        "Write the post as the list of people shows it, or leave it empty."
    )


def _category(text: str, known: Known) -> int | None:
    if text.casefold() in {"", "–", "-"}:
        return None
    found = known.categories.get(text.casefold())
    if found is None and (before := known.called.one("category", text)) in known.categories.values():
        return before
    if found is None:
        names = [known.names["category"][key] for key in known.categories.values()]
        offered = f"one of: {', '.join(names)}. Or leave it empty" if names else "nothing: there is none yet"
        raise Wrong(f"{shown(text)} is not a category of risks. Write {offered}.")
    return found


def _place(text: str, known: Known) -> Any:
    if not text:
        return None
    if known.place_kept and text == known.place_kept:
        return KEPT
    found = known.places.get(text.casefold())
    if found is None and (before := known.called.one("scope", text)) in known.places.values():
        return before
    if found is None:
        raise Wrong(
            f"{shown(text)} is not a place of the programme. "
            "Write the programme, a workstream, or a project’s reference such as DIG-01."
        )
    return found
