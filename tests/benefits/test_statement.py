"""What a pack states line by line comes to what the savings page has the database add up."""

import pytest

from benefits.reading.outlook import Asked, outlook
from benefits.reading.savings import reading_of
from benefits.reading.statement import savings_statement
from benefits.rules.totals import Axis
from programme.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("axis", [Axis.YEAR, Axis.WORKSTREAM, Axis.CATEGORY])
def test_pack_and_page_come_to_the_same(story_told, axis):
    sro = User.objects.get(username="sro")
    stated, shown = savings_statement(sro).along(axis), outlook(reading_of(sro), Asked(axis=axis))
    assert stated.parts, "there is something to compare"
    assert stated.parts == shown.parts
    assert stated.gaps == shown.gaps
