"""Changing many risks at once: choose, look, save with one reason; all of them or none."""

from __future__ import annotations

import re

import pytest

from programme.foundation.history import Stale
from risks.actions import risks as actions
from risks.models import Risk

pytestmark = pytest.mark.django_db
SEVERAL = "/risks/several/"


@pytest.fixture
def three(make_risk, category, programme_scope, lead_digital):
    """Three unowned risks; the third lies on the programme."""
    category("Finance", 8)
    make_risk("R-001")
    make_risk("R-002", owner=lead_digital)
    make_risk("R-003", scope=programme_scope)
    return {risk.ref: risk for risk in Risk.objects.all()}


@pytest.fixture
def browser(sign_in, programme_manager):
    return sign_in(programme_manager)


def chosen(three, *refs, **facts):
    return {"risk": [three[ref].pk for ref in refs], "reason": "The lead takes them over"} | facts


def save(browser, preview, path=SEVERAL, **changed):
    """The answer to a button below a preview, with exactly what its form holds; the first one saves."""
    form = preview.content.decode().split("<form")[-1]
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    held.pop("csrfmiddlewaretoken")
    return browser.post(path, held | {"step": "save"} | changed, follow=True)


def owners():
    return {risk.ref: str(risk.owner or "") for risk in Risk.objects.select_related("owner__profile")}


def test_the_preview_shows_old_and_new_and_saves_nothing(three, browser, lead_digital):
    answer = browser.post(SEVERAL, chosen(three, "R-001", "R-002", owner=lead_digital.pk))
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "1 risk would change. 1 risk would stay as they are." in page
    assert '<td class="govuk-table__cell">Nobody yet</td>' in page
    assert "<strong>Lead for Be Digital</strong>" in page
    assert owners()["R-001"] == ""


def test_saving_changes_what_was_shown_with_one_reason(three, browser, lead_digital):
    preview = browser.post(SEVERAL, chosen(three, "R-001", "R-003", owner=lead_digital.pk))
    answer = save(browser, preview)
    assert "2 risks changed." in answer.content.decode()
    assert owners() == dict.fromkeys(["R-001", "R-002", "R-003"], "Lead for Be Digital")
    reasons = {row.history_change_reason for row in Risk.history.filter(version=2)}
    assert reasons == {"The lead takes them over"}
    assert Risk.objects.get(ref="R-002").version == 1


def test_all_that_the_filters_leave(three, browser, lead_digital):
    path = f"{SEVERAL}?workstream=programme"
    facts = {"every": "on", "owner": lead_digital.pk, "reason": "All of the programme's"}
    save(browser, browser.post(path, facts), path)
    assert owners() == {"R-001": "", "R-002": "Lead for Be Digital", "R-003": "Lead for Be Digital"}


def test_category_and_project_together(three, browser, crm):
    from risks.models import RiskCategory

    facts = {"category": RiskCategory.objects.get().pk, "project": "dig-01"}
    save(browser, browser.post(SEVERAL, chosen(three, "R-001", **facts)))
    risk = Risk.objects.get(ref="R-001")
    assert (risk.category.name, risk.scope) == ("Finance", crm.scope)


def test_nobody_and_no_category_can_be_chosen(three, browser, lead_digital):
    from risks.models import RiskCategory

    save(browser, browser.post(SEVERAL, chosen(three, "R-001", category=RiskCategory.objects.get().pk)))
    preview = browser.post(SEVERAL, chosen(three, "R-001", "R-002", owner="none", category="none"))
    page = " ".join(preview.content.decode().split())
    assert "2 risks would change." in page
    assert "<strong>Nobody yet</strong>" in page
    assert "<strong>None yet</strong>" in page
    save(browser, preview)
    assert set(owners().values()) == {""}
    assert not Risk.objects.exclude(category=None)


def test_choosing_again_loses_nothing(three, browser, lead_digital):
    preview = browser.post(SEVERAL, chosen(three, "R-001", "R-003", owner=lead_digital.pk))
    back = save(browser, preview, step="again")
    page = back.content.decode()
    assert "What would change" not in page
    assert back.context["ticked"] == {three["R-001"].pk, three["R-003"].pk}
    assert f'<option value="{lead_digital.pk}" selected>' in page
    assert "The lead takes them over</textarea>" in page
    assert "govuk-error" not in page
    assert owners()["R-001"] == ""


def test_choosing_again_keeps_all_that_the_filters_leave(three, browser):
    preview = browser.post(SEVERAL, {"every": "on", "owner": "none", "reason": "Nobody answers"})
    back = save(browser, preview, step="again")
    assert back.context["form"]["every"].value()
    assert back.context["form"]["owner"].value() == "none"
    assert back.context["ticked"] == set()


def test_what_is_refused_at_saving_keeps_its_ticks(three, browser, lead_digital):
    preview = browser.post(SEVERAL, chosen(three, "R-001", owner=lead_digital.pk))
    refused = save(browser, preview, reason=" ")
    assert refused.status_code == 422
    assert refused.context["ticked"] == {three["R-001"].pk}


def test_one_changed_meanwhile_stops_all(three, browser, lead_digital, programme_manager):
    preview = browser.post(SEVERAL, chosen(three, "R-001", "R-003", owner=lead_digital.pk))
    actions.change(three["R-003"], title="Newer", by=programme_manager, reason="Meanwhile")
    answer = save(browser, preview)
    assert answer.status_code == 409
    assert "R-003 was changed by somebody else after you looked" in answer.content.decode()
    assert owners()["R-001"] == ""
    assert save(browser, answer).status_code == 200
    assert owners()["R-001"] == owners()["R-003"] == "Lead for Be Digital"


def test_one_changed_at_the_same_moment_stops_all(three, browser, lead_digital, monkeypatch):
    def overtaken(risks, **_):
        raise Stale(risks[0])

    preview = browser.post(SEVERAL, chosen(three, "R-001", "R-003", owner=lead_digital.pk))
    with monkeypatch.context() as patch:
        patch.setattr("risks.actions.several.change", overtaken)
        answer = save(browser, preview)
    assert answer.status_code == 409
    assert "One of these risks was changed just now" in answer.content.decode()
    assert save(browser, answer).status_code == 200
    assert owners()["R-003"] == "Lead for Be Digital"


def test_the_same_form_sent_twice_is_taken_once(three, browser, lead_digital):
    preview = browser.post(SEVERAL, chosen(three, "R-001", owner=lead_digital.pk))
    save(browser, preview)
    assert "sent this form twice" in save(browser, preview).content.decode()
    assert Risk.objects.get(ref="R-001").version == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"risk": []}, "Tick the risks to change"),
        ({"risk": ["999999"]}, "Tick risks of the list."),
        ({"risk": ["x"]}, "Tick risks of the list."),
        ({"owner": ""}, "Choose an owner, a category or a place for these risks"),
        ({"reason": " "}, "Say why"),
        ({"project": "NO-99"}, "There is no project NO-99 that you may see"),
        ({"seen": "rubbish"}, "What was looked at could not be read"),
        ({"seen": "1:1", "step": "save", "risk": []}, "may not be changed any more"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(three, browser, lead_digital, changed, words):
    if changed.get("seen") == "1:1":
        changed = changed | {"seen": "999999:1"}
    answer = browser.post(SEVERAL, chosen(three, "R-001", owner=lead_digital.pk) | changed)
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert owners()["R-001"] == ""


def test_only_the_programme_office_does_it(three, sign_in, lead_digital, sro, auditor):
    for person in (lead_digital, sro, auditor):
        assert sign_in(person).get(SEVERAL).status_code == 403
        assert sign_in(person).post(SEVERAL, chosen(three, "R-001", owner=sro.pk)).status_code == 403
    assert owners()["R-001"] == ""


def test_queries_do_not_grow_with_risks(
    three, browser, make_risk, lead_digital, django_assert_max_num_queries
):
    for number in range(10, 60):
        make_risk(f"R-{number:03}")
    facts = {"every": "on", "owner": lead_digital.pk, "reason": "All"}
    with django_assert_max_num_queries(25):
        preview = browser.post(SEVERAL, facts)
    with django_assert_max_num_queries(45):
        save(browser, preview)
    assert set(owners().values()) == {"Lead for Be Digital"}


def test_no_two_boxes_share_an_id(three, browser):
    ids = re.findall(r'\bid="([^"]+)"', browser.get(SEVERAL).content.decode())
    assert len(ids) == len(set(ids))
