"""The register of risks: who sees what, by which filters, in which order, in how many queries."""

import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import acceptances, mitigations, moves, risks
from risks.models import RiskSettings
from tests.cast import written
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
REGISTER = "/risks/"


def words(answer):
    return unescape(words_of(answer.content.decode()))


def refs(answer):
    return [risk.ref for risk in answer.context["table"].page.object_list.data]


@pytest.fixture
def listed(sign_in):
    """``listed(person, "?band=high") -> ["R-001"]``: the references that this person finds."""
    return lambda person, query="": refs(sign_in(person).get(REGISTER + query))


@pytest.fixture
def register(make_risk, category, crm, programme_scope, lead_digital, risk_owner, today):
    """R-001 outside appetite, R-002 unowned and unscored, R-003 of a project, R-004 closed."""
    delivery = category("Delivery", 12)
    make_risk(
        "R-001", (4, 4), target=(2, 2), category=delivery, owner=lead_digital, review_due=DAY(2022, 8, 1)
    )
    make_risk("R-002", event="Nobody answers the telephone", review_due=DAY(2022, 10, 1))
    make_risk("R-003", (3, 3), category=delivery, owner=risk_owner, scope=crm.scope, response="treat")
    make_risk("R-004", (1, 1), scope=programme_scope, owner=lead_digital, status="closed", ended_on=today)


def test_it_begins_with_what_may_still_happen_and_says_so(register, sign_in, sro):
    answer = sign_in(sro).get(REGISTER)
    assert refs(answer) == ["R-001", "R-002", "R-003"]
    page = words(answer)
    assert "3 risks" in page
    assert "These are open or escalated." in page
    assert "Likely × Major, 16 Severe" in page
    assert "Unlikely × Minor, 4 Low" in page
    assert "Nobody yet" in page
    assert "1 August 2022, overdue" in page
    assert "DIG-01" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?band=severe", ["R-001"]),
        ("?band=medium", ["R-003"]),
        ("?band=not-scored", ["R-002"]),
        ("?q=telephone", ["R-002"]),
        ("?workstream=digital", ["R-001", "R-002", "R-003"]),
        ("?workstream=programme&status=all", ["R-004"]),
        ("?project=dig-01", ["R-003"]),
        ("?owner=nobody", ["R-002"]),
        ("?category=none", ["R-002"]),
        ("?response=treat", ["R-003"]),
        ("?response=none", ["R-001", "R-002"]),
        ("?status=closed", ["R-004"]),
        ("?status=escalated", []),
        ("?status=all", ["R-001", "R-002", "R-003", "R-004"]),
        ("?appetite=outside", ["R-001"]),
        ("?appetite=unaccepted", ["R-001"]),
        ("?appetite=accepted", []),
        ("?appetite=inside", ["R-003"]),
        ("?look=overdue", ["R-001"]),
        ("?look=outside", ["R-001"]),
        ("?look=unowned", ["R-002"]),
        ("?look=not_scored", ["R-002"]),
        ("?look=no_action", ["R-003"]),
        ("?look=untouched", []),
        ("?look=expired", []),
        ("?sort=-current", ["R-001", "R-003", "R-002"]),
        ("?sort=current", ["R-003", "R-001", "R-002"]),
        ("?sort=-target", ["R-001", "R-002", "R-003"]),
        ("?sort=review_due", ["R-001", "R-002", "R-003"]),
    ],
)
def test_filters_and_order_stand_in_the_address(register, listed, sro, query, found):
    assert listed(sro, query) == found


def test_an_owner_and_a_category_are_filters_too(register, listed, sro, risk_owner, lead_digital):
    from risks.models import RiskCategory

    assert listed(sro, f"?owner={risk_owner.pk}") == ["R-003"]
    assert listed(sro, f"?owner={lead_digital.pk}&status=all") == ["R-001", "R-004"]
    assert listed(sro, f"?category={RiskCategory.objects.get().pk}") == ["R-001", "R-003"]


@pytest.mark.parametrize(
    "query", ["?band=purple", "?owner=9999", "?workstream=none", "?look=%00", "?category=x"]
)
def test_a_filter_that_is_not_understood_lists_nothing_and_says_so(register, sign_in, sro, query):
    answer = sign_in(sro).get(REGISTER + query)
    assert answer.context["count"] == 0
    assert "A filter could not be understood" in words(answer)


def test_left_alone_for_a_quarter(register, listed, on, sro):
    """Written on 4 July: the quarter is over on 5 October."""
    on(DAY(2022, 10, 4))
    assert listed(sro, "?look=untouched") == []
    on(DAY(2022, 10, 5))
    assert listed(sro, "?look=untouched") == ["R-001", "R-002", "R-003"]


def test_what_the_board_accepts_is_outside_and_accepted_until_it_runs_out(
    register, listed, on, sro, decision, fresh
):
    from risks.models import Risk

    risk = Risk.objects.get(ref="R-001")
    until = DAY(2022, 12, 1)
    acceptances.accept(risk, expires=until, decision=decision(), by=sro, reason="Carried")
    assert listed(sro, "?appetite=accepted") == ["R-001"]
    assert listed(sro, "?appetite=unaccepted") == []
    on(DAY(2022, 12, 2))
    assert listed(sro, "?appetite=accepted") == []
    assert listed(sro, "?look=expired") == ["R-001"]


def test_an_escalated_risk_stays_listed_and_says_to_whom(register, sign_in, lead_digital, sro):
    from risks.models import Risk

    moves.escalate(Risk.objects.get(ref="R-001"), to="board", by=lead_digital, reason="Too big")
    answer = sign_in(sro).get(f"{REGISTER}?status=escalated")
    assert refs(answer) == ["R-001"]
    assert "Escalated to the board" in words(answer)


def test_what_is_exempt_is_not_there_nor_counted_nor_offered(
    register, make_risk, sign_in, lead_agile, sro, crm, person, digital
):
    hidden = person("hidden", "Head of Something Secret", ("risk_owner", digital.scope))
    make_risk("R-009", (5, 5), title="Seven posts go", owner=hidden, **EXEMPT)
    outsider = sign_in(lead_agile)
    answer = outsider.get(REGISTER)
    assert "3 risks" in words(answer)
    for query in ("", "?q=posts", "?band=severe", "?look=overdue", "?status=all"):
        assert "Seven posts" not in outsider.get(REGISTER + query).content.decode()
    assert "Something Secret" not in answer.content.decode(), "its owner is no choice of the filter"
    for form in ("csv", "xlsx"):
        file = outsider.get(f"{REGISTER}?format={form}")
        assert b"Seven posts" not in b"".join(file.streaming_content)
    assert "4 risks" in words(sign_in(sro).get(REGISTER))


def test_a_risk_owner_reads_what_is_exempt_of_their_own(make_risk, sign_in, risk_owner):
    make_risk("R-008", title="Somebody else’s", **EXEMPT)
    make_risk("R-009", title="Seven posts go", owner=risk_owner, **EXEMPT)
    assert refs(sign_in(risk_owner).get(REGISTER)) == ["R-009"]


def test_a_project_that_is_kept_back_is_not_named(
    make_risk, sign_in, lead_agile, sro, make_project, commercial
):
    secret = make_project(commercial, "COM-05", "Secret transition", **EXEMPT)
    make_risk("R-001", scope=secret.scope)
    page = sign_in(lead_agile).get(REGISTER)
    assert "A project that you may not read" in words(page)
    assert "COM-05" not in page.content.decode()
    assert refs(sign_in(lead_agile).get(f"{REGISTER}?project=COM-05")) == []
    assert refs(sign_in(sro).get(f"{REGISTER}?project=COM-05")) == ["R-001"]


def test_staff_have_no_register(register, staff, sign_in):
    client = sign_in(staff)
    assert client.get(REGISTER).status_code == 403
    assert client.get("/issues/").status_code == 403
    assert client.get("/risks/R-001/").status_code in {403, 404}


def test_only_who_may_raise_a_risk_is_offered_to(register, sign_in, auditor, sro, lead_digital, risk_owner):
    offered = {one.username: "/risks/raise/" in sign_in(one).get(REGISTER).content.decode()
               for one in (auditor, sro, lead_digital, risk_owner)}  # fmt: skip
    assert offered == {"auditor": False, "sro": False, "lead-digital": True, "owner": True}


def test_the_sheet_and_the_csv_hold_what_is_on_screen(register, sign_in, sro):
    file = sign_in(sro).get(f"{REGISTER}?band=severe&format=csv")
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].startswith(
        "Reference,Risk,Current,Target,Category,Place,Owner,Response,Next review,Status,"
    )
    assert len(rows) == 2
    assert rows[1].startswith('R-001,Risk R-001,"Likely × Major, 16: severe","Unlikely × Minor, 4: low",')
    assert "Delivery,Be Digital,Lead for Be Digital," in rows[1]
    assert '"Likely × Major, 16: severe"' in rows[1]
    book = sign_in(sro).get(f"{REGISTER}?format=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_words_of_people_become_neither_markup_nor_formula(make_risk, sign_in, sro):
    make_risk("R-001", title="<script>alert(1)</script>")
    make_risk("R-002", title="=1+1")
    client = sign_in(sro)
    assert "<script>alert" not in client.get(REGISTER).content.decode()
    csv = b"".join(client.get(f"{REGISTER}?format=csv").streaming_content).decode()
    assert "'=1+1" in csv


@pytest.mark.parametrize("who", ["sro", "lead_digital", "risk_owner"])
def test_queries_are_few_and_do_not_grow_with_the_rows(
    make_risk, category, crm, lead_digital, sign_in, request, today, who
):
    viewer = request.getfixturevalue(who)
    delivery = category()
    client = sign_in(viewer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{REGISTER}?look=overdue&appetite=unaccepted").status_code == 200
            assert client.get(REGISTER).status_code == 200
        return len(queries)

    def fill(first, last):
        for number in range(first, last):
            place = crm.scope if number % 2 else crm.scope.parent
            facts = {"category": delivery, "owner": lead_digital, "scope": place}
            make_risk(f"R-{number:03}", (4, 5), target=(1, 1), review_due=DAY(2022, 8, 1), **facts)

    fill(1, 4)
    asked()  # the first visit of all reads what names the filters offer
    fill(4, 8)
    few = asked()
    fill(8, 24)
    assert asked() == few, "as many again at the first visit after a change"
    assert few <= 24, "twelve a page"
    assert asked() < few, "what was counted, and who owns a risk, is kept until something changes"


def test_settings_rule_what_counts_as_untouched(register, listed, sro):
    assert listed(sro, "?look=untouched") == []
    kept = RiskSettings.objects.current()
    kept.untouched_months = 1
    written(kept)
    assert listed(sro, "?look=untouched") == ["R-001", "R-002", "R-003"]


def test_an_overdue_action_is_found(register, listed, on, sro, lead_digital):
    from risks.models import Risk

    risk = Risk.objects.get(ref="R-003")
    mitigations.plan(
        risk, what="Train people", owner=lead_digital, due=DAY(2022, 9, 30), by=lead_digital, reason="Agreed"
    )
    assert listed(sro, "?look=action_overdue") == []
    on(DAY(2022, 10, 1))
    assert listed(sro, "?look=action_overdue") == ["R-003"]
    assert listed(sro, "?look=no_action") == []
    risks.withdraw(Risk.objects.get(ref="R-003"), by=lead_digital, reason="A duplicate")
    assert listed(sro, "?look=action_overdue") == []
