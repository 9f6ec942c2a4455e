"""Benefits whose measure says something else than finance agreed: read from the measures' own history.

A measure lies below and knows no benefit, so nothing tells finance when its baseline moves: whoever opens a
page looks for it here.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Q

from programme.foundation import calendar
from programme.people.models import User
from programme.performance.models import Measure

from ..choices import Status
from ..models import Benefit
from ..rules import lifecycle
from ..rules.agreed import Measured, departures

HELD = lifecycle.AGREED - {Status.CLOSED}  # a closed benefit is past: its measure may move on


def moved(user: User, benefit: Benefit | None = None) -> dict[int, tuple[str, ...]]:
    """By the number of the benefit how its measure has moved from what finance agreed, in sentences.

    Of all benefits that ``user`` may see, or of one. One query where no measure was written since.
    """
    rows = Benefit.objects.visible_to(user).live().filter(status__in=HELD)
    if benefit is not None:
        rows = rows.filter(pk=benefit.pk)
    # A measure of one version was never changed, so there is nothing that could have moved.
    since = Q(agreed_version=None, measure__version__gt=1) | Q(agreed_version__lt=F("measure__version"))
    found = list(rows.filter(since, measure__isnull=False).order_by("position", "ref"))
    if not found:
        return {}
    seen = Measure.objects.visible_to(user).live()
    measures = seen.in_bulk([one.measure_id for one in found if one.measure_id])
    agreed = _agreed(found)
    departed = {
        one.pk: _departures(agreed[one.pk], measures[one.measure_id], user)
        for one in found
        if one.pk in agreed and one.measure_id in measures
    }
    return {key: sentences for key, sentences in departed.items() if sentences}


def _departures(agreed: tuple[Any, datetime.date], measure: Measure, user: User) -> tuple[str, ...]:
    row, day = agreed
    then = row.instance
    if not then.stood_visible_to(user):
        words = calendar.in_words(day)
        return (f"The measure agreed on {words} was changed since: finance has not agreed that.",)
    return departures(_measured(then), _measured(measure), day)


def _measured(measure: Measure) -> Measured:
    return Measured(
        baseline=measure.baseline_words,
        day=measure.baseline_date,
        unit=measure.unit,
        direction=measure.get_direction_display(),
        definition=measure.definition,
    )


def _agreed(found: list[Benefit]) -> dict[int, tuple[Any, datetime.date]]:
    """The measure's history row that finance agreed, and the day; by the number of the benefit."""
    rows: Any = Measure.history.filter(id__in={one.measure_id for one in found})
    versions: dict[int, list[Any]] = {}
    for row in rows.order_by("history_date", "history_id"):
        versions.setdefault(row.id, []).append(row)
    moments = _validated([one.pk for one in found if one.agreed_version is None])
    agreed = {}
    for one in found:
        held = versions.get(one.measure_id or 0, [])
        if one.agreed_version is not None:
            held = [row for row in held if row.version == one.agreed_version]
        elif moment := moments.get(one.pk):
            held = [row for row in held if row.history_date <= moment]
        if held:
            last = held[-1]
            moment = moments.get(one.pk, last.history_date)
            agreed[one.pk] = (last, one.agreed_on or moment.astimezone(calendar.LONDON).date())
    return agreed


def _validated(benefits: list[int]) -> dict[int, datetime.datetime]:
    """When each was validated last, of those whose agreement of before did not keep the measure's version."""
    if not benefits:
        return {}
    rows: Any = Benefit.history.filter(id__in=benefits).order_by("history_date", "history_id")
    found: dict[int, datetime.datetime] = {}
    before: dict[int, str] = {}
    for key, status, when in rows.values_list("id", "status", "history_date"):
        if status in lifecycle.AGREED and before.get(key) not in lifecycle.AGREED:
            found[key] = when
        before[key] = status
    return found
