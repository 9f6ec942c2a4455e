"""The register of decisions: entered once, numbered, corrected in the open."""

import datetime
import sqlite3
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from programme.people.models import User
from programme.portfolio.actions import decisions
from programme.portfolio.models import Body, Decision

DAY = datetime.date(2022, 9, 20)
FACTS = {"date": DAY, "question": "Shall it?", "outcome": "approved", "reasons": "It should."}
WHY = {"reason": "From the minutes"}


@pytest.mark.django_db
def test_decisions_are_numbered_by_their_year(board, sro):
    first = decisions.enter(body=board, by=sro, **FACTS, **WHY)
    second = decisions.enter(body=board, by=sro, **FACTS, **WHY)
    earlier = decisions.enter(body=board, by=sro, **FACTS | {"date": datetime.date(2021, 11, 23)}, **WHY)

    assert [one.reference for one in (first, second, earlier)] == [
        "TB-2022-001",
        "TB-2022-002",
        "TB-2021-001",
    ]
    assert first.classification == "internal"


@pytest.mark.django_db
def test_a_reference_from_the_paper_is_kept_and_the_next_follows_it(board, sro):
    kept = decisions.enter(body=board, reference="TB-2022-014", by=sro, **FACTS, **WHY)
    assert kept.reference == "TB-2022-014"
    assert decisions.enter(body=board, by=sro, **FACTS, **WHY).reference == "TB-2022-015"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reference": "TB-2022-014"}, "reference"),
        ({"reference": "TB/2022/014"}, "reference"),
        ({"reference": "../../x"}, "reference"),
        ({"question": ""}, "question"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"date": datetime.date(2090, 1, 1)}, "date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(facts, field, board, sro):
    decisions.enter(body=board, reference="TB-2022-014", by=sro, **FACTS, **WHY)
    with pytest.raises(ValidationError) as refused:
        decisions.enter(body=board, by=sro, **FACTS | facts, **WHY)
    assert list(refused.value.message_dict) == [field]
    assert Decision.objects.count() == 1


@pytest.mark.django_db
def test_a_correction_stands_in_the_history(decide, programme_manager):
    decision = decide()
    decisions.correct(decision, reasons="As minuted.", by=programme_manager, reason="A word was missing")

    change = decision.changes()[0]
    assert [(field.old, field.new) for field in change.fields] == [("The case is made.", "As minuted.")]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["reference", "body"])
def test_reference_and_body_stay(field, decide, programme_manager):
    with pytest.raises(ValidationError, match="do not change"):
        decisions.correct(decide(), by=programme_manager, **{field: "x"}, **WHY)


@pytest.mark.django_db
def test_a_decision_that_a_stage_stands_on_goes_on_approving(
    decide, make_project, digital, programme_manager
):
    decision = decide()
    make_project(digital, "DIG-02", stage="delivery", stage_decision=decision)

    with pytest.raises(ValidationError) as refused:
        decisions.correct(decision, outcome="rejected", by=programme_manager, **WHY)
    assert list(refused.value.message_dict) == ["outcome"]
    decision.refresh_from_db()
    decisions.correct(decision, outcome="approved_with_conditions", by=programme_manager, **WHY)


@pytest.mark.django_db
def test_the_register_is_read_by_working_roles_and_exempt_entries_by_those_who_may(
    decide, exempt, staff, lead_digital, auditor, sro
):
    decide(classification="open")
    decide("TB-2022-002")
    decide("TB-2022-003", **exempt)

    def seen(user):
        return Decision.objects.visible_to(user).count()

    assert [seen(user) for user in (staff, lead_digital, auditor, sro)] == [0, 2, 3, 3]


@pytest.fixture
def shared_database(real_transactions, board, sro, tmp_path):
    """A database that threads share as processes do: on SQLite a file of its own, filled from this one."""
    if connection.vendor != "sqlite":
        yield
        return
    file = tmp_path / "portal.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(file)
    yield
    settings["NAME"] = before


def test_four_people_who_enter_at_once_get_four_numbers(shared_database):
    """Nothing is refused, and no number is given twice or left out."""
    start, done = threading.Barrier(4), []

    def enter():
        try:
            start.wait(timeout=20)
            for _ in range(3):
                facts = {"body": Body.objects.get(), "by": User.objects.get(username="sro")}
                done.append(decisions.enter(**facts, **FACTS, **WHY).reference)
        except Exception as trouble:
            done.append(repr(trouble))
        finally:
            connection.close()

    people = [threading.Thread(target=enter) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(done) == [f"TB-2022-{number:03}" for number in range(1, 13)]
