"""What a register that was sent would change, worked out from its file and the register as it stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import Any

from programme.foundation.csv_files import Line, Problem, Unreadable
from programme.people.models import User

from ..models import RegisterUpload
from ..offline import mapping, scales
from ..offline.cells import Known
from ..offline.columns import GUIDE, HEADINGS_WITHIN, plain
from ..offline.comparing import Comparison
from ..offline.rows import Layout
from . import offline

AT_ONCE = 300  # rows up to which nobody waits for a task
PORTION = 500
SIZE_AT_ONCE = 3_000_000  # bytes, unpacked: 300 rows with much text have a third of it
SAMPLE = 500  # rows looked at to guess what columns hold
LOOKED_THROUGH = 5_000  # rows, empty ones among them, looked through for words of scores: half a second
WITHIN = 2_000  # rows from the top, empty ones among them
NO_ROWS = "There is nothing below the row of headings."

Say = Callable[[int], None]


class Sheet:
    """One sheet of what was sent, with the row of its headings. Raises ``Unreadable``.

    Without ``header`` the row of headings is found; without ``name`` the first sheet that has one.
    """

    def __init__(self, upload: RegisterUpload, name: str | None = None, header: int | None = None):
        self.file = upload.file
        self.name, self.top = (name, self._begin(name)) if name is not None else self._first()
        self.head = self._head(header)
        self.samples = [line for line in self.top if line.number > self.head.number][:SAMPLE]
        self.is_long = len(self.samples) > AT_ONCE or self.file.size(self.name) > SIZE_AT_ONCE
        if not self.samples:
            raise Unreadable([Problem(self.head.number, "", NO_ROWS)])

    @cached_property
    def looked_through(self) -> list[Line]:
        """The rows below the headings in which words of scores are looked for, as far as there is time: what
        is asked before the comparison need not be compared twice. What cannot be read is said by that."""
        if not self.is_long:
            return self.samples
        found: list[Line] = []
        with suppress(Unreadable):
            for line in self.file.rows(self.name, within=LOOKED_THROUGH):
                found += [line] if line.number > self.head.number else []
        return found

    def _begin(self, name: str) -> list[Line]:
        """The first rows of a sheet: all of a register that nobody waits for a task for."""
        return list(islice(self.file.rows(name, within=WITHIN), HEADINGS_WITHIN + SAMPLE))

    def _first(self) -> tuple[str, list[Line]]:
        """The sheet of our own workbook, or the first that has a row of headings, with its first rows."""
        found = []
        for name in self.file.sheets:
            if name == GUIDE:
                continue  # it names our columns too
            lines = self._begin(name)
            try:
                head = mapping.head_of(lines)
            except Unreadable:
                continue
            found.append((name, lines, mapping.has_our_marks(head)))
        ours = [one for one in found if one[2]]
        if len(ours) > 1:
            both = " and ".join(f"“{one[0]}”" for one in ours)
            raise Unreadable([Problem(0, "", f"The sheets {both} are both the register. Keep one of them.")])
        if not found and self.file.hidden:
            names = ", ".join(f"“{name}”" for name in self.file.hidden)
            words = f"{mapping.NO_TABLE} Hidden sheets are not read: {names}. Show the one with the register."
            raise Unreadable([Problem(0, "", words)])
        name, lines, _ = (ours or found or [(self.file.sheets[0], [], False)])[0]
        return name, lines

    def _head(self, header: int | None) -> Line:
        if header is None:
            return mapping.head_of(self.top)
        found = [line for line in self.top if line.number == header]
        if not found:
            raise Unreadable([Problem(header, "", "This row holds nothing: choose the row of the headings.")])
        above = [line for line in self.top if line.number == header - 1]
        is_foreign = above and not mapping.has_our_marks(found[0])
        return mapping.joined(above[0], found[0]) if is_foreign else found[0]

    @property
    def headings(self) -> dict[int, str]:
        return {at: str(cell) for at, cell in enumerate(self.head.cells) if cell not in (None, "")}

    @property
    def above(self) -> list[str]:
        """The rows above the headings, which are left out, in words."""
        is_joined = self.head not in self.top  # then the row above it is one of headings as well
        rows = [line for line in self.top if line.number < self.head.number - is_joined]
        return [" ".join(str(cell) for cell in line.cells if cell not in (None, ""))[:120] for line in rows]

    def own_layout(self) -> dict[str, Any] | None:
        """The layout where it is the portal's own workbook. Raises ``Unreadable`` where it was spoilt."""
        if not mapping.is_ours(self.head):
            return None
        return self.layout(mapping.our_columns(self.head), ours=True)

    def layout(self, columns: dict[int, str], *, ours: bool = False, **more: Any) -> dict[str, Any]:
        """What is kept with the upload of where the sheet holds what."""
        return {
            "sheet": self.name,
            "others": [name for name in self.file.sheets if name not in (self.name, GUIDE)],
            "header": self.head.number,
            "headings": {str(at): words for at, words in self.headings.items()},
            "columns": {str(at): name for at, name in columns.items()},
            "left": mapping.not_taken(self.head, columns, ours=ours),
            "above": [] if ours else self.above,
            "long": self.is_long,
            "place": None,
            "source": "",
            "words": {},
            "ours": ours,
        } | more

    def guess(self, known: Known) -> dict[int, str]:
        named = {"owner": [*known.people, *known.numbers], "category": known.categories}
        named["scope"] = known.places
        return mapping.guess(self.head, self.samples, named)

    def saved(self, columns: dict[str, str]) -> dict[int, str]:
        return mapping.saved(self.head, columns)

    def names_for(self, columns: dict[int, str]) -> dict[str, str]:
        """The columns by their headings, as a mapping is kept."""
        return {plain(self.headings[at]): name for at, name in columns.items()}


def compare(upload: RegisterUpload, user: User, say: Say = lambda done: None) -> Comparison:
    """What the file changes for ``user``, with every error at its cell; ``say`` hears of the rows read.

    The queries depend on the number of rows only by portions of 500. Raises ``Unreadable``.
    """
    kept = upload.layout
    reach = offline.Reach(user)
    known = offline.known(user, reach, scales.by_scale(kept["words"]))
    headings = {int(at): words for at, words in kept["headings"].items()}
    columns = {int(at): name for at, name in kept["columns"].items()}
    layout = Layout(kept["header"], columns, headings, upload.file.is_workbook, kept["place"], kept["source"])
    result = Comparison(layout, known)
    rows = (line for line in upload.file.rows(kept["sheet"]) if line.number > layout.header)
    last = done = 0
    while portion := list(islice(rows, PORTION)):
        stored = offline.stored(user, reach, result.references(portion))
        result.compare(portion, stored, offline.stood(user, result.behind(portion, stored)))
        last, done = portion[-1].number, done + len(portion)
        say(done)
    _settle(result, upload, user, last)
    return result


def _settle(result: Comparison, upload: RegisterUpload, user: User, last: int) -> None:
    """The errors that are known only once all rows were read."""
    kept = upload.layout
    merged = upload.file.merged(kept["sheet"])
    result.add(mapping.merged_problems(merged, header=kept["header"], last=last))
    for row, words in offline.said_stale(user, result.stale).items():
        result.problem(row, "version", words)
    for row, words in offline.refused_responses(result.responses()).items():
        result.problem(row, "response", words)
