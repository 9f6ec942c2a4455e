"""References number themselves, and two people who ask at once get two numbers."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from programme.portfolio.references import ATTEMPTS, following, numbered


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "TB-2022-001"),
        (["TB-2022-001"], "TB-2022-002"),
        (["TB-2022-014", "TB-2022-003"], "TB-2022-015"),
        (["TB-2022-999"], "TB-2022-1000"),
        (["TB-2021-007", "EX-2022-009"], "TB-2022-001"),
        (["TB-2022-draft", "TB-2022-٣"], "TB-2022-001"),
    ],
)
def test_the_next_reference_follows_the_highest_of_its_year(taken, expected):
    assert following("TB-2022-", taken, width=3) == expected


@given(st.sets(st.integers(1, 5_000)))
def test_the_next_reference_is_always_free_and_above_all_others(numbers):
    taken = {f"DIG-{number:02}" for number in numbers}
    found = following("DIG-", taken, width=2)
    assert found not in taken
    assert int(found.removeprefix("DIG-")) > max(numbers, default=0)


@pytest.mark.django_db
def test_when_somebody_else_takes_the_number_the_following_one_is_tried():
    taken: list[str] = []

    def write(reference: str) -> str:
        if len(taken) < 3:
            taken.append(reference)  # somebody else was quicker
            raise IntegrityError("UNIQUE")
        return reference

    assert numbered(write, stem="TB-2022-", taken=lambda: taken, width=3) == "TB-2022-004"


@pytest.mark.django_db
def test_another_refusal_is_passed_on_at_once():
    tries = []

    def write(reference: str) -> str:
        tries.append(reference)
        raise ValidationError({"question": "Say what was decided."})

    with pytest.raises(ValidationError, match="what was decided"):
        numbered(write, stem="TB-2022-", taken=list, width=3)
    assert tries == ["TB-2022-001"]


@pytest.mark.django_db
def test_it_does_not_try_for_ever():
    taken: list[str] = []

    def write(reference: str) -> str:
        taken.append(reference)
        raise IntegrityError("UNIQUE")

    with pytest.raises(IntegrityError):
        numbered(write, stem="TB-2022-", taken=lambda: taken, width=3)
    assert len(taken) == ATTEMPTS
