"""A register that is sent, what its columns mean, and the word that what it changes is right."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from django import forms

from programme.foundation.csv_files import MOST_BYTES, Unreadable
from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.foundation.sheet_files import SheetFile

from ..choices import HIGHEST, LOWEST
from ..models.scored import KINDS
from ..offline import mapping
from ..offline.cells import Known, as_text, shown
from ..offline.columns import COLUMNS, FOREIGN, STEP
from ..reading.uploads import Sheet

MARKDOWN = (
    "This is a page of text with a table in it (Markdown), neither a workbook nor a CSV. Copy the table into "
    "a spreadsheet, save it as an Excel workbook (.xlsx), and send that."
)
LEAVE, LEFT_OUT = "leave", "Leave it out"


class SendForm(forms.Form):
    """Nothing of the register is changed by it."""

    file = forms.FileField(
        label="Workbook or CSV",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=f"An Excel workbook (.xlsx) or a CSV, up to {MOST_BYTES // 1_000_000} MB.",
        error_messages={"required": "Choose a file", "empty": "The file is empty."},
        max_length=None,
    )

    def clean_file(self) -> Any:
        """Refuses at once what is neither a workbook nor a CSV, or not safe to open."""
        sent = self.cleaned_data["file"]
        try:
            found = SheetFile(sent)
        except Unreadable as refused:
            raise forms.ValidationError(refused.sentences) from refused
        if not found.is_workbook and _is_markdown(found.text):
            raise forms.ValidationError(MARKDOWN)
        sent.seek(0)
        return sent


def _is_markdown(text: str) -> bool:
    rows = [line.strip() for line in text.splitlines()[:100]]
    return any(row.startswith("|") and set(row) <= set("|-: ") and "---" in row for row in rows)


class MeaningField(forms.ChoiceField):
    """A word that comes up with another choice of columns shows what it usually means; it is still asked."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if data is None else data


class ColumnsForm(forms.Form):
    """What each column of a foreign register is, what the words of its scale mean, where its risks belong.

    Gives ``columns`` by their places, ``words``, ``place`` and ``save_as``. Words that come up with another
    choice of columns are asked for when the form comes back. ``words`` are those whose meaning was said
    before, ``more`` such as stand further down than the rows that are looked at here.
    """

    def __init__(
        self, *arguments: Any, sheet: Sheet, known: Known, guess: dict[int, str], words: dict[str, int],
        more: Iterable[str] = (), **options: Any,
    ):  # fmt: skip
        super().__init__(*arguments, **options)
        self.sheet, self.known, self.said = sheet, known, words
        offered = [(LEAVE, LEFT_OUT), *((one.name, one.title) for one in FOREIGN)]
        for at, heading in sheet.headings.items():
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=heading[:80],
                choices=offered,
                initial=guess.get(at, LEAVE),
                help_text=self._example(at),
            )
        self._ask_words(words, more)
        self._ask_place()
        self.fields["save_as"] = PlainCharField(
            label="Keep these choices under a name",
            max_length=80,
            required=False,
            help_text="To choose them again for the next file of the same kind.",
        )

    def _example(self, at: int) -> str:
        values = (as_text(line.cells[at]) for line in self.sheet.samples if at < len(line.cells))
        first = next((value for value in values if value), "")
        return f"Such as: {shown(first)}" if first else "Empty in the rows looked at."

    def _ask_words(self, words: dict[str, int], more: Iterable[str]) -> None:
        chosen = {at: self[f"column_{at}"].value() or "" for at in self.sheet.headings}
        columns = {at: name for at, name in chosen.items() if name in COLUMNS}
        steps = [("", "Choose"), *((str(step), str(step)) for step in range(LOWEST, HIGHEST + 1))]
        scored = [name for name in columns.values() if COLUMNS[name].kind == STEP]
        lines = self.sheet.looked_through if scored else []
        found = mapping.scale_words(lines, columns, self.known.steps)
        self.scale = list(dict.fromkeys([*found, *more]))
        for word in self.scale:
            self.fields[_field_of(word)] = MeaningField(
                label=f"“{word}” means",
                choices=steps,
                initial=str(words.get(word) or mapping.meaning(word) or ""),
                error_messages={"required": f"Say what “{word}” means, from {LOWEST} to {HIGHEST}"},
            )

    def _ask_place(self) -> None:
        names = self.known.names["scope"]
        places = sorted((names[key], str(key)) for key in self.known.raisable)
        self.fields["place"] = forms.ChoiceField(
            label="Where new risks belong",
            choices=[("", "Choose a place"), *((key, name) for name, key in places)],
            help_text="For rows that name no place of their own.",
            error_messages={"required": "Choose where new risks belong"},
        )

    @property
    def column_fields(self) -> list[Any]:
        return [self[f"column_{at}"] for at in self.sheet.headings]

    @property
    def word_fields(self) -> list[Any]:
        return [self[_field_of(word)] for word in self.scale]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        columns: dict[int, str] = {}
        for at in self.sheet.headings:
            name = data.get(f"column_{at}")
            if name in columns.values():
                self.add_error(f"column_{at}", f"Another column is “{COLUMNS[name].title}” already")
            elif name and name != LEAVE:
                columns[at] = name
        self._refuse_gaps(set(columns.values()))
        given = {word: data.get(_field_of(word)) for word in self.scale}
        return {
            "columns": columns,
            "words": self.said | {word: int(step) for word, step in given.items() if step},
            "place": int(data["place"]) if data.get("place") else None,
            "save_as": data.get("save_as", ""),
        }

    def _refuse_gaps(self, names: set[str]) -> None:
        if not names & {"title", "event"}:
            self.add_error(None, "Say which column says what may happen, or which is the name of the risk")
        for kind in KINDS:
            halves = [f"{kind}_likelihood", f"{kind}_impact"]
            if len(names & set(halves)) == 1:
                missing = next(half for half in halves if half not in names)
                self.add_error(None, f"Half a score is no score: choose the column of {_said(missing)} too")


def _field_of(word: str) -> str:
    """The field that asks for a word: by the word, since other columns bring other words."""
    return f"word_{zlib.crc32(word.encode()):08x}"


def _said(name: str) -> str:
    title = COLUMNS[name].title
    return title[:1].lower() + title[1:]


class ApplyForm(forms.Form):
    reason = ReasonField(
        label="Why",
        help_text="One reason for all of it, kept in the history of every risk and with changed scores.",
    )
