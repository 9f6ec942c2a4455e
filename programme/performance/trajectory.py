"""What a measure should read on its way from baseline to target. Pure rules.

Source: the domain's "Measures (KPIs)": a measure has a target or a trajectory.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from programme.foundation.columns import day_in_words

MOST = 60  # five years of months


def refusal(
    points: Mapping[datetime.date, Decimal],
    *,
    baseline_date: datetime.date | None,
    target_date: datetime.date | None,
) -> str:
    """The first thing that cannot be about these points, as a sentence; empty where all is well."""
    if len(points) > MOST:
        return f"A trajectory has {MOST} points at most."
    for day in sorted(points):
        if baseline_date and day <= baseline_date:
            return f"{day_in_words(day)} is not after the baseline, {day_in_words(baseline_date)}."
        if target_date and day > target_date:
            return f"{day_in_words(day)} is after the target, {day_in_words(target_date)}."
        if target_date and day == target_date:
            return f"What it should read on {day_in_words(day)} is the target itself: leave the line out."
    return ""
