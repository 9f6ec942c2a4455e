"""What a register that was sent would change, in plain values for a page: kept with the upload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..offline.cells import Known, first_words
from ..offline.columns import CHOICE, COLUMNS, RECORD, STEP
from ..offline.comparing import Comparison
from ..offline.rows import Added

SHOWN = 200  # risks of each kind on the page; the numbers speak of all
EMPTY = "–"
AT_NEW = ("title", "scope")  # shown of every new risk, beside whatever else the file says of any
LONGEST_SHOWN = 300  # characters of a text of a new risk


def preview(found: Comparison, words: dict[tuple[str, int], str]) -> dict[str, Any]:
    """Every number, the first changes field by field, the first new risks, and every error shown.

    ``words`` are those of our scales, by scale and step.
    """
    known = found.known
    shown = found.added[:SHOWN]
    at_new = [name for name in COLUMNS if name in AT_NEW or any(_at_new(one, name) for one in shown)]
    return {
        "changed": len(found.changed),
        "added": len(found.added),
        "same": found.same,
        "moved_on": found.moved_on,
        "only_read": found.only_read.named,
        "names_alone": names_alone(found.added),
        "words": [list(pair) for pair in found.words],
        "renamed": [f"“{said}” is called “{now}” by now" for (_, said), now in found.renamed.items()],
        "digest": found.digest,
        "problems": [str(one) for one in sorted(found.problems, key=lambda one: one.row)],
        "problem_count": found.problem_count,
        "changes": [
            {
                "ref": one.stored.ref,
                "title": one.stored.values["title"],
                "url": f"/risks/{one.stored.ref}/",
                "fields": [
                    [COLUMNS[name].title, said(name, old, known, words), said(name, new, known, words)]
                    for name, (old, new) in one.fields.items()
                ],
            }
            for one in found.changed[:SHOWN]
        ],
        "new": [
            [str(one.row), *(shorten(said(name, _at_new(one, name), known, words)) for name in at_new)]
            for one in shown
        ],
        "new_columns": ["Row", *(COLUMNS[name].title for name in at_new)],
    }


def _at_new(one: Added, name: str) -> Any:
    """A value of a new risk; what may happen is not said twice where its beginning is the name."""
    value = one.values.get(name)
    return None if name == "event" and one.values["title"] in (value, first_words(value or ".")) else value


def names_alone(added: Sequence[Added]) -> list[str]:
    """The first rows of new risks with a name alone, where others have more: perhaps titles of groups."""
    said = {"title", "event", "scope", "source_document"}
    rows = [str(one.row) for one in added if one.values.keys() <= said and _at_new(one, "event") is None]
    return rows[:SHOWN] if len(rows) < len(added) else []


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"


def said(name: str, value: Any, known: Known, words: dict[tuple[str, int], str]) -> str:
    """A value of a column as people read it."""
    column = COLUMNS[name]
    if value in (None, ""):
        return EMPTY
    if column.kind == RECORD:
        return known.names[name].get(value) or known.place_kept
    if column.kind == CHOICE:
        return str(dict(column.choices.choices).get(value, value))
    if column.kind == STEP:
        return f"{value} {words[column.scale, value]}"
    return str(value)


def tables(outcome: dict[str, Any]) -> dict[str, Any]:
    """What the page says and shows in tables: one row for each field of each changed risk."""
    return {
        "counts": counts(outcome),
        "changed_columns": ["Risk", "Field", "Now", "With this file"],
        "changed": [
            [{"text": f"{one['ref']} {one['title']}", "url": one["url"]}, *field]
            for one in outcome["changes"]
            for field in one["fields"]
        ],
        "changed_note": _cut(outcome["changed"]),
        "new_note": _cut(outcome["added"]),
    }


def _cut(count: int) -> str:
    return f"The first {SHOWN} of {count:,}." if count > SHOWN else ""


def counts(outcome: dict[str, Any]) -> str:
    """ "3 risks change, 1 is new, 12 stay as they are."."""
    changed, added, same = outcome["changed"], outcome["added"], outcome["same"]
    moved_on = outcome.get("moved_on", 0)
    told = (
        f" Of these, {moved_on:,} {'was' if moved_on == 1 else 'were'} changed in the portal after the file "
        "was written, and the file asks for nothing else."
    )
    return (
        f"{changed:,} {'risk changes' if changed == 1 else 'risks change'}, "
        f"{added:,} {'is' if added == 1 else 'are'} new, "
        f"{same:,} {'stays as it is' if same == 1 else 'stay as they are'}."
        f"{told if moved_on else ''}"
    )
