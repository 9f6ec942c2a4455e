"""Which row of a sheet holds the headings, and which column is what. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from programme.foundation.csv_files import Line, Problem, Unreadable
from programme.foundation.sheet_files import Merged, cell_name

from .cells import as_text, folded, step_of
from .columns import FOREIGN, HEADINGS_WITHIN, MARKS, MOST_WORDS, ONLY_READ, OUR_HEADINGS, RECORD, plain

NO_TABLE = (
    "No row of headings was found among the first rows. A register is a table: one row that names the "
    "columns, and below it one row for each risk."
)
NOT_OURS_ANY_MORE = (
    "This is the register’s own workbook without its column {0}, by which it is known which state of each "
    "risk was edited. Export the register again and edit that."
)
# What words of other scales usually mean.
MEANINGS = {
    1: "very low; rare; remote; negligible; insignificant; very unlikely; improbable; trivial; vl; none",
    2: "low; unlikely; minor; slight; l",
    3: "medium; moderate; possible; med; m; fair; average",
    4: "high; likely; major; significant; serious; probable; h; considerable",
    5: "very high; almost certain; critical; severe; catastrophic; certain; extreme; vh; very likely",
}
MEANT = {word: value for value, words in MEANINGS.items() for word in words.split("; ")}


def head_of(lines: Sequence[Line]) -> Line:
    """The row that names the columns: the one with most names that are known. Raises :class:`Unreadable`."""
    best, most = None, 0
    for line in lines[:HEADINGS_WITHIN]:
        filled = [plain(cell) for cell in line.cells if isinstance(cell, str) and cell]
        known = sum(name in _NAMES for name in set(filled))
        score = known * 10 + (len(filled) >= 2)
        if len(filled) >= 2 and score > most:
            best, most = line, score
    if best is None:
        raise Unreadable([Problem(0, "", NO_TABLE)])
    return best


def has_our_marks(head: Line) -> bool:
    """Whether rows are known by reference and version, as in the portal's own workbook alone."""
    return set(_MARKS) <= {plain(cell) for cell in head.cells}


def is_ours(head: Line) -> bool:
    """Whether it is the portal's own workbook. Raises :class:`Unreadable` where it lacks one of its marks."""
    names = {plain(cell) for cell in head.cells}
    found = names & set(OUR_HEADINGS)
    missing = [mark for mark in _MARKS if mark not in names]
    if not missing:
        return True
    if len(missing) == 1 and len(found) >= 6 and names & ONLY_READ:
        raise Unreadable([Problem(head.number, "", NOT_OURS_ANY_MORE.format(missing[0].capitalize()))])
    return False


def our_columns(head: Line) -> dict[int, str]:
    """Our columns by their places. Raises :class:`Unreadable` for one that stands there twice."""
    found: dict[int, str] = {}
    for at, cell in enumerate(head.cells):
        column = OUR_HEADINGS.get(plain(cell))
        if column is None:
            continue
        if column.name in found.values():
            first = next(place for place, name in found.items() if name == column.name)
            words = f"The heading stands in {cell_name(first, head.number)} already. Take one of the two out."
            raise Unreadable([Problem(head.number, column.title, words, cell_name(at, head.number))])
        found[at] = column.name
    return found


def not_taken(head: Line, columns: Iterable[int], *, ours: bool) -> list[str]:
    """The headings of columns that are left out; of our own workbook not those that are only to be read."""
    taken = set(columns)
    left = [cell for at, cell in enumerate(head.cells) if cell not in (None, "") and at not in taken]
    return [as_text(cell) for cell in left if not (ours and plain(cell) in ONLY_READ)]


def guess(head: Line, samples: Sequence[Line], named: Mapping[str, Iterable[str]]) -> dict[int, str]:
    """What each column probably is, by its heading.

    ``named`` are the words in small letters that name a record, by column: one whose ``samples`` name none of
    them, such as owners who are nobody here, is left out. A column "Risk" is the name only where another says
    what may happen.
    """
    headings = {at: plain(cell) for at, cell in enumerate(head.cells) if cell not in (None, "")}
    found: dict[int, str] = {}
    for column in FOREIGN:
        for name in column.names:
            at = next((at for at, words in headings.items() if words == name and at not in found), None)
            if at is not None and (column.kind != RECORD or _names_any(samples, at, named[column.name])):
                found[at] = column.name
                break
    if "event" not in found.values():
        for at, name in found.items():
            if name == "title" and headings[at] in {"risk", "risk statement", "risks"}:
                found[at] = "event"
    return dict(sorted(found.items()))


def saved(head: Line, columns: Mapping[str, str]) -> dict[int, str]:
    """The columns as a saved mapping has them by their headings."""
    found: dict[int, str] = {}
    for at, cell in enumerate(head.cells):
        name = columns.get(plain(cell))
        if name and name not in found.values():
            found[at] = name
    return found


def scale_words(
    samples: Iterable[Line], columns: Mapping[int, str], steps: Mapping[str, Mapping[str, int]]
) -> list[str]:
    """The words in columns of scores that are none of our scales', in the order in which they come."""
    scored = [(at, _scale(name)) for at, name in columns.items() if name.endswith(("likelihood", "impact"))]
    found: dict[str, None] = {}
    for line in samples:
        for at, scale in scored:
            text = as_text(line.cells[at]) if at < len(line.cells) else ""
            if text not in {"", "–", "-"} and step_of(text, steps[scale], {}) is None:
                found.setdefault(folded(text))
    return list(found)[:MOST_WORDS]


def meaning(word: str) -> int | None:
    """What a word of another scale usually means, from 1 to 5."""
    return MEANT.get(word)


def merged_problems(merged: Iterable[Merged], *, header: int, last: int) -> list[Problem]:
    """Merged cells inside the table: of which risk each of them speaks cannot be known."""
    words = "Merged cells. Which row does the value belong to? Unmerge them and fill each cell"
    return [
        Problem(one.first_row, "", f"{words}.", cell=one.words)
        for one in merged
        if one.last_row >= header and one.first_row <= last
    ]


def _scale(name: str) -> str:
    return name.rpartition("_")[2]


def _names_any(samples: Sequence[Line], at: int, named: Iterable[str]) -> bool:
    known = set(named)
    values = {as_text(line.cells[at]).casefold() for line in samples if at < len(line.cells)} - {""}
    return not values or bool(values & known)


_MARKS = ("reference", "version")
_NAMES = {name for column in FOREIGN for name in column.names} | set(OUR_HEADINGS) | ONLY_READ | set(MARKS)
