"""What the programme office settles for all risks: categories, words of the scales, matrix, intervals.

Whatever moves a band or an interval also moves the days on which reviews fall due, from today on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programme.people.models import User

from ..choices import Band
from ..models import Acceptance, MatrixCell, Risk, RiskCategory, RiskSettings, ScaleStep
from ..reading import holding
from ..rules.scoring import CELLS, Score

OF_A_CATEGORY = {"name", "covers", "appetite", "highest_tolerated", "position"}
INTERVALS = {
    "review_months_severe",
    "review_months_high",
    "review_months_medium",
    "review_months_low",
    "review_months_not_scored",
    "untouched_months",
    "acceptance_months",
}


@transaction.atomic
def add_category(*, by: User, reason: str, **facts: Any) -> RiskCategory:
    """Adds a category with its appetite, at the end of the list. Raises ``ValidationError``."""
    last = RiskCategory.objects.aggregate(last=Max("position"))["last"] or 0
    return RiskCategory(**{"position": last + 1} | facts).record(by=by, reason=reason)


@transaction.atomic
def change_category(category: RiskCategory, *, by: User, reason: str, **facts: Any) -> RiskCategory:
    """Changes a category or its appetite: which risks are outside it follows at once.

    Raises ``ValidationError`` or ``Stale``.
    """
    _refuse_unknown(facts, OF_A_CATEGORY)
    if category.withdrawn:
        raise ValidationError("This category was withdrawn and is not changed any more.")
    for field, value in facts.items():
        setattr(category, field, value)
    return category.record(by=by, reason=reason)


@transaction.atomic
def withdraw_category(category: RiskCategory, *, by: User, reason: str) -> RiskCategory:
    """Takes a category out of use, once no risk that may still happen is in it.

    Raises ``ValidationError`` or ``Stale``.
    """
    if category.withdrawn:
        raise ValidationError("This category was withdrawn already.")
    list(RiskCategory.objects.select_for_update().filter(pk=category.pk))  # nobody puts a risk into it now
    inside = Risk.objects.standing().filter(category=category).count()
    if inside:
        there = "1 risk is in it: move it" if inside == 1 else f"{inside} risks are in it: move them"
        raise ValidationError(f"{there} to another category first.")
    return category.withdraw(by=by, reason=reason)


def change_step(step: ScaleStep, *, word: str, meaning: str, by: User, reason: str) -> ScaleStep:
    """Changes the word and the sentence of one step of a scale. Raises ``ValidationError`` or ``Stale``."""
    step.word, step.meaning = word, meaning
    return step.record(by=by, reason=reason)


@transaction.atomic
def change_matrix(kept: RiskSettings, *, bands: Mapping[Score, str], by: User, reason: str) -> int:
    """Gives cells of the matrix another band; cells left out keep theirs. Past dates keep the old matrix.

    ``kept`` is the row of settings as it was shown: whoever changes the matrix at the same time is told so.
    Gives how many risks are due for review on another day by it.
    Raises ``ValidationError`` where nothing would change or a band is none, or ``Stale``.
    """
    cells = {cell.score: cell for cell in MatrixCell.objects.all()}
    wanted = {score: bands.get(score, cells[score].band) for score in CELLS}
    if set(bands) - set(CELLS) or not set(wanted.values()) <= set(Band.values):
        raise ValidationError("Choose a band for every cell of the matrix.")
    changed = [cell for score, cell in cells.items() if cell.band != wanted[score]]
    if not changed:
        raise ValidationError("Nothing of the matrix would change.")
    kept.record(by=by, reason=reason)
    for cell in changed:
        cell.band = wanted[cell.score]
    MatrixCell.objects.bulk_record(changed, by=by, reason=reason)
    return _set_reviews(by=by, reason=reason)


@transaction.atomic
def change_intervals(kept: RiskSettings, *, by: User, reason: str, **months: int) -> int:
    """Settles how often risks are reviewed, what counts as untouched and how long an acceptance may hold.

    Gives how many risks are due for review on another day by it. Raises ``ValidationError`` at the field
    that is wrong, or ``Stale``.
    """
    _refuse_unknown(months, INTERVALS)
    for field, value in months.items():
        setattr(kept, field, value)
    kept.record(by=by, reason=reason)
    return _set_reviews(by=by, reason=reason)


def _set_reviews(*, by: User, reason: str) -> int:
    """Stores when each risk is due by what is settled now; those for which nothing moves stay as they are."""
    held = holding.ruling()
    in_force = {one.risk_id: one for one in Acceptance.objects.in_force(held.today)}
    moved = []
    for risk in Risk.objects.standing().order_by("pk"):
        due = holding.next_review(risk, in_force.get(risk.pk), held)
        if due != risk.review_due:
            risk.review_due = due
            moved.append(risk)
    # Only a date that was worked out here is written, so that no row needs asking again.
    Risk.objects.bulk_record(moved, by=by, reason=reason, clean=False)
    return len(moved)


def _refuse_unknown(facts: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(facts) - known:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
