"""Which row of a sheet holds the headings, and which column is what. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from programme.foundation.csv_files import Line, Problem, Unreadable
from programme.foundation.sheet_files import Merged, cell_name

from ..choices import Scale
from .cells import as_named, as_text, steps_said
from .columns import (
    BOTH,
    COLUMNS,
    FOREIGN,
    HALVES_CALLED,
    HEADINGS_WITHIN,
    MARKS,
    ONLY_READ,
    OUR_HEADINGS,
    RECORD,
    STEP,
    TEXT,
    TURNED,
    half_called,
    plain,
)
from .scales import Asked, asked

NO_TABLE = (
    "No row of headings was found among the first rows. A register is a table: one row that names the "
    "columns, and below it one row for each risk."
)
NOT_OURS_ANY_MORE = (
    "This is the register’s own workbook without its column {0}, by which it is known which state of each "
    "risk was edited. Export the register again and edit that."
)
# What a second row of headings says below one that names groups, such as "Gross score".
BELOW = set().union(*HALVES_CALLED.values()) | {"score", "rating", "total", "rag", "owner", "action", "date"}


def head_of(lines: Sequence[Line]) -> Line:
    """The row that names the columns: the one with most names that are known. Raises :class:`Unreadable`.

    Where a second row of headings follows, that one, with the words of the first before its own.
    """
    best, most = None, 0
    for at, line in enumerate(lines[:HEADINGS_WITHIN]):
        filled = [plain(cell) for cell in line.cells if isinstance(cell, str) and cell]
        known = sum(name in _NAMES or half_called(name) is not None for name in set(filled))
        score = known * 10 + (len(filled) >= 2)
        if len(filled) >= 2 and score > most:
            best, most = at, score
    if best is None:
        raise Unreadable([Problem(0, "", NO_TABLE)])
    line = lines[best]
    if has_our_marks(line):
        return line
    following = lines[best + 1] if best + 1 < len(lines) else line
    if following.number == line.number + 1 and _is_below(following):
        return joined(line, following)
    return joined(lines[best - 1], line) if best else line


def _is_below(line: Line) -> bool:
    """Whether a row is a second one of headings: short words alone, most of them of scores."""
    filled = [cell for cell in line.cells if cell not in (None, "")]
    if not all(isinstance(cell, str) and len(cell) <= 60 for cell in filled):
        return False
    below = sum(bool(set(plain(cell).split()) & BELOW) for cell in filled)
    return below >= 2 and below * 3 >= len(filled) * 2 and any(half_called(cell) for cell in filled)


def joined(above: Line, head: Line) -> Line:
    """A row of headings with the words of the row ``above`` where those are needed to tell columns apart.

    They are where a heading stands twice, or where the row is a second one below words for groups of columns,
    each of which is that of all columns up to the next word.
    """
    own = [plain(cell) for cell in head.cells]
    own += [""] * (len(above.cells) - len(own))
    filled = [name for name in own if name]
    groups = [cell for cell in above.cells if cell not in (None, "")]
    only_above = any(cell not in (None, "") and not own[at] for at, cell in enumerate(above.cells))
    is_second = len(set(filled)) < len(filled) or (only_above and _is_below(head))
    if above.number != head.number - 1 or len(groups) < 2 or not is_second:
        return head
    cells: list[str | None] = []
    group = ""
    for at, name in enumerate(own):
        word = as_text(above.cells[at]) if at < len(above.cells) else ""
        group = word or group
        cells.append(f"{group} {as_text(head.cells[at])}".strip() if name else (word or None))
    return Line(head.number, tuple(cells))


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
                if column.kind != TEXT:
                    break  # several columns of text may be one
    for at, words in headings.items():
        half = half_called(words)
        if half and at not in found and half not in found.values():
            found[at] = half
    if "event" not in found.values():
        for at, name in found.items():
            if name == "title" and headings[at] in {"risk", "risk statement", "risks"}:
                found[at] = "event"
    return dict(sorted(found.items()))


def saved(head: Line, columns: Mapping[str, str]) -> dict[int, str]:
    """The columns as a saved mapping has them by their headings."""
    found: dict[int, str] = {}
    for at, cell in enumerate(head.cells):
        name = columns.get(plain(cell), "")
        if name in COLUMNS and (COLUMNS[name].kind == TEXT or name not in found.values()):
            found[at] = name
    return found


def scales_asked(
    samples: Iterable[Line],
    columns: Mapping[int, str],
    steps: Mapping[str, Mapping[str, int]],
    more: Iterable[Sequence[str]] = (),
) -> dict[str, Asked]:
    """What to ask of each scale that these columns hold: its words that are not ours, and its numbers.

    ``more`` are a scale and a word of it, such as were found further down.
    """
    scored = [
        (at, COLUMNS[name]) for at, name in columns.items() if COLUMNS[name].kind in (STEP, BOTH, TURNED)
    ]
    texts: dict[str, dict[str, None]] = {scale: {} for scale in Scale}
    for line in samples:
        for at, column in scored:
            text = as_text(line.cells[at]) if at < len(line.cells) else ""
            for scale, word in steps_said(column, text):
                texts[scale].setdefault(word)
    further = {scale: [word for of, word in more if of == scale] for scale in Scale}
    return {scale: asked(texts[scale], steps[scale], further[scale]) for scale in Scale}


def merged_problems(merged: Iterable[Merged], *, header: int, last: int) -> list[Problem]:
    """Merged cells inside the table: of which risk each of them speaks cannot be known.

    Those above it, of titles and of words for groups of columns, do no harm.
    """
    several = "Merged cells. Which row does the value belong to? Unmerge them and fill each cell."
    in_one = "Merged cells. Delete the row if it is the title of a group; otherwise unmerge them."
    return [
        Problem(one.first_row, "", in_one if one.first_row == one.last_row else several, cell=one.words)
        for one in merged
        if (one.last_row > header or one.first_row == header) and one.first_row <= last
    ]


def _names_any(samples: Sequence[Line], at: int, named: Iterable[str]) -> bool:
    known = set(named)
    values = {as_named(as_text(line.cells[at])) for line in samples if at < len(line.cells)} - {""}
    return not values or bool(values & known)


_MARKS = ("reference", "version")
_NAMES = {name for column in FOREIGN for name in column.names} | set(OUR_HEADINGS) | ONLY_READ | set(MARKS)
