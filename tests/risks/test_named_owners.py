"""Whoever is named as the owner of a risk or an issue keeps that one, in whatever role they work here; nobody
else's, and no longer than they are named."""

import datetime

import pytest

from programme.people.models import User
from risks.actions import issues, risks
from risks.models import Issue, Risk, RiskAction
from risks.rules.scoring import Score
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
MINE, OTHER = "/risks/R-001/", "/risks/R-002/"
# They hold no role on the place of the risk, and none of them that of a risk owner.
OWNERS = ["chief_executive", "hr", "communications", "group_member", "lead_agile", "pm_crm"]


@pytest.fixture
def again():
    """``again(user)``: the same person at the next request."""
    return lambda user: User.objects.get(pk=user.pk)


@pytest.fixture
def elsewhere(make_risk, commercial, today):
    """``elsewhere(person, **facts) -> (risk, other)`` of Be Commercial: one owned by ``person``, one not."""

    def make(owner, **facts):
        place = {"scope": commercial.scope}
        return make_risk("R-001", (3, 4), owner=owner, **place, **facts), make_risk("R-002", **place, **facts)

    return make


def review(client, page, **scores):
    shown = client.get(f"{page}review/")
    if shown.status_code != 200:
        return shown.status_code
    typed = {"current_likelihood": 2, "current_impact": 4, "reason": "Seen", **scores}
    return client.post(f"{page}review/", typed | {"version": shown.context["version"]}).status_code


@pytest.mark.parametrize("who", OWNERS)
def test_a_named_owner_reviews_and_plans_for_that_one_alone(request, sign_in, elsewhere, fresh, who):
    owner = request.getfixturevalue(who)
    risk, other = elsewhere(owner)
    client = sign_in(owner)
    assert review(client, MINE) == 302
    assert fresh(risk).current == Score(2, 4)
    planned = {"what": "Ask both", "owner": owner.pk}
    planned |= {"due": "2022-12-01", "version": fresh(risk).version}
    assert client.post(f"{MINE}actions/plan/", planned).status_code == 302
    action = RiskAction.objects.get()
    assert client.get(f"{MINE}actions/{action.pk}/complete/").status_code == 200
    assert review(client, OTHER) == 403
    assert client.post(f"{OTHER}actions/plan/", planned).status_code == 403
    assert client.post(f"{OTHER}close/", {"reason": "Over", "version": "1"}).status_code == 403
    assert fresh(other).version == 1


@pytest.mark.parametrize("who", ["group_member", "lead_agile"])
def test_of_what_is_exempt_they_know_their_own_alone(request, sign_in, elsewhere, who):
    owner = request.getfixturevalue(who)
    elsewhere(owner, **EXEMPT)
    client = sign_in(owner)
    assert client.get(MINE).status_code == 200
    assert review(client, MINE) == 302
    assert client.get(OTHER).status_code == review(client, OTHER) == 404
    assert [row.ref for row in Risk.objects.visible_to(owner)] == ["R-001"]
    assert "R-002" not in client.get("/risks/").text


def test_a_former_owner_loses_it_at_once(sign_in, elsewhere, lead_commercial, group_member, again, fresh):
    risk, _ = elsewhere(group_member, **EXEMPT)
    client = sign_in(group_member)
    assert client.get(MINE).status_code == 200
    risks.change(risk, owner=lead_commercial, by=lead_commercial, reason="Taken over")
    for page in (MINE, f"{MINE}?as_at=2022-07-31", f"{MINE}?tab=history", f"{MINE}review/"):
        assert client.get(page).status_code == 404, page
    typed = {"current_likelihood": 1, "current_impact": 1, "reason": "Late", "version": "2"}
    assert client.post(f"{MINE}review/", typed).status_code == 404
    assert not Risk.objects.visible_to(again(group_member))
    assert not Risk.objects.kept_by(again(group_member))
    assert fresh(risk).version == 2


def test_a_former_owner_of_what_is_not_exempt_still_reads_it_and_no_more(
    sign_in, elsewhere, lead_commercial, hr, fresh
):
    risk, _ = elsewhere(hr)
    risks.change(risk, owner=lead_commercial, by=lead_commercial, reason="Taken over")
    client = sign_in(hr)
    assert client.get(MINE).status_code == 200
    assert "Review</a>" not in client.get(MINE).text
    assert review(client, MINE) == 403


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff", 404)])
def test_an_auditor_changes_nothing_and_staff_see_nothing_whoever_is_named(
    request, sign_in, elsewhere, fresh, who, status
):
    owner = request.getfixturevalue(who)
    risk, _ = elsewhere(owner)
    client = sign_in(owner)
    assert review(client, MINE) == status
    typed = {"current_likelihood": 1, "current_impact": 1, "reason": "Mine", "version": "1"}
    assert client.post(f"{MINE}review/", typed).status_code == status
    assert not Risk.objects.kept_by(owner).exists()
    assert fresh(risk).version == 1


def test_nobody_is_offered_as_owner_who_could_do_nothing_with_it(
    sign_in, elsewhere, programme_manager, auditor, staff, hr
):
    elsewhere(None)
    form = sign_in(programme_manager).get(f"{MINE}change/").context["form"]
    offered = set(form.fields["owner"].queryset)
    assert hr in offered
    assert not offered & {auditor, staff}
    assert not set(form.fields["contributors"].queryset) & {auditor, staff}


def test_an_owner_grants_nobody_anything_but_their_own(elsewhere, hr):
    risk, other = elsewhere(hr)
    for permission in ("risks.accept", "risks.change_many", "risks.load_workbook", "risks.keep_settings"):
        assert not hr.has_perm(permission, risk)
    assert not hr.has_perm("risks.change_risk", risk.scope)
    assert not hr.has_perm("risks.change_risk", other)
    assert not hr.has_perm("benefits.change_benefit", risk)


def test_their_own_stands_among_what_they_keep(sign_in, elsewhere, hr, on):
    elsewhere(hr, review_due=datetime.date(2022, 8, 1))
    assert [risk.ref for risk in Risk.objects.kept_by(hr)] == ["R-001"]
    page = sign_in(hr).get("/").text
    assert "1 risk is overdue for review" in page


def test_so_it_is_with_issues(sign_in, commercial, group_member, hr, lead_commercial, today, fresh):
    facts = {"title": "It broke", "what_happened": "It broke", "severity": "major", "raised_on": BEGINNING}
    facts |= {"scope": commercial.scope}
    mine = written(Issue(ref="I-001", owner=group_member, **facts, **EXEMPT))
    written(Issue(ref="I-002", owner=lead_commercial, **facts, **EXEMPT))
    client = sign_in(group_member)
    typed = {"how_resolved": "Mended", "reason": "Seen", "version": "1"}
    assert client.get("/issues/I-002/").status_code == 404
    assert client.post("/issues/I-002/resolve/", typed).status_code == 404
    assert client.get("/issues/I-001/").status_code == 200
    assert client.post("/issues/I-001/resolve/", typed).status_code == 302
    issues.reopen(fresh(mine), by=lead_commercial, reason="Not mended")
    issues.change(fresh(mine), owner=lead_commercial, by=lead_commercial, reason="Taken over")
    assert client.get("/issues/I-001/").status_code == 404
    assert client.post("/issues/I-001/resolve/", typed).status_code == 404
