"""What is said when a measure has moved from what finance agreed, and that nothing is said otherwise."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from benefits.rules.agreed import Measured, departures

DAY, AGREED = datetime.date(2022, 4, 1), datetime.date(2022, 8, 3)
THEN = Measured("40 days", DAY, "days", "Lower is better", "Working days from application to answer.")


def test_a_measure_that_stands_as_agreed_says_nothing() -> None:
    assert not departures(THEN, THEN, AGREED)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ({"baseline": "35 days"}, "The baseline agreed on 3 August 2022 was 40 days; it is now 35 days: "),
        ({"baseline": ""}, "The baseline agreed on 3 August 2022 was 40 days; it is now not known: "),
        (
            {"day": datetime.date(2022, 7, 1)},
            "was 40 days on 1 April 2022; it is now 40 days on 1 July 2022: ",
        ),
        ({"unit": "weeks"}, "was 40 days (days); it is now 40 days (weeks): "),
        ({"direction": "Higher is better"}, "agreed that lower is better; now higher is better: "),
        ({"definition": "Calendar days."}, "The definition agreed on 3 August 2022 was changed since: "),
    ],
)
def test_whatever_moved_is_said_with_both_sides_and_the_day(now, sentence) -> None:
    (said,) = departures(THEN, replace(THEN, **now), AGREED)
    assert sentence in said
    assert said.endswith("finance has not agreed it.")
