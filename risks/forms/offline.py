"""A register that is sent, what its columns mean, and the word that what it changes is right."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django import forms

from programme.foundation.csv_files import MOST_BYTES, Unreadable
from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.foundation.sheet_files import SheetFile

from ..choices import HIGHEST, LOWEST, Scale
from ..models.scored import KINDS
from ..offline import mapping, scales
from ..offline.cells import Known, as_text, shown
from ..offline.columns import BOTH, COLUMNS, FOREIGN, STEP, TEXT, TURNED
from ..offline.scales import AS_HERE, NOT_SCORED
from ..reading.uploads import Sheet

MARKDOWN = (
    "This is a page of text with a table in it (Markdown), neither a workbook nor a CSV. Copy the table into "
    "a spreadsheet, save it as an Excel workbook (.xlsx), and send that."
)
LEAVE, LEFT_OUT = "leave", "Leave it out"
OTHERWISE = "otherwise"


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


class LaterField(forms.ChoiceField):
    """A question that comes up with another choice of columns shows what was answered before, if it was."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if data is None else data


class ColumnsForm(forms.Form):
    """What each column of a foreign register is, what words and numbers of its scales mean, where its risks
    belong.

    Gives ``columns`` by their places, ``words`` by their scale, ``place`` and ``save_as``. Questions that
    come up with another choice of columns are asked when the form comes back. ``words`` are those whose
    meaning was said before, ``more`` such as stand further down than the rows that are looked at here, each
    with its scale.
    """

    def __init__(
        self, *arguments: Any, sheet: Sheet, known: Known, guess: dict[int, str],
        words: dict[str, dict[str, int]], more: Iterable[Sequence[str]] = (), **options: Any,
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
        self._ask_scales(more)
        self._ask_place()
        self.fields["save_as"] = PlainCharField(
            label="Keep these choices under a name",
            max_length=80,
            required=False,
            help_text="To choose them again for the next file of the same kind.",
        )

    def _example(self, at: int) -> str:
        values = (as_text(line.cells[at]) for line in self.sheet.samples if at < len(line.cells))
        found = list(islice(dict.fromkeys(value for value in values if value), 3))
        return f"Such as: {', '.join(map(shown, found))}" if found else "Empty in the rows looked at."

    def _ask_scales(self, more: Iterable[Sequence[str]]) -> None:
        chosen = {at: self[f"column_{at}"].value() or "" for at in self.sheet.headings}
        columns = {at: name for at, name in chosen.items() if name in COLUMNS}
        scored = any(COLUMNS[name].kind in (STEP, BOTH, TURNED) for name in columns.values())
        lines = self.sheet.looked_through if scored else []
        found = mapping.scales_asked(lines, columns, self.known.steps, list(more))
        self.scale: dict[str, list[str]] = {}  # the words of each scale, and the names of their fields
        self.meant: dict[str, tuple[str, str]] = {}
        for scale, ask in found.items():
            said, names = self.said.get(scale, {}), []
            each = ask.never_ours
            if ask.maybe_ours:
                names.append(self._ask_same(scale, ask.maybe_ours, said))
                each += ask.maybe_ours if self[names[0]].value() == OTHERWISE else []
            names += [self._ask_word(scale, word, said) for word in each]
            self.scale[scale] = names

    def _ask_same(self, scale: str, found: list[str], said: dict[str, int]) -> str:
        """Whether its steps are ours, of which they could be some: only the sender knows."""
        name, before = f"steps_{scale}", ""
        if said:
            before = AS_HERE if AS_HERE in said else OTHERWISE
        ours = sorted((value, word.capitalize()) for word, value in self.known.steps[scale].items())
        (low, first), (high, last) = ours[0], ours[-1]
        self.fields[name] = LaterField(
            label=f"The steps of its {scale} are",
            choices=[
                ("", "Choose"),
                (AS_HERE, f"The same as here: {low} {first} to {high} {last}"),
                (OTHERWISE, "Others: I say what each means"),
            ],
            initial=before,
            help_text=f"Found: {', '.join(found)}. A scale of four or six steps is another than ours.",
            error_messages={"required": f"Say whether the steps of its {scale} are the same as here"},
        )
        return name

    def _ask_word(self, scale: str, word: str, said: dict[str, int]) -> str:
        steps = {value: words for words, value in self.known.steps[scale].items()}
        usual = scales.meaning(word)
        name = _field_of(scale, word)
        self.meant[name] = (scale, word)
        self.fields[name] = LaterField(
            label=f"{Scale(scale).label} “{word}” means",
            choices=[
                ("", "Choose"),
                *(
                    (str(step), f"{step} {steps.get(step, '').capitalize()}")
                    for step in range(LOWEST, HIGHEST + 1)
                ),
                (str(NOT_SCORED), "Not yet scored"),
            ],
            initial=str(said.get(word, "")),
            help_text=f"Often {usual} on a scale of five." if usual else "",
            error_messages={"required": f"Say what {scale} “{word}” means, from {LOWEST} to {HIGHEST}"},
        )
        return name

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
    def scale_fields(self) -> list[tuple[str, list[Any]]]:
        """The questions of each scale that has any."""
        return [
            (Scale(scale).label, [self[name] for name in names])
            for scale, names in self.scale.items()
            if names
        ]

    @property
    def word_fields(self) -> list[Any]:
        return [self[name] for name in self.meant]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        columns: dict[int, str] = {}
        for at in self.sheet.headings:
            name = data.get(f"column_{at}")
            if name in columns.values() and COLUMNS[name].kind != TEXT:
                self.add_error(f"column_{at}", f"Another column is “{COLUMNS[name].title}” already")
            elif name and name != LEAVE:
                columns[at] = name
        self._refuse_gaps(set(columns.values()))
        return {
            "columns": columns,
            "words": self._words(data),
            "place": int(data["place"]) if data.get("place") else None,
            "save_as": data.get("save_as", ""),
        }

    def _words(self, data: dict[str, Any]) -> dict[str, dict[str, int]]:
        """What was said of each scale, on top of what was said before."""
        words = {scale: dict(self.said.get(scale, {})) for scale in Scale}
        for scale in Scale:
            same = data.get(f"steps_{scale}")
            if same == AS_HERE:
                kept = {word: step for word, step in words[scale].items() if word in self._asked_of(scale)}
                words[scale] = kept | {AS_HERE: HIGHEST}
            elif same:
                words[scale].pop(AS_HERE, None)
        for name, (scale, word) in self.meant.items():
            if data.get(name):
                words[scale][word] = int(data[name])
        return words

    def _asked_of(self, scale: str) -> set[str]:
        return {word for of, word in self.meant.values() if of == scale}

    def _refuse_gaps(self, names: set[str]) -> None:
        if not names & {"title", "event"}:
            self.add_error(None, "Say which column says what may happen, or which is the name of the risk")
        for kind in KINDS:
            halves = [f"{kind}_likelihood", f"{kind}_impact"]
            chosen = [name for name in names if name.startswith(f"{kind}_")]
            whole = [name for name in chosen if COLUMNS[name].kind in (BOTH, TURNED)]
            if len(whole) > 1 or (whole and len(chosen) > 1):
                self.add_error(
                    None, f"“{COLUMNS[whole[0]].title}” is both halves: leave the other columns of it out"
                )
            elif len(chosen) == 1 and COLUMNS[chosen[0]].kind == STEP:
                missing = next(half for half in halves if half not in names)
                self.add_error(None, f"Half a score is no score: choose the column of {_said(missing)} too")


def _field_of(scale: str, word: str) -> str:
    """The field that asks for a word: by the word, since other columns bring other words."""
    return f"word_{scale}_{zlib.crc32(word.encode()):08x}"


def _said(name: str) -> str:
    title = COLUMNS[name].title
    return title[:1].lower() + title[1:]


class ApplyForm(forms.Form):
    reason = ReasonField(
        label="Why",
        help_text="One reason for all of it, kept in the history of every risk and with changed scores.",
    )
