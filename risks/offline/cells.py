"""What one cell of a register says, or what is wrong with it in a sentence. Pure."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from programme.foundation.form_fields import LINE_ENDS, TURNING
from programme.foundation.sheet_rows import NOT_WORKED_OUT
from programme.foundation.words import says_something

from ..choices import HIGHEST, LOWEST, Scale
from .columns import BOTH, CHOICE, LONGEST_LINE, RECORD, STEP, TURNED, Column
from .renamed import NUMBERED, Names, as_named
from .scales import NOT_SCORED, NOTHING, Words, folded, halves, is_number, step_of

ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
NOBODY = {"nobody yet", "nobody", "not known"}
FORMULA = "No spreadsheet has worked out this formula. Open the file in one and save it, or write the value."
WRONG = object()  # what a cell says that cannot be taken
KEPT = object()  # a place that the reader may not know of: it stays as it is


class Wrong(ValueError):
    """What the cell holds cannot be taken; the message says what to write."""


@dataclass(frozen=True)
class Known:
    """What cells may name, by the words in small letters that name it.

    ``people`` by post, more than one where it is shared, and by number; ``places`` by name and by a project's
    reference; ``steps`` by scale. ``words`` are those of foreign scales, as somebody said what they mean.
    ``names`` says each record's name by its column and number, ``called`` what records are and were called;
    ``place_kept`` is what stands for a place that is kept from the reader; ``scores`` says likelihood and
    impact together in words.
    """

    people: Mapping[str, tuple[int, ...]]
    categories: Mapping[str, int]
    places: Mapping[str, int]
    steps: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[Any, str]]
    numbers: Mapping[str, int] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    place_kept: str = ""
    raisable: frozenset[int] = frozenset()
    called: Names = field(default_factory=Names)
    scores: Mapping[tuple[int | None, int | None], str] = field(default_factory=dict)


def as_text(raw: Any) -> str:
    """The cell's value as somebody reads it; line ends as one newline."""
    if isinstance(raw, str):
        return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime.date):
        return f"{raw.day} {raw:%B %Y}"
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
        return _step(column.scale, text, known)
    if column.kind in (BOTH, TURNED):
        return _score(column, text, known)
    if column.kind == CHOICE:
        return _choice(column, text)
    if column.kind == RECORD:
        return {"owner": _owner, "category": _category, "scope": _place}[column.name](text, known)
    return _words(column, text)


def tried(column: Column, raw: Any, known: Known) -> tuple[Any, str]:
    """What the cell says and nothing, or ``WRONG`` and what is wrong with it."""
    try:
        return read(column, raw, known), ""
    except Wrong as wrong:
        return WRONG, str(wrong)


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


def _step(scale: str, text: str, known: Known) -> int | None:
    if text in NOTHING:
        return None
    value = step_of(text, known.steps[scale], known.words.get(scale, {}))
    if value is None:
        words = ", ".join(word.capitalize() for word in known.steps[scale])
        article = "a likelihood" if scale == Scale.LIKELIHOOD else "an impact"
        raise Wrong(f"{shown(text)} is not {article}; write {LOWEST} to {HIGHEST}, or {words}.")
    return value or None


def _score(column: Column, text: str, known: Known) -> tuple[int, int] | None:
    if text in NOTHING:
        return None
    try:
        both = halves(text, turned=column.kind == TURNED)
    except ValueError as wrong:
        raise Wrong(f"{shown(text)} contradicts itself: {wrong}") from None
    if both is None:
        if known.words.get(Scale.LIKELIHOOD, {}).get(folded(text)) == NOT_SCORED:
            return None
        words = f"{shown(text)} does not say both likelihood and impact, as 4x3 does."
        raise Wrong(f"{words} Write both, or leave the cell empty: the risk is then not yet scored.")
    likelihood, impact = (_step(scale, half, known) for scale, half in zip(Scale, both, strict=True))
    if likelihood and impact:
        return likelihood, impact
    if likelihood or impact:
        raise Wrong(f"{shown(text)} is half a score. Write both, or leave the cell empty.")
    return None


def steps_said(column: Column, text: str) -> list[tuple[Scale, str]]:
    """What a cell of a score says of which scale, so that its meaning can be asked."""
    if text in NOTHING or text in ERRORS:
        return []
    if column.kind == STEP:
        return [(column.scale, folded(text))]
    try:
        both = halves(text, turned=column.kind == TURNED)
    except ValueError:
        return []
    if both is None:
        return [] if is_number(folded(text)) else [(Scale.LIKELIHOOD, folded(text))]
    return list(zip(Scale, both, strict=True))


def _choice(column: Column, text: str) -> str:
    plain = as_named(text)
    if plain in NOTHING:
        return ""
    for value, label in column.choices.choices:
        if plain in {value, as_named(label), as_named(label.split(":")[0])}:
            return str(value)
    offered = ", ".join(label.split(":")[0] for label in column.choices.labels)
    raise Wrong(f"{shown(text)} is not known here; write one of: {offered}. Or leave it empty.")


def _owner(text: str, known: Known) -> int | None:
    plain = as_named(text)
    if not plain or plain in NOBODY:
        return None
    if number := NUMBERED.search(text):
        found = known.numbers.get(number[0].upper())
        post = NUMBERED.sub("", plain).strip(" ()")
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
    if text in NOTHING:
        return None
    found = known.categories.get(as_named(text))
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
    found = known.places.get(as_named(text))
    if found is None and (before := known.called.one("scope", text)) in known.places.values():
        return before
    if found is None:
        raise Wrong(
            f"{shown(text)} is not a place of the programme. "
            "Write the programme, a workstream, or a project’s reference such as DIG-01."
        )
    return found
