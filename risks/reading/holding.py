"""What a move on a risk reads of it first: that this copy is the newest, and what the rules ask of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from programme.foundation import calendar
from programme.foundation.history import Stale

from ..models import Acceptance, MatrixCell, Risk, RiskAction, RiskCategory, RiskSettings
from ..rules import accepting, lifecycle, reviewing
from ..rules.reviewing import Intervals
from ..rules.scoring import Matrix


@dataclass(frozen=True)
class Ruling:
    """What is settled for all risks, read once for a move: three queries at most."""

    matrix: Matrix
    intervals: Intervals
    today: datetime.date


def ruling() -> Ruling:
    return Ruling(MatrixCell.objects.matrix(), RiskSettings.objects.current().intervals, calendar.today())


def hold_newest(risk: Risk) -> None:
    """Locks the risk's row until the transaction ends. Raises ``Stale`` where this copy is not the newest."""
    held = Risk.objects.select_for_update().order_by().filter(pk=risk.pk)
    if list(held.values_list("version", flat=True)) != [risk.version]:
        raise Stale(risk)


def hold(risk: Risk) -> None:
    """As :func:`hold_newest`; raises ``ValidationError`` for a risk that is withdrawn."""
    hold_newest(risk)
    if risk.withdrawn:
        raise ValidationError(f"{risk.ref} was withdrawn and is not changed any more.")


def hold_standing(risk: Risk) -> None:
    """As :func:`hold`; raises ``ValidationError`` also where the risk cannot happen any more."""
    hold(risk)
    if words := lifecycle.not_standing(risk.status):
        raise ValidationError(words)


def hold_category(risk: Risk, before: int | None = None) -> None:
    """Locks the category that a risk is put into, so that it stays in use until that is written; one that it
    was in ``before`` may be out of use. Raises ``ValidationError`` at the field."""
    if risk.category_id in (None, before):
        return
    in_use = RiskCategory.objects.to_choose().select_for_update().order_by().filter(pk=risk.category_id)
    if not in_use.exists():
        raise ValidationError({"category": "This category is not in use any more."})


def acceptance_of(risk: Risk) -> Acceptance | None:
    """The one acceptance that nothing has ended; it may have expired."""
    return Acceptance.objects.not_ended().filter(risk=risk).first()


def number_of_actions(risk: Risk) -> int:
    return RiskAction.objects.live().filter(risk=risk).count()


def is_covered(risk: Risk, acceptance: Acceptance | None, held: Ruling) -> bool:
    """Whether the acceptance covers the risk as this copy has it, today."""
    return accepting.covers(
        acceptance,
        risk.current,
        band=held.matrix.band_of(risk.current),
        outside=risk.is_outside_appetite,
        day=held.today,
    )


def next_review(risk: Risk, acceptance: Acceptance | None, held: Ruling) -> datetime.date | None:
    """When the risk is due for review; None of one that cannot happen any more."""
    if not risk.is_standing:
        return None
    holds = acceptance is not None and acceptance.ended_on is None and acceptance.expires >= held.today
    return reviewing.due(
        reviewing.last_looked_at(risk),
        held.matrix.band_of(risk.current),
        held.intervals,
        accepted_until=acceptance.expires if acceptance is not None and holds else None,
    )
