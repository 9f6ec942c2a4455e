"""Risks that threaten a benefit: linked and taken off with a reason, shown to whoever may see both."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from benefits.actions import threats
from benefits.models import Threat
from benefits.reading.threats import benefits_threatened_by, threats_to
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
NOW = datetime.date(2022, 11, 30)


@pytest.fixture(autouse=True)
def end_of_november(on_30_november: None) -> None:
    """The clock stands on 30 November 2022."""


@pytest.fixture
def make_risk(digital):
    """``make_risk("R-001", (3, 4), scope=…) -> Risk`` of Be Digital, internal, unscored unless said."""
    from risks.models import Risk

    def make(ref="R-001", current=None, **facts):
        likelihood, impact = current or (None, None)
        known = {"scope": digital.scope, "title": f"Risk {ref}", "raised_on": BEGINNING}
        scores = {"current_likelihood": likelihood, "current_impact": impact}
        return written(Risk(ref=ref, **scores, **known | facts))

    return make


@pytest.fixture
def postage(benefit, digital):
    return benefit("B-001", "Digital letters", home=digital)


def link(benefit, risk, by, note=""):
    return threats.link(benefit, risk=risk, note=note, by=by, reason="Looked at together")


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestLinking:
    def test_who_keeps_the_benefit_links_a_risk_by_its_reference(
        self, lead_digital, sign_in, postage, make_risk
    ):
        make_risk("R-007", (3, 4))
        data = {"risk": "r-007", "note": "A month of postage", "reason": "Found today", "version": 1}
        answer = sign_in(lead_digital).post("/benefits/B-001/threats/add/", data)
        assert answer.status_code == 302
        made = Threat.objects.get()
        assert (made.risk.ref, made.note, made.benefit) == ("R-007", "A month of postage", postage)
        assert (made.changes()[0].reason, made.changes()[0].who) == ("Found today", lead_digital)

    def test_the_form_leads_to_where_references_are_looked_up(self, lead_digital, sign_in, postage):
        client = sign_in(lead_digital)
        for form, register in (("threats", "/risks/"), ("milestones", "/plan/list/?kind=milestone")):
            page = client.get(f"{postage.get_absolute_url()}{form}/add/").content.decode()
            assert f'href="{register}">Look it up' in page
            assert client.get(register).status_code == 200

    @pytest.mark.parametrize("ref", ["R-999", "R-002", "nothing"])
    def test_a_risk_that_is_not_there_or_not_to_be_seen_is_refused_alike(
        self, lead_digital, sign_in, postage, make_risk, agile, ref
    ):
        make_risk("R-002", scope=agile.scope, **EXEMPT)
        data = {"risk": ref, "note": "Kept", "reason": "Found today", "version": 1}
        answer = sign_in(lead_digital).post("/benefits/B-001/threats/add/", data)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f"There is no risk {ref.upper()} in the register" in text
        assert "Kept" in text
        assert not Threat.objects.exists()

    def test_a_reason_is_asked_for(self, lead_digital, sign_in, postage, make_risk):
        make_risk("R-007")
        data = {"risk": "R-007", "reason": "", "version": 1}
        assert sign_in(lead_digital).post("/benefits/B-001/threats/add/", data).status_code == 422
        assert not Threat.objects.exists()

    def test_whoever_does_not_keep_the_benefit_may_not(
        self, lead_agile, auditor, sign_in, postage, make_risk
    ):
        made = link(postage, make_risk(), by=auditor)
        for viewer in (lead_agile, auditor):
            client = sign_in(viewer)
            assert client.get("/benefits/B-001/threats/add/").status_code == 403
            assert client.post(f"/benefits/B-001/threats/{made.pk}/end/", {"reason": "No"}).status_code == 403
            assert "Add a risk" not in page(client, "/benefits/B-001/")

    def test_twice_is_refused_and_after_taking_off_it_may_be_linked_again(
        self, lead_digital, postage, make_risk
    ):
        risk = make_risk()
        made = link(postage, risk, lead_digital)
        with pytest.raises(ValidationError, match="linked to the benefit already"):
            link(postage, risk, lead_digital)
        threats.no_longer(made, by=lead_digital, reason="It is over")
        with pytest.raises(ValidationError, match="taken off the benefit already"):
            threats.no_longer(made, by=lead_digital, reason="Again")
        assert link(postage, risk, lead_digital).pk != made.pk

    @pytest.mark.parametrize(
        "facts", [{"status": "closed", "ended_on": NOW}, {"status": "materialised", "ended_on": NOW}]
    )
    def test_a_risk_that_cannot_happen_any_more_is_not_linked(self, lead_digital, postage, make_risk, facts):
        with pytest.raises(ValidationError, match="cannot happen any more"):
            link(postage, make_risk(**facts), lead_digital)

    def test_a_benefit_that_is_withdrawn_gets_none(self, lead_digital, postage, make_risk):
        postage.withdraw(by=lead_digital, reason="Not wanted")
        with pytest.raises(ValidationError, match="was withdrawn"):
            link(postage, make_risk(), lead_digital)


class TestOnTheBenefitsPage:
    def test_the_highest_stands_first_with_band_and_note(self, lead_digital, sign_in, postage, make_risk):
        link(postage, make_risk("R-001"), lead_digital)
        link(postage, make_risk("R-002", (2, 2)), lead_digital)
        high = make_risk("R-003", (4, 4), status="escalated", escalated_to="board")
        link(postage, high, lead_digital, note="All of it")
        text = page(sign_in(lead_digital), "/benefits/B-001/")
        section = text[text.index("Risks that threaten it") :]
        assert section.index("R-003") < section.index("R-002") < section.index("R-001")
        for words in (
            "Likely × Major, 16",
            "Severe",
            "Escalated to the board",
            "All of it",
            "Not yet scored",
        ):
            assert words in section

    def test_without_any_it_says_so(self, lead_digital, sign_in, postage):
        text = page(sign_in(lead_digital), "/benefits/B-001/")
        assert "Nobody has named a risk that threatens it." in text

    def test_it_is_taken_off_there_with_a_reason_and_stays_in_history(
        self, lead_digital, sign_in, postage, make_risk
    ):
        made = link(postage, make_risk("R-007"), lead_digital)
        client = sign_in(lead_digital)
        address = f"/benefits/B-001/threats/{made.pk}/end/"
        assert "R-007 Risk R-007 no longer threatens" in page(client, address)
        assert client.post(address, {"reason": "It is over", "version": 1}).status_code == 302
        assert threats_to(postage, lead_digital) == []
        history = page(client, "/benefits/B-001/?tab=history")
        assert "It is over" in history
        assert "R-007 threatens B-001" in history
        assert client.get(address).status_code == 404

    def test_as_at_a_past_day_it_shows_what_threatened_it_then(self, lead_digital, postage, make_risk):
        from programme.foundation import calendar

        risk = make_risk("R-007", (2, 2))
        with calendar.clock_stopped(datetime.date(2022, 9, 1)):
            made = link(postage, risk, lead_digital)
        with calendar.clock_stopped(datetime.date(2022, 10, 1)):
            risk.current_likelihood = 5
            risk.record(by=lead_digital, reason="Worse")
            threats.no_longer(made, by=lead_digital, reason="It is over")
        then = threats_to(postage, lead_digital, datetime.date(2022, 9, 15))
        assert [(one.risk.ref, one.risk.current.value) for one in then] == [("R-007", 4)]
        assert threats_to(postage, lead_digital, datetime.date(2022, 8, 1)) == []
        assert threats_to(postage, lead_digital) == []
        back = benefits_threatened_by(risk, lead_digital, datetime.date(2022, 9, 15))
        assert [one.benefit for one in back] == [postage]
        assert benefits_threatened_by(risk, lead_digital) == []


class TestWhoSeesIt:
    def test_only_who_may_see_both(
        self, lead_digital, lead_agile, finance, staff, sign_in, benefit, agile, postage, make_risk
    ):
        hidden_risk = make_risk("R-002", scope=agile.scope, **EXEMPT)
        hidden_benefit = benefit("B-002", "Fewer managers", home=agile, **EXEMPT)
        open_risk = make_risk("R-001")
        for pair in ((postage, hidden_risk), (postage, open_risk), (hidden_benefit, open_risk)):
            link(*pair, finance)
        assert [one.risk.ref for one in threats_to(postage, lead_digital)] == ["R-001"]
        assert {one.risk.ref for one in threats_to(postage, lead_agile)} == {"R-001", "R-002"}
        assert [one.benefit.ref for one in benefits_threatened_by(open_risk, lead_digital)] == ["B-001"]
        seen = benefits_threatened_by(open_risk, lead_agile)
        assert [one.benefit.ref for one in seen] == ["B-001", "B-002"]
        assert threats_to(postage, staff) == []
        client = sign_in(lead_digital)
        for tab in ("", "?tab=history", "?as_at=2022-11-30"):
            assert "R-002" not in page(client, f"/benefits/B-001/{tab}")
        unseen = Threat.objects.get(risk=hidden_risk)
        assert client.get(f"/benefits/B-001/threats/{unseen.pk}/end/").status_code == 404

    def test_what_is_withdrawn_is_left_out(self, lead_digital, postage, make_risk):
        risk = make_risk()
        link(postage, risk, lead_digital)
        risk.withdraw(by=lead_digital, reason="Raised twice")
        assert threats_to(postage, lead_digital) == []

    def test_the_number_of_queries_does_not_depend_on_the_risks(
        self, lead_digital, postage, make_risk, django_assert_num_queries
    ):
        for number in range(1, 8):
            link(postage, make_risk(f"R-{number:03}", (number % 5 + 1, 3)), lead_digital)
        lead_digital.standing  # noqa: B018 (read once a request)
        with django_assert_num_queries(1):
            assert len(threats_to(postage, lead_digital)) == 7
