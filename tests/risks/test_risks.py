"""Risks: raised, changed, withdrawn; half a score refused; who may do and see what."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from programme.foundation.history import MissingReason, Stale
from programme.people.grants import GRANTS
from risks.actions import issues, risks
from risks.actions.risks import Planned
from risks.choices import ReviewOutcome
from risks.models import Review, Risk, RiskAction, RiskMilestone
from risks.models.scored import KINDS
from tests.cast import written

DAY = datetime.date
EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [4],
    "exempt_reason": "Talks with the trade unions are not finished.",
    "exempt_review": DAY(2023, 3, 31),
}


@pytest.fixture
def milestone(crm):
    from programme.plan.models import Activity

    def make(ref="DIG-01-M01", kind="milestone", **facts):
        facts = {"project": crm, "kind": kind, "name": "Portal live"} | facts
        return written(Activity(ref=ref, forecast_finish=DAY(2023, 1, 1), **facts))

    return make


def test_a_risk_is_raised_in_the_next_number(digital, make_risk, lead_digital, today):
    make_risk("R-999")
    words = {"cause": "One supplier", "event": "The contract ends", "effect": "No portal"}
    risk = risks.raise_risk(
        scope=digital.scope, title="Supplier leaves", by=lead_digital, reason="Raised", **words
    )
    assert (risk.ref, risk.status, risk.raised_on) == ("R-1000", "open", today)
    assert (risk.last_reviewed, risk.review_due) == (None, DAY(2022, 10, 1)), "not yet scored: monthly"
    assert not Review.objects.exists()
    again = risks.raise_risk(scope=digital.scope, title="Another", by=lead_digital, reason="Raised")
    assert again.ref == "R-1001"


def test_a_risk_raised_with_scores_begins_its_path(digital, lead_digital, today):
    scores = {"current_likelihood": 4, "current_impact": 5, "inherent_likelihood": 5, "inherent_impact": 5}
    risk = risks.raise_risk(
        scope=digital.scope, title="Supplier leaves", by=lead_digital, reason="Seen", **scores
    )
    [first] = risk.reviews.all()
    assert (first.outcome, first.scores) == (ReviewOutcome.FIRST_SCORED, risk.scores)
    assert (risk.last_reviewed, risk.review_due) == (today, DAY(2022, 10, 1))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["likelihood", "impact"])
def test_half_a_score_is_refused_at_the_missing_half(digital, lead_digital, today, kind, part):
    missing = {"likelihood": "impact", "impact": "likelihood"}[part]
    with pytest.raises(ValidationError) as refused:
        risks.raise_risk(
            scope=digital.scope, title="Half", by=lead_digital, reason="Raised", **{f"{kind}_{part}": 3}
        )
    assert set(refused.value.message_dict) == {f"{kind}_{missing}"}
    assert not Risk.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("likelihood", "impact"), [("3", "NULL"), ("NULL", "3"), ("0", "3"), ("3", "6")])
def test_half_a_score_is_refused_by_the_database(make_risk, lead_digital, today, kind, likelihood, impact):
    risk = make_risk(**{kind: (2, 2)})
    values = f"{kind}_likelihood = {likelihood}, {kind}_impact = {impact}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE risks_risk SET {values} WHERE id = %s", [risk.pk])  # noqa: S608
    review = {f"{kind}_likelihood": 3, "outcome": "confirmed", "words": "x", "reviewed_on": today}
    with pytest.raises(ValidationError, match="Half a score"):
        Review(risk=risk, reviewer=lead_digital, **review).record(by=lead_digital, reason="Half")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"current_likelihood": 6, "current_impact": 1}, "current_likelihood"),
        ({"raised_on": DAY(2022, 9, 2)}, "raised_on"),
        ({"proximity": "soon"}, "proximity"),
        ({"response": "treat"}, "response"),
        ({"ref": "X-1"}, "ref"),
        ({"version": 3}, None),
        ({"status": "closed"}, None),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(digital, lead_digital, today, facts, field):
    facts = {"title": "Supplier leaves"} | facts
    with pytest.raises(ValidationError) as refused:
        risks.raise_risk(scope=digital.scope, by=lead_digital, reason="Raised", **facts)
    assert field is None or field in refused.value.message_dict
    assert not Risk.objects.exists()


def test_a_risk_lies_on_no_body(board, programme_manager, make_risk):
    with pytest.raises(ValidationError, match="lies on the programme"):
        risks.raise_risk(scope=board.scope, title="Astray", by=programme_manager, reason="Raised")
    with pytest.raises(ValidationError, match="lies on the programme"):
        risks.change(make_risk(), scope=board.scope, by=programme_manager, reason="Moved")


def test_a_reference_is_given_once(digital, make_risk, lead_digital):
    make_risk("R-001")
    with pytest.raises(ValidationError, match="not free"):
        risks.raise_risk(scope=digital.scope, title="T", ref="R-001", by=lead_digital, reason="Raised")


def test_a_risk_is_raised_as_treated_with_its_actions(digital, lead_digital, risk_owner, today):
    planned = [Planned("Second supplier", risk_owner, DAY(2022, 12, 1))]
    risk = risks.raise_risk(
        scope=digital.scope, title="T", response="treat", actions=planned, by=lead_digital, reason="Raised"
    )
    assert [(one.what, one.owner) for one in risk.actions.all()] == [("Second supplier", risk_owner)]


# Changed


def test_a_change_is_tracked_and_keeps_the_scores(make_risk, lead_digital, category, risk_owner):
    risk = make_risk(current=(3, 4))
    kind = category()
    risks.change(risk, owner=risk_owner, category=kind, title="New", by=lead_digital, reason="Clearer")
    assert (risk.owner, risk.category, risk.title, risk.version) == (risk_owner, kind, "New", 2)
    assert risk.changes()[0].reason == "Clearer"
    for facts in ({"current_likelihood": 1}, {"status": "closed"}, {"review_due": None}):
        with pytest.raises(ValidationError, match="not changed here"):
            risks.change(risk, by=lead_digital, reason="Round the back", **facts)


def test_a_change_needs_a_reason_and_the_newest_copy(make_risk, lead_digital, sro, fresh):
    risk = make_risk()
    stale = fresh(risk)
    with pytest.raises(MissingReason):
        risks.change(risk, title="New", by=lead_digital, reason=" ")
    risks.change(fresh(risk), title="New", by=lead_digital, reason="Clearer")
    with pytest.raises(Stale):
        risks.change(stale, title="Other", by=sro, reason="Mine")
    assert fresh(risk).title == "New"


def test_people_but_for_the_owner_and_milestones_are_replaced(
    make_risk, lead_digital, risk_owner, pm_crm, staff, milestone
):
    risk, first, second = make_risk(owner=risk_owner), milestone("DIG-01-M01"), milestone("DIG-01-M02")

    def set_to(people, points):
        risks.change(risk, contributors=people, milestones=points, by=lead_digital, reason="Known now")
        named = {row.person for row in risk.contributors.live()}
        return named, {row.activity for row in risk.milestones.live()}

    assert set_to([pm_crm, staff, risk_owner], [first]) == ({pm_crm, staff}, {first})
    assert set_to([staff], [second]) == ({staff}, {second})
    assert set_to([pm_crm], [first, second]) == ({pm_crm}, {first, second})
    assert set_to([], []) == (set(), set())


def test_only_milestones_of_the_plan_are_linked(make_risk, lead_digital, milestone):
    activity = milestone("DIG-01-A01", "activity", forecast_start=DAY(2022, 12, 1))
    gone = milestone("DIG-01-M03", withdrawn=True)
    for one in (activity, gone):
        with pytest.raises(ValidationError) as refused:
            risks.change(make_risk(f"R-{one.pk:03}"), milestones=[one], by=lead_digital, reason="Linked")
        assert "milestones" in refused.value.message_dict
    assert not RiskMilestone.objects.exists()


def test_treating_needs_an_action(make_risk, lead_digital, risk_owner):
    risk = make_risk()
    with pytest.raises(ValidationError) as refused:
        risks.change(risk, response="treat", by=lead_digital, reason="We act")
    assert "needs at least one action" in refused.value.message_dict["response"][0]
    written(RiskAction(risk=risk, what="Act", owner=risk_owner, due=DAY(2022, 12, 1)))
    risks.change(Risk.objects.get(), response="treat", by=lead_digital, reason="We act")


def test_tolerating_above_appetite_needs_an_acceptance(make_risk, lead_digital, category):
    within = make_risk("R-001", (3, 4), category=category("Delivery", 12))
    above = make_risk("R-002", (3, 4), category=category("Money", 11))
    risks.change(within, response="tolerate", by=lead_digital, reason="Small enough")
    with pytest.raises(ValidationError, match="needs an acceptance"):
        risks.change(above, response="tolerate", by=lead_digital, reason="Small enough")


def test_a_risk_is_put_into_no_category_that_is_out_of_use_and_keeps_its_own(
    digital, make_risk, lead_digital, category, today
):
    own, other = category("Delivery"), category("Legal")
    risk = make_risk(category=own)
    for one in (own, other):
        one.withdraw(by=lead_digital, reason="Not used")
    with pytest.raises(ValidationError, match="not in use any more"):
        risks.raise_risk(scope=digital.scope, title="Late", category=other, by=lead_digital, reason="Seen")
    risks.change(risk, category=own, cause="Two systems", by=lead_digital, reason="Known now")
    with pytest.raises(ValidationError, match="not in use any more"):
        risks.change(risk, category=other, by=lead_digital, reason="Moved")


def test_an_issue_follows_its_risk_into_exemption(make_risk, lead_digital, today, fresh):
    risk = make_risk()
    facts = {"scope": risk.scope, "title": "Strike", "what_happened": "It began.", "severity": "major"}
    issue = issues.raise_issue(risk=risk, by=lead_digital, reason="It happened", **facts)
    withdrawn = issues.raise_issue(risk=risk, by=lead_digital, reason="It happened", **facts)
    issues.withdraw(withdrawn, by=lead_digital, reason="Raised twice")
    risks.change(risk, by=lead_digital, reason="Talks", **EXEMPT)
    assert fresh(issue).classification == "exempt"
    assert fresh(withdrawn).classification == "exempt"
    with pytest.raises(ValidationError, match="Its risk is exempt"):
        issues.change(fresh(issue), classification="internal", by=lead_digital, reason="Tell them")


def test_a_withdrawn_risk_takes_its_actions_along(make_risk, lead_digital, risk_owner, today, fresh):
    risk = make_risk()
    action = written(RiskAction(risk=risk, what="Act", owner=risk_owner, due=DAY(2022, 12, 1)))
    risks.withdraw(risk, by=lead_digital, reason="A duplicate")
    assert (risk.withdrawn, risk.review_due, fresh(action).withdrawn) == (True, None, True)
    assert risk.status_words == "Withdrawn"
    for move in (risks.withdraw, risks.change):
        with pytest.raises(ValidationError, match="was withdrawn"):
            move(risk, by=lead_digital, reason="Again")


# Who


def test_who_keeps_a_risk(
    make_risk,
    lead_digital,
    lead_commercial,
    pm_crm,
    sro,
    programme_manager,
    auditor,
    staff,
    group_member,
    crm,
):
    of_workstream, of_project = make_risk("R-001"), make_risk("R-002", scope=pm_crm.appointments.get().scope)

    def may(permission, risk):
        everybody = {
            "lead": lead_digital,
            "other lead": lead_commercial,
            "pm": pm_crm,
            "sro": sro,
            "office": programme_manager,
            "auditor": auditor,
            "staff": staff,
            "member": group_member,
        }
        return {name for name, user in everybody.items() if user.has_perm(permission, risk)}

    assert may("risks.change_risk", of_workstream) == {"lead", "office"}
    assert may("risks.change_risk", of_project) == {"lead", "pm", "office"}
    assert may("risks.mitigate", of_workstream) == {"lead", "office", "member"}
    assert may("risks.accept", of_workstream) == {"lead", "sro", "office"}
    assert may("risks.keep_settings", None) == may("risks.change_many", None) == {"office"}
    assert "staff" not in may("risks.view_risks", None)


def test_an_auditor_only_sees():
    of_risks = {name for name in GRANTS["auditor"] if name.startswith("risks.")}
    assert of_risks == {"risks.view_risks"}


def test_a_risk_owner_keeps_what_is_theirs(make_risk, risk_owner, lead_digital):
    mine, other = make_risk("R-001", owner=risk_owner), make_risk("R-002", owner=lead_digital)
    assert risk_owner.has_perm("risks.change_risk", mine)
    assert not risk_owner.has_perm("risks.change_risk", other)
    assert not risk_owner.has_perm("risks.accept", mine)


def test_who_sees_an_exempt_risk(
    make_risk, lead_digital, lead_commercial, risk_owner, auditor, group_member, staff, milestone
):
    risk = make_risk(owner=risk_owner, **EXEMPT)
    written(RiskMilestone(risk=risk, activity=milestone()))
    for user in (lead_digital, risk_owner, auditor):
        assert Risk.objects.visible_to(user).get() == risk
        assert RiskMilestone.objects.visible_to(user).exists()
        assert risk.stood_visible_to(user)
    for user in (lead_commercial, group_member, staff):
        assert not Risk.objects.visible_to(user)
        assert not RiskMilestone.objects.visible_to(user)
        assert not risk.stood_visible_to(user)


def test_a_link_to_a_milestone_nobody_may_know_of_is_not_seen(
    make_risk, make_project, commercial, milestone, lead_digital, auditor
):
    hidden = make_project(commercial, "COM-05", "Share of a company", **EXEMPT)
    written(RiskMilestone(risk=make_risk(), activity=milestone("COM-05-M01", project=hidden)))
    assert RiskMilestone.objects.visible_to(auditor).exists()
    assert not RiskMilestone.objects.visible_to(lead_digital).exists()
