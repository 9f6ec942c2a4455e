"""What the programme office settles for all risks: categories, words of the scales, matrix, intervals."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField

from ..choices import HIGHEST, Appetite, Band
from ..models.settings import LONGEST
from ..rules.scoring import CELLS, STEPS, Matrix, Score


class WholeNumber(forms.IntegerField):
    """From 1 to ``most``; whatever else is typed is answered by one sentence."""

    def __init__(self, *, most: int, **options: Any):
        said = f"Give a whole number from 1 to {most}"
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), said)
        super().__init__(min_value=1, max_value=most, error_messages=wrong, **options)


class CategoryForm(forms.Form):
    name = PlainCharField(label="Name", max_length=80)
    covers = PlainTextField(label="What it covers", max_length=500, rows=3, required=False)
    appetite = forms.ChoiceField(
        choices=Appetite.choices,
        widget=forms.RadioSelect,
        help_text="How much risk of this kind the council is willing to carry.",
    )
    highest_tolerated = WholeNumber(
        label="Highest score tolerated",
        most=HIGHEST * HIGHEST,
        help_text="From 1 to 25, likelihood × impact. Above it a risk is outside appetite: it must be "
        "accepted by a decision of the board, or escalated.",
    )
    reason = ReasonField()


class StepForm(forms.Form):
    """The word and the sentence of one step."""

    word = PlainCharField(label="Word", max_length=40)
    meaning = PlainCharField(
        label="What it means",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A sentence that two people would read alike: people choose by it.",
    )
    reason = ReasonField()


def cell_field(score: Score) -> str:
    """``cell_4_5`` is the box of likelihood 4, impact 5."""
    return f"cell_{score.likelihood}_{score.impact}"


class MatrixForm(forms.Form):
    """A band for each of the 25 cells. More likelihood or more impact never gives a milder band."""

    reason = ReasonField()

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        for score in CELLS:
            self.fields[cell_field(score)] = forms.ChoiceField(
                label=f"Likelihood {score.likelihood}, impact {score.impact}", choices=Band.choices
            )
        self.order_fields([*(cell_field(score) for score in CELLS), "reason"])

    @property
    def lines(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The boxes as the matrix lies: the likeliest first, from the mildest impact to the worst."""
        return [
            (likelihood, [self[cell_field(Score(likelihood, impact))] for impact in STEPS])
            for likelihood in reversed(STEPS)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        bands = {score: data.pop(cell_field(score), None) for score in CELLS}
        if not all(bands.values()):
            return data
        matrix = Matrix({score: Band(band) for score, band in bands.items()})
        for one, other in matrix.backward_steps():
            name = cell_field(other)
            if name not in self.errors:  # one neighbour is enough to say what is wrong
                worse = matrix.band(one).label.lower()
                self.add_error(
                    name, f"Milder than likelihood {one.likelihood}, impact {one.impact}, which is {worse}"
                )
        return data | {"bands": matrix.bands}


def _months(label: str, words: str = "") -> WholeNumber:
    return WholeNumber(label=label, most=LONGEST, help_text=words)


class IntervalsForm(forms.Form):
    review_months_severe = _months("Months between reviews of a severe risk")
    review_months_high = _months("Months between reviews of a high risk")
    review_months_medium = _months("Months between reviews of a medium risk")
    review_months_low = _months("Months between reviews of a low risk")
    review_months_not_scored = _months("Months between reviews of a risk not yet scored")
    untouched_months = _months(
        "Months without any change after which a risk is called untouched", "Of the risk and of its actions."
    )
    acceptance_months = _months("Longest time for which a risk is accepted, in months")
    reason = ReasonField()
