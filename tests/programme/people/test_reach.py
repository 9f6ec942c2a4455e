"""Whether somebody may still read all that they might before: by their appointments, never by their name."""

import pytest

from programme.people.choices import Role
from programme.people.reach import reach, reaches
from programme.people.standing import Standing

PROGRAMME, DIGITAL, COMMERCIAL = 1, 2, 3


def holding(*roles: tuple[str, int]) -> Standing:
    by_place: dict[int, frozenset[str]] = {}
    for role, place in roles:
        by_place[place] = by_place.get(place, frozenset()) | {role}
    return Standing(by_place)


MANAGER = holding((Role.PROGRAMME_MANAGER, PROGRAMME))
LEAD = holding((Role.WORKSTREAM_LEAD, DIGITAL))
LEAD_OF_TWO = holding((Role.WORKSTREAM_LEAD, DIGITAL), (Role.WORKSTREAM_LEAD, COMMERCIAL))
ELSEWHERE = holding((Role.WORKSTREAM_LEAD, COMMERCIAL))
MEMBER = holding((Role.GROUP_MEMBER, DIGITAL))
STAFF = holding((Role.STAFF, PROGRAMME))
AUDITOR = holding((Role.AUDITOR, PROGRAMME))
NOBODY = holding()


@pytest.mark.parametrize(
    ("then", "now"),
    [(LEAD, LEAD), (LEAD, LEAD_OF_TWO), (LEAD, MANAGER), (MEMBER, LEAD), (STAFF, MEMBER), (MANAGER, AUDITOR)],
)
def test_as_much_or_more_still_reaches(then, now):
    assert reaches(now, reach(then))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (MANAGER, LEAD),
        (LEAD_OF_TWO, LEAD),
        (LEAD, ELSEWHERE),
        (LEAD, MEMBER),
        (MEMBER, STAFF),
        (STAFF, NOBODY),
        (AUDITOR, STAFF),
    ],
)
def test_less_or_other_does_not(then, now):
    assert not reaches(now, reach(then))
