"""Scores by choosing words whose meaning is shown: likelihood and impact of each kind of score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from programme.foundation.form_fields import ReasonField

from ..models.scored import KINDS
from ..reading.yardstick import Step, Yardstick
from ..rules.scoring import Score, Scores, half_scores
from ..words.grid import Grid, grid

UNSCORED = "Not scored yet"
WRONG = {"invalid_choice": "Choose one of the five steps"}
TITLES = {
    "current": ("Score now", "With the controls that are in place."),
    "inherent": ("Score without controls", "As if nothing were done about it."),
    "target": ("Score aimed at", "Once the planned actions are done."),
}
NAMES = {"current": "now", "inherent": "without controls", "target": "aimed at"}


@dataclass(frozen=True)
class Half:
    """Likelihood or impact: the field with its five steps, each with its word and meaning."""

    field: BoundField
    steps: dict[int, Step]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """From 1 to 5; the sixth takes no step."""
        chosen = str(self.field.value() or "")
        found = [
            {
                "id": f"{self.field.auto_id}_{value}",
                "value": value,
                "word": f"{value} {step.word}",
                "meaning": step.meaning,
                "checked": chosen == str(value),
            }
            for value, step in self.steps.items()
        ]
        nothing = {"id": f"{self.field.auto_id}_0", "value": "", "word": UNSCORED, "checked": chosen == ""}
        return [*found, nothing]


@dataclass(frozen=True)
class Pair:
    """One kind of score in a form; ``said`` what is chosen, in words."""

    kind: str
    title: str
    meaning: str
    halves: tuple[Half, Half]
    said: str

    @property
    def is_chosen(self) -> bool:
        return any(half.field.value() for half in self.halves)

    @property
    def is_wrong(self) -> bool:
        return any(half.field.errors for half in self.halves)


class ScoresForm(forms.Form):
    """The three scores, each whole or not there at all. Gives them as ``scores``."""

    yard: Yardstick

    def __init__(self, *arguments: Any, yard: Yardstick, **options: Any):
        super().__init__(*arguments, **options)
        self.yard = yard
        for kind in TITLES:
            for part, steps in self._parts():
                self.fields[f"{kind}_{part}"] = forms.TypedChoiceField(
                    label=f"{part.capitalize()} {NAMES[kind]}",
                    choices=[("", UNSCORED), *((value, step.word) for value, step in steps.items())],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                    error_messages=WRONG,
                )

    def _parts(self) -> tuple[tuple[str, dict[int, Step]], tuple[str, dict[int, Step]]]:
        return ("likelihood", self.yard.likelihood), ("impact", self.yard.impact)

    @property
    def pairs(self) -> list[Pair]:
        """Now first, since it is the one that counts."""
        return [
            Pair(kind, title, meaning, self._halves(kind), self.yard.in_full(self._chosen(kind)))
            for kind, (title, meaning) in TITLES.items()
        ]

    @property
    def grid(self) -> Grid:
        """The matrix with the scores chosen so far."""
        chosen = Scores(*(self._chosen(kind) for kind in KINDS))
        return grid(self.yard.matrix, self.yard.likelihood, self.yard.impact, marks=chosen)

    def _halves(self, kind: str) -> tuple[Half, Half]:
        first, second = (Half(self[f"{kind}_{part}"], steps) for part, steps in self._parts())
        return first, second

    def _chosen(self, kind: str) -> Score | None:
        """The score that stands in the form; none while it is half or nonsense."""
        values = [str(self[f"{kind}_{part}"].value() or "") for part, _ in self._parts()]
        return Score(*map(int, values)) if all(value in set("12345") for value in values) else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [f"{kind}_{part}" for kind in TITLES for part, _ in self._parts()]
        if any(name in self.errors for name in names):
            return data
        pairs = ((kind, data[f"{kind}_likelihood"], data[f"{kind}_impact"]) for kind in KINDS)
        for name, words in half_scores(pairs).items():
            self.add_error(name, words)
        return data


class ReviewForm(ScoresForm):
    """Confirms or changes the scores, with why."""

    reason = ReasonField(
        label="Why",
        help_text="What you looked at, and why the scores stay or change. It stays with the review.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        scores = [Score.of(data[f"{kind}_likelihood"], data[f"{kind}_impact"]) for kind in KINDS]
        return {"scores": Scores(*scores), "reason": data["reason"]}
