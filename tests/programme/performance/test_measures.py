"""Measures are added, changed, confirmed and withdrawn, each with who and why."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programme.foundation.history import Stale
from programme.people.models import User
from programme.performance.actions import measures
from programme.performance.models import Measure, TrajectoryPoint

pytestmark = pytest.mark.django_db
SPRING, SUMMER = datetime.date(2023, 3, 31), datetime.date(2023, 6, 30)


def way(measure: Measure) -> dict[datetime.date, Decimal]:
    return dict(measure.trajectory.live().values_list("date", "value"))


def test_measures_number_themselves_and_lie_in_the_workstream_of_their_home(measure, crm, programme_scope):
    of_workstream, of_project, of_all = (
        measure(),
        measure(home=crm.scope),
        measure(home=programme_scope),
    )
    assert [one.ref for one in (of_workstream, of_project, of_all)] == ["M-001", "M-002", "M-003"]
    assert of_workstream.workstream == of_project.workstream == crm.workstream
    assert of_all.workstream is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"direction": "sideways"}, "direction"),
        ({"unit": ""}, "unit"),
        ({"source_document": ""}, "source_document"),
        ({"target_date": datetime.date(1066, 10, 14), "target": Decimal(1)}, "target_date"),
        ({"trajectory": {SPRING: Decimal(1)}, "baseline": Decimal(1), "baseline_date": SUMMER}, "trajectory"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(facts, field, measure):
    with pytest.raises(ValidationError) as refused:
        measure(**facts)
    assert list(refused.value.message_dict) == [field]
    assert not Measure.objects.exists()


@pytest.mark.parametrize("figure", ["baseline", "target"])
def test_a_date_without_its_figure_is_refused(figure, measure):
    with pytest.raises(ValidationError, match=f"A date of the {figure} needs the {figure}"):
        measure(**{f"{figure}_date": SPRING})


def test_a_changed_figure_has_to_be_confirmed_anew(measure, programme_manager):
    one = measures.confirm(measure(target=Decimal(90)), by=programme_manager, reason="Read in section 5")
    assert one.confirmed_by == programme_manager

    measures.change(one, name="Contact without a call", by=programme_manager, reason="Clearer")
    assert one.confirmed_by == programme_manager
    measures.change(one, target=Decimal(95), by=programme_manager, reason="The board asked for more")
    assert one.confirmed_by is None


def test_nothing_can_be_confirmed_where_nothing_is_known(measure, programme_manager):
    with pytest.raises(ValidationError, match="neither a baseline nor a target"):
        measures.confirm(measure(), by=programme_manager, reason="Looked at")


def test_a_new_trajectory_replaces_the_one_before_and_touches_only_what_differs(measure, programme_manager):
    one = measure(trajectory={SPRING: Decimal(70), SUMMER: Decimal(80)})
    autumn = datetime.date(2023, 9, 30)
    written = TrajectoryPoint.history.count()

    points = {SUMMER: Decimal(80), autumn: Decimal(85)}
    measures.change(one, trajectory=points, by=programme_manager, reason="Begins later")

    assert way(one) == points
    assert TrajectoryPoint.history.count() == written + 2  # one withdrawn, one new
    assert TrajectoryPoint.objects.get(date=SPRING).withdrawn


def test_moving_home_moves_the_workstream(measure, commercial, programme_manager):
    one = measures.change(measure(), home=commercial.scope, by=programme_manager, reason="It is theirs")
    assert (one.scope, one.workstream) == (commercial.scope, commercial)


def test_the_reference_is_not_changed_and_a_withdrawn_measure_is_left_alone(measure, programme_manager):
    one, who = measure(target=Decimal(90), trajectory={SPRING: Decimal(70)}), {"by": programme_manager}
    with pytest.raises(ValidationError, match="not changed here: ref"):
        measures.change(one, ref="M-099", reason="Nicer", **who)

    measures.withdraw(one, reason="Nobody counts it", **who)
    assert way(one) == {}
    for move in (measures.change, measures.confirm, measures.withdraw):
        with pytest.raises(ValidationError, match="was withdrawn"):
            move(one, reason="Again", **who)


def test_of_two_who_change_at_once_the_second_is_told(measure, programme_manager):
    first = measure()
    second = Measure.objects.get(pk=first.pk)
    measures.change(first, name="One", by=programme_manager, reason="First")
    with pytest.raises(Stale):
        measures.change(second, name="Two", by=programme_manager, reason="Second")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("programme_manager", 2), ("lead_agile", 1), ("lead_digital", 2), ("group_member", 1), ("staff", 0)],
)
def test_exempt_measures_are_seen_where_exempt_material_is(who, sees, measure, request):
    measure(classification="open")
    exempt = {"exempt_paragraphs": [4], "exempt_reason": "Consultation", "exempt_review": SPRING}
    hidden = measure(classification="exempt", trajectory={SUMMER: Decimal(1)}, **exempt)
    viewer: User = request.getfixturevalue(who)
    assert Measure.objects.visible_to(viewer).count() == sees
    assert TrajectoryPoint.objects.visible_to(viewer).filter(measure=hidden).count() == (sees == 2)
