"""What the rows of a workbook change of the register, field by field, and every error at its cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from programme.foundation.csv_files import SHOWN, Line, Problem
from programme.foundation.sheet_files import cell_name

from ..rules.scoring import half_scores
from .cells import KEPT, WRONG, Known, as_text, first_words, shown, steps_said, tried
from .columns import BOTH, COLUMNS, LINE, MARK, STEP, TEXT, TURNED, Column
from .only_read import OnlyRead
from .rows import Added, Changed, Layout, Stored, digest_of
from .same import doubted, is_same, new_name
from .scales import MOST_WORDS, step_of

KINDS = ("inherent", "current", "target")
NOT_THERE = (
    "There is no risk {0} in the register that you may see. For a new risk leave reference and version empty."
)


class Comparison:
    """All that a file changes. Rows come in portions, so that only what changes is kept.

    ``stale`` are edited rows of risks that somebody changed after the file was written; ``moved_on`` counts
    those that were not edited, which change nothing. ``words`` are those of another scale, with the scale,
    whose meaning nobody has said yet; ``renamed``, by column and the name in the file, what the record is
    called now.
    """

    def __init__(self, layout: Layout, known: Known):
        self.layout, self.known = layout, known
        self.changed: list[Changed] = []
        self.added: list[Added] = []
        self.stale: list[tuple[Stored, int]] = []
        self.same = self.moved_on = self.problem_count = 0
        self.problems: list[Problem] = []
        self.words: dict[tuple[str, str], None] = {}
        self.renamed: dict[tuple[str, str], str] = {}
        self.only_read = OnlyRead(layout)
        self._columns: dict[int, Column] = {at: COLUMNS[name] for at, name in layout.columns.items()}
        self._at = {name: at for at, name in layout.columns.items()}
        self._joined = {name for name in self._at if list(layout.columns.values()).count(name) > 1}
        self._seen: dict[str, int] = {}
        self._read: dict[tuple[str, Any], tuple[Any, str]] = {}

    @property
    def digest(self) -> str:
        return digest_of(self.changed, self.added)

    def problem(self, row: int, name: str, words: str, at: int | None = None) -> None:
        """Notes an error at the cell of a row in which a column stands, or ``at`` another place."""
        self.problem_count += 1
        if len(self.problems) < SHOWN:
            at = self._at.get(name) if at is None else at
            heading = "" if at is None else self.layout.headings.get(at, COLUMNS[name].title)
            cell = cell_name(at, row) if at is not None and self.layout.is_workbook else ""
            self.problems.append(Problem(row, heading, words, cell))

    def add(self, problems: Iterable[Problem]) -> None:
        """Notes errors that are of no single cell."""
        for one in problems:
            self.problem_count += 1
            self.problems = [*self.problems[: SHOWN - 1], one]

    def responses(self) -> list[tuple[int, int | None, Mapping[str, Any]]]:
        """The rows that choose a response: the row, the risk's number, and all that it then says."""
        moved = [one for one in self.changed if "response" in one.fields]
        return [(one.row, one.stored.pk, one.after) for one in moved] + [
            (one.row, None, one.values) for one in self.added if one.values.get("response")
        ]

    def references(self, lines: Sequence[Line]) -> list[str]:
        """The references that these rows name, to be looked up at once."""
        return [ref for line in lines if (ref := self._ref(line))]

    def behind(self, lines: Sequence[Line], stored: Mapping[str, Stored]) -> dict[int, int]:
        """The versions that rows name of risks that were changed since, by the risks' numbers."""
        pairs = ((stored[ref], self._version(line)) for line in lines if (ref := self._ref(line)) in stored)
        return {one.pk: int(version) for one, version in pairs if one.was_at(version)}

    def compare(
        self,
        lines: Iterable[Line],
        stored: Mapping[str, Stored],
        then: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        """Takes a portion of rows with the risks that stand under their references.

        ``then`` says, by a risk's number, what it was at the version that its row names: what somebody else
        changed since was not edited in the row.
        """
        for line in lines:
            ref = self._ref(line)
            if not any(as_text(line.cells[at]) for at in self._columns if at < len(line.cells)):
                continue
            if not ref:
                self._new(line)
            elif ref in self._seen:
                self.problem(line.number, "ref", self._twice(ref))
            else:
                self._seen[ref] = line.number
                if ref in stored:
                    self._known(line, stored[ref], then.get(stored[ref].pk))
                else:
                    self.problem(line.number, "ref", NOT_THERE.format(shown(ref)))

    def _ref(self, line: Line) -> str:
        return as_text(self._raw(line, "ref")).upper()

    def _version(self, line: Line) -> str:
        return as_text(self._raw(line, "version")).strip()

    def _raw(self, line: Line, name: str) -> Any:
        at = self._at.get(name)
        return line.cells[at] if at is not None and at < len(line.cells) else None

    def _twice(self, ref: str) -> str:
        row = self._seen[ref]
        place = f"cell {cell_name(self._at['ref'], row)}" if self.layout.is_workbook else f"row {row}"
        return f"{shown(ref)} stands in {place} already. Keep one of the two rows."

    # A risk that is there

    def _known(self, line: Line, stored: Stored, then: Mapping[str, Any] | None) -> None:
        before = self.problem_count
        if self._version(line) == str(stored.version):
            self.only_read.look(line, stored, self.known)
        edited = self._edited(line, stored.values if then is None else then)
        now = stored.values
        fields = {name: (now[name], new) for name, new in edited.items() if new != now[name]}
        if not fields:
            unharmed = self.problem_count == before
            self.same += unharmed
            self.moved_on += unharmed and then is not None
            return
        self._check_known(line, stored, fields)
        if self.problem_count == before:
            self.changed.append(Changed(stored, line.number, fields))

    def _edited(self, line: Line, written: Mapping[str, Any]) -> dict[str, Any]:
        """What the row says otherwise than it was ``written``."""
        found = {}
        for at, column in self._columns.items():
            if column.kind == MARK:
                continue
            old = written[column.name]
            raw = line.cells[at] if at < len(line.cells) else None
            if is_same(column, raw, old, self.known, is_workbook=self.layout.is_workbook):
                self._note_renamed(column, raw, old)
                continue
            if words := doubted(column, raw, old, self.known):
                self.problem(line.number, column.name, words)
                continue
            new = self._value(line.number, at, raw)
            if new is not WRONG and new is not KEPT and new != old:
                found[column.name] = new
        return found

    def _check_known(self, line: Line, stored: Stored, fields: Mapping[str, tuple[Any, Any]]) -> None:
        row, first = line.number, next(iter(fields))
        if stored.withdrawn:
            self.problem(row, first, f"{stored.ref} was withdrawn: take its row out of the workbook.")
            return
        if not stored.may_change:
            self.problem(row, first, f"You may not change {stored.ref}: take back what its row changes.")
            return
        version = self._version(line)
        if version != str(stored.version):
            self._stale(row, stored, version)
            return
        if "title" in fields and not fields["title"][1]:
            self.problem(row, "title", "Give the risk a name: a few words by which people find it.")
        if "scope" in fields:
            self._check_place(row, fields["scope"][1])
        scored = [name for name in fields if COLUMNS[name].kind == STEP]
        if scored and stored.closed:
            self.problem(row, scored[0], stored.closed)
        self._check_halves(row, {**stored.values, **{name: new for name, (_, new) in fields.items()}}, scored)

    def _stale(self, row: int, stored: Stored, version: str) -> None:
        if stored.was_at(version):
            self.stale.append((stored, row))
            return
        said = (
            f"{shown(version)} is not a version of {stored.ref} that there was" if version else "It is empty"
        )
        words = (
            "The version says which state of the risk was edited: export the register again, and edit that."
        )
        self.problem(row, "version", f"{said}. {words}")

    def _check_place(self, row: int, place: Any) -> None:
        if place is None:
            words = "Write where it belongs: the programme, a workstream, or a project’s reference."
            self.problem(row, "scope", words)
        elif place not in self.known.raisable:
            self.problem(row, "scope", "You may not put risks there.")

    def _check_halves(self, row: int, values: Mapping[str, Any], scored: Sequence[str]) -> None:
        kinds = {name.partition("_")[0] for name in scored}
        pairs = (
            (kind, values.get(f"{kind}_likelihood"), values.get(f"{kind}_impact"))
            for kind in KINDS
            if kind in kinds
        )
        for name, words in half_scores(pairs).items():
            other = name.replace("impact", "@").replace("likelihood", "impact").replace("@", "likelihood")
            words = words.replace("Choose", "Write")
            self.problem(row, name if name in self._at else other, words)

    # A risk that is new

    def _new(self, line: Line) -> None:
        before, row = self.problem_count, line.number
        self.only_read.look(line, None, self.known)
        if self._version(line):
            self.problem(row, "ref", "There is a version but no reference. For a new risk leave both empty.")
        values: dict[str, Any] = {}
        for at, column in self._columns.items():
            raw = line.cells[at] if at < len(line.cells) else None
            if column.kind != MARK and raw not in (None, ""):
                new = self._value(row, at, raw)
                if new not in (WRONG, None, ""):
                    self._take(row, at, values, new)
        if values.get("scope") is KEPT:
            del values["scope"]
        if self.problem_count == before:
            self._check_new(row, values)
        if self.problem_count == before:
            self.added.append(Added(row, values))

    def _take(self, row: int, at: int, values: dict[str, Any], new: Any) -> None:
        """Adds what a cell says; a score is two values, and several columns of text are one text."""
        column = self._columns[at]
        if column.kind in (BOTH, TURNED):
            values.update(zip(column.halves, new, strict=True))
            return
        if column.name in self._joined:
            new = f"{self.layout.headings[at]}: {new}"
            before = values.get(column.name)
            new = f"{before}\n\n{new}" if before else new
            if len(new) > column.longest:
                words = f"The columns for “{column.title}” have {len(new):,} characters together; "
                words = f"{words}at most {column.longest:,} are taken. Shorten them."
                self.problem(row, column.name, words, at)
        values[column.name] = new

    def _check_new(self, row: int, values: dict[str, Any]) -> None:
        if not values.get("title"):
            if not values.get("event"):
                where = "title" if "title" in self._at else "event"
                self.problem(row, where, "Say what may happen, or give the risk a name.")
                return
            values["title"] = first_words(values["event"])
        if self.layout.place is not None:
            values.setdefault("scope", self.layout.place)
        if self.layout.source:
            values["source_document"] = self.layout.source
        self._check_place(row, values.get("scope"))
        self._check_halves(
            row, values, [name for name in values if name in COLUMNS and COLUMNS[name].kind == STEP]
        )

    # Cells

    def _value(self, row: int, at: int, raw: Any) -> Any:
        """What the cell says, or ``WRONG``, said at the cell. Choices repeat, so each is read once."""
        column = self._columns[at]
        key = (column.name, "" if column.kind in (LINE, TEXT) else as_text(raw))
        if key[1] and key in self._read:
            value, wrong = self._read[key]
        else:
            value, wrong = tried(column, raw, self.known)
            if key[1]:
                self._remember(column, key, value, wrong)
        self._note_renamed(column, raw, value)
        if wrong:
            self.problem(row, column.name, wrong, at)
        return value

    def _remember(self, column: Column, key: tuple[str, str], value: Any, wrong: str) -> None:
        if len(self._read) > 10_000:
            self._read.clear()
        self._read[key] = value, wrong
        if not wrong or column.kind not in (STEP, BOTH, TURNED):
            return
        for scale, word in steps_said(column, key[1]):  # so that they can be asked for
            means = step_of(word, self.known.steps[scale], self.known.words.get(scale, {}))
            if means is None and len(self.words) < MOST_WORDS:
                self.words.setdefault((scale, word))

    def _note_renamed(self, column: Column, raw: Any, key: Any) -> None:
        if (name := new_name(column, raw, key, self.known)) and len(self.renamed) < SHOWN:
            self.renamed[column.title, as_text(raw)] = name
