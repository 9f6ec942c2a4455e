"""The register of decisions: entered once, numbered, corrected in the open."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.actions import decisions
from programme.portfolio.models import Body, Decision
from tests.threads import at_once, one_database

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
def test_a_decision_that_approved_dates_stand_on_goes_on_approving(decide, crm, programme_manager):
    dates, baseline = decide("TB-2022-001"), decide("TB-2022-002")
    crm.approved_finish, crm.dates_decision = DAY, dates
    crm.record(by=programme_manager, **WHY)
    plan = {"kind": "milestone", "name": "Live", "forecast_finish": DAY, "approved_finish": DAY}
    milestone = Activity(ref="DIG-01-M01", project=crm, baseline_decision=baseline, **plan)
    milestone.record(by=programme_manager, **WHY)

    for decision, words in ((dates, "approved dates of a project"), (baseline, "baseline of a plan")):
        with pytest.raises(ValidationError, match=words):
            decisions.correct(decision, outcome="rejected", by=programme_manager, **WHY)
    milestone.withdraw(by=programme_manager, **WHY)
    baseline.refresh_from_db()
    assert not decisions.correct(baseline, outcome="rejected", by=programme_manager, **WHY).approves


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


def test_four_people_who_enter_at_once_get_four_numbers(real_transactions, board, sro, tmp_path):
    """Nothing is refused, and no number is given twice or left out."""

    def enter() -> list[str]:
        facts = {"body": Body.objects.get(), "by": User.objects.get(username="sro")}
        return [decisions.enter(**facts, **FACTS, **WHY).reference for _ in range(3)]

    with one_database(tmp_path):
        done = at_once(*[enter] * 4)
    assert sorted(done) == [f"TB-2022-{number:03}" for number in range(1, 13)]
