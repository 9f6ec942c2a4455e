"""Questions put into SQL once."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from programme.foundation.prepared import DAY, NUMBER, Prepared
from programme.people.models import Appointment, Scope, User


@pytest.fixture
def roles() -> Prepared:
    rows = Appointment.objects.order_by("pk").values_list("role", "scope__key")
    return Prepared(lambda: rows.filter(person=NUMBER, starts__lte=DAY))


def test_each_time_it_is_asked_with_other_values(roles: Prepared, staff: User, sro: User) -> None:
    day = datetime.date(2022, 12, 1)
    assert roles({NUMBER: staff.pk, DAY: day}) == [("staff", "transforming-east-herts")]
    assert [role for role, _ in roles({NUMBER: sro.pk, DAY: day})] == ["sro"]
    assert roles({NUMBER: sro.pk, DAY: datetime.date(2001, 1, 1)}) == []


@pytest.mark.parametrize("given", [{}, {NUMBER: 1}, {DAY: datetime.date(2022, 12, 1)}])
def test_a_stand_in_is_never_asked_for_itself(given: dict, roles: Prepared, db: None) -> None:
    with pytest.raises(ValueError, match="needs"):
        roles(given)


def test_a_value_that_nobody_asked_for_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="nothing"):
        Prepared(lambda: Scope.objects.values_list("pk"))({NUMBER: 1})


def test_what_nothing_can_answer_is_not_asked(
    db: None, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):
        assert Prepared(lambda: Scope.objects.none().values_list("pk"))() == []
