"""Warnings of double counting on their page: both lines named, dismissed with a reason, nothing leaking."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import sleep
from typing import Any

import pytest

from benefits.actions import dismissals
from benefits.models import BenefitAmount, Budget, Dismissal, EnablingMilestone, LineReference
from benefits.reading.double_counting import flags
from programme.foundation.money import FinancialYear
from tests.cast import written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
PAGE = "/benefits/double-counting/"
SAVED = {"approved": {"2022/23": 60_000}}


@pytest.fixture
def refer() -> Callable[..., LineReference]:
    def make(line: Any, reference: str = "K-17", kind: str = "contract") -> LineReference:
        return written(LineReference(line=line, kind=kind, reference=reference))

    return make


@pytest.fixture
def twice(benefit, line, refer, digital, commercial) -> list[Any]:
    """One contract on a line of Be Digital and on one of Be Commercial."""
    homes = {"B-001": digital, "B-002": commercial}
    lines = [line(benefit(ref, home=home), f"Line of {ref}", **SAVED) for ref, home in homes.items()]
    for one in lines:
        refer(one)
    return lines


def test_both_lines_are_named_with_links(twice, finance, sign_in):
    page = sign_in(finance).get(PAGE).content.decode()
    assert "Contract K-17 stands on both lines." in page
    for one in twice:
        assert f'href="{one.get_absolute_url()}"' in page
    assert "1 warning stands" in page


def test_savings_above_the_budget_of_their_code(benefit, line, digital, finance, sign_in):
    for ref in ("B-001", "B-002"):
        line(benefit(ref, home=digital), **SAVED, budget_code="CS100")
    source = {"source_document": "Ledger", "source_as_at": date(2022, 7, 1)}
    written(Budget(code="CS100", year=FinancialYear(2022), amount=Decimal(100_000), **source))
    page = sign_in(finance).get(PAGE).content.decode()
    assert "Savings of £120,000 on CS100 in 2022/23 stand against a budget of £100,000." in page


def test_a_forecast_counts_before_what_is_approved(benefit, line, digital, finance):
    source = {"source_document": "Ledger", "source_as_at": date(2022, 7, 1)}
    written(Budget(code="CS100", year=FinancialYear(2022), amount=Decimal(50_000), **source))
    line(benefit("B-001", home=digital), **SAVED, budget_code="CS100", forecast={"2022/23": 40_000})
    assert not flags(finance)


def test_avoided_cost_beside_an_equal_saving_that_one_project_enables(benefit, line, digital, crm, finance):
    from programme.plan.models import Activity

    facts = {"name": "Live", "kind": "milestone", "forecast_finish": date(2022, 12, 1)}
    milestone = written(Activity(project=crm, ref="DIG-01-M01", **facts))
    saved, avoided = benefit("B-001", home=digital), benefit("B-002", home=digital)
    line(saved, **SAVED)
    line(avoided, **SAVED, kind="cost_avoidance")
    assert not flags(finance)
    for one in (saved, avoided):
        written(EnablingMilestone(benefit=one, activity=milestone))
    (hint,) = flags(finance)
    assert (hint.warned.subject, hint.warned.rule) == ("DIG-01", "avoidance_beside_cash")


def test_a_withdrawn_line_is_no_longer_counted(twice, finance):
    twice[0].withdraw(by=finance, reason="Replaced")
    assert not flags(finance)


def test_a_warning_is_dismissed_with_a_reason_and_stands_as_dismissed(twice, finance, sign_in):
    client = sign_in(finance)
    (one,) = flags(finance)
    assert client.post(f"{one.url}dismiss/", {"reason": ""}).status_code == 422
    assert client.post(f"{one.url}dismiss/", {"reason": "Two lots of one contract"}).url == PAGE
    page = client.get(PAGE).content.decode()
    assert "0 warnings stand; 1 was dismissed" in page
    assert "Two lots of one contract" in page
    assert "Head of Strategic Finance and Property" in page
    again = client.post(f"{one.url}dismiss/", {"reason": "Again"})
    assert "was dismissed already" in again.content.decode()
    assert Dismissal.objects.count() == 1


def test_a_dismissal_is_taken_back(twice, finance, sign_in):
    client = sign_in(finance)
    (one,) = flags(finance)
    assert client.post(f"{one.url}take-back/", {"reason": "x"}).status_code == 404
    client.post(f"{one.url}dismiss/", {"reason": "Two lots"})
    assert client.post(f"{one.url}take-back/", {"reason": "One lot after all"}).url == PAGE
    assert flags(finance)[0].dismissal is None
    assert client.post(f"{one.url}dismiss/", {"reason": "Two lots after all"}).url == PAGE


def test_a_dismissal_does_not_cover_another_line(twice, benefit, line, refer, digital, finance, sign_in):
    (one,) = flags(finance)
    sign_in(finance).post(f"{one.url}dismiss/", {"reason": "Two lots"})
    refer(line(benefit("B-003", home=digital), **SAVED))
    assert [flag.dismissal is None for flag in flags(finance)] == [True, False]


def forecast(line: Any, amount: int) -> None:
    """The line is now forecast to bring this in 2022/23."""
    written(BenefitAmount(line=line, kind="forecast", year=FinancialYear(2022), amount=Decimal(amount)))


def test_a_dismissal_lapses_when_an_amount_grows_and_is_given_anew(twice, finance, sign_in):
    client = sign_in(finance)
    (one,) = flags(finance)
    client.post(f"{one.url}dismiss/", {"reason": "Two lots of 60"})
    forecast(twice[1], 80_000)
    page = client.get(PAGE).content.decode()
    assert "1 warning stands; 0 were dismissed" in page
    assert "“Two lots of 60” <strong>That has lapsed.</strong>" in page
    assert "B-002-L1 was expected to bring £60,000, not £80,000." in page
    assert client.post(f"{one.url}dismiss/", {"reason": "Two lots, one of 80"}).url == PAGE
    assert flags(finance)[0].dismissal.because == "Two lots, one of 80"
    assert Dismissal.objects.get().history.count() == 2


def test_a_dismissal_holds_while_no_more_is_at_stake(twice, finance, sign_in):
    (one,) = flags(finance)
    sign_in(finance).post(f"{one.url}dismiss/", {"reason": "Two lots of 60"})
    forecast(twice[1], 50_000)
    assert flags(finance)[0].dismissal


@pytest.mark.parametrize(
    ("budget", "others", "why"),
    [
        (90_000, 0, "The budget was £100,000, not £90,000."),
        (100_000, 5_000, "B-003-L1 was not among its lines."),
    ],
)
def test_a_dismissal_about_a_budget_lapses_with_the_budget_and_with_another_line(
    benefit, line, digital, finance, sign_in, budget, others, why
):
    for ref in ("B-001", "B-002"):
        line(benefit(ref, home=digital), **SAVED, budget_code="CS100")
    source = {"source_document": "Ledger", "source_as_at": date(2022, 7, 1)}
    loaded = written(Budget(code="CS100", year=FinancialYear(2022), amount=Decimal(100_000), **source))
    (one,) = flags(finance)
    sign_in(finance).post(f"{one.url}dismiss/", {"reason": "The budget is being raised"})
    assert flags(finance)[0].dismissal
    loaded.amount = Decimal(budget)
    loaded.record(by=finance, reason="Loaded anew")
    if others:
        line(benefit("B-003", home=digital), approved={"2022/23": others}, budget_code="CS100")
    (now,) = flags(finance)
    assert (now.dismissal, now.lapsed) == (None, (why,))


@pytest.fixture
def on_one_code(benefit, line, digital) -> list[Any]:
    """Two savings of £60,000 on a budget of £100,000."""
    source = {"source_document": "Ledger", "source_as_at": date(2022, 7, 1)}
    written(Budget(code="CS100", year=FinancialYear(2022), amount=Decimal(100_000), **source))
    refs = ("B-001", "B-002")
    return [line(benefit(ref, home=digital), **SAVED, budget_code="CS100") for ref in refs]


def test_a_dismissal_about_a_budget_stays_known_when_its_lines_change_places(on_one_code, finance, sign_in):
    client = sign_in(finance)
    (one,) = flags(finance)
    client.post(f"{one.url}dismiss/", {"reason": "The budget is being raised"})
    forecast(on_one_code[0], 45_000)
    (now,) = flags(finance)
    assert [line.ref for line in now.warned.lines] == ["B-002-L1", "B-001-L1"]
    assert now.dismissal, "less is at stake than was looked at"
    forecast(on_one_code[1], 70_000)
    (now,) = flags(finance)
    assert (now.dismissal, now.lapsed) == (
        None,
        ("B-002-L1 was expected to bring £60,000, not £70,000.",),
    )
    assert now.url == one.url
    assert "That has lapsed." in client.get(PAGE).content.decode()


def test_a_dismissal_given_anew_names_the_lines_as_they_lie_now(on_one_code, finance, sign_in):
    client = sign_in(finance)
    (one,) = flags(finance)
    client.post(f"{one.url}dismiss/", {"reason": "The budget is being raised"})
    forecast(on_one_code[1], 90_000)
    client.post(f"{one.url}dismiss/", {"reason": "It was raised"})
    kept = Dismissal.objects.get()
    assert (kept.first, kept.second, kept.because) == (on_one_code[1], on_one_code[0], "It was raised")


def test_why_a_budget_s_warning_was_dismissed_is_read_by_who_sees_every_line_of_it(
    on_one_code, benefit, line, agile, lead_digital, finance, sign_in
):
    secret = {"approved": {"2022/23": 5_000}, "budget_code": "CS100", **EXEMPT}
    line(benefit("B-003", home=agile), "Posts in Revenues", **secret)
    (one,) = flags(finance)
    sign_in(finance).post(f"{one.url}dismiss/", {"reason": "The posts in Revenues go later"})
    (theirs,) = flags(lead_digital)
    assert (len(theirs.warned.lines), theirs.given) == (2, None)
    assert "Revenues" not in sign_in(lead_digital).get(PAGE).content.decode()


def test_a_dismissal_of_before_it_was_kept_what_was_known_lapses_with_any_change(twice, finance):
    (one,) = flags(finance)
    dismissal = dismissals.dismiss(one.warned, by=finance, reason="Two lots")
    dismissal.known = {}
    dismissal.record(by=finance, reason="As those of before")
    assert flags(finance)[0].dismissal
    sleep(0.01)  # the database's clock counts milliseconds
    forecast(twice[1], 50_000)
    (now,) = flags(finance)
    assert now.dismissal is None
    assert "What was known was not kept" in now.lapsed[0]


def test_many_warnings_stand_on_pages_with_those_that_stand_first(
    benefit, line, refer, digital, finance, sign_in, monkeypatch
):
    monkeypatch.setattr("benefits.views.double_counting.A_PAGE", 2)
    for number in range(1, 5):
        refer(line(benefit(f"B-00{number}", home=digital), **SAVED))
    client = sign_in(finance)
    assert client.post(f"{flags(finance)[0].url}dismiss/", {"reason": "Two lots"}).url == PAGE
    first, last, beyond = (client.get(f"{PAGE}?page={n}").content.decode() for n in (1, 2, 99))
    for page in (first, last):
        assert "2 warnings stand; 1 was dismissed with a reason." in page, "all of them are counted"
    assert shown(first) == [("B-002-L1", "B-003-L1"), ("B-003-L1", "B-004-L1")]
    assert shown(last) == shown(beyond) == [("B-001-L1", "B-002-L1")]
    assert ("Two lots" in first, "Two lots" in last) == (False, True)
    assert 'aria-label="Page 2"' in first


def shown(page: str) -> list[tuple[str, ...]]:
    """The lines of each warning of a page."""
    return [
        tuple(re.findall(r">(B-\d+-L\d)</a>", article))
        for article in re.findall(r"<article.*?</article>", page, re.S)
    ]


def test_only_finance_and_the_programme_manager_dismiss(
    twice, programme_manager, chief_executive, lead_digital, staff, sign_in
):
    (one,) = flags(programme_manager)
    assert sign_in(programme_manager).get(f"{one.url}dismiss/").status_code == 200
    for user in (chief_executive, lead_digital):
        assert sign_in(user).get(f"{one.url}dismiss/").status_code == 403
        assert "Dismiss<" not in sign_in(user).get(PAGE).content.decode()
    assert sign_in(staff).get(PAGE).status_code == 403


def test_a_line_that_is_kept_from_a_reader_warns_them_of_nothing(
    benefit, line, refer, digital, agile, lead_digital, lead_agile, finance, sign_in
):
    open_line = line(benefit("B-001", home=digital), **SAVED)
    secret = line(benefit("B-002", home=agile), "Posts in Revenues", **SAVED, **EXEMPT)
    for one in (open_line, secret):
        refer(one)
    (known,) = flags(finance)
    page = sign_in(lead_digital).get(PAGE).content.decode()
    assert "No line that you may see looks as if it were counted twice" in page
    assert "Posts in Revenues" not in page
    assert sign_in(lead_digital).get(f"{known.url}dismiss/").status_code == 404
    assert len(flags(lead_agile)) == 1


def test_a_post_is_known_only_to_those_who_read_exempt_material(
    benefit, line, refer, digital, agile, lead_digital, group_member, finance, sign_in
):
    for ref, home in (("B-001", digital), ("B-002", digital)):
        refer(line(benefit(ref, home=home), **SAVED), "P-0117", "post")
    assert len(flags(finance)) == len(flags(lead_digital)) == 1
    (one,) = flags(finance)
    sign_in(finance).post(f"{one.url}dismiss/", {"reason": "Half a post each"})
    page = sign_in(group_member).get(PAGE).content.decode()
    assert "P-0117" not in page
    assert "Half a post each" not in page
    assert "dismissed" not in page


def test_the_number_of_queries_does_not_grow_with_the_lines(
    benefit, line, refer, digital, finance, sign_in, django_assert_max_num_queries
):
    for number in range(1, 13):
        refer(line(benefit(f"B-{number:03}", home=digital), **SAVED, budget_code="CS100"))
    client = sign_in(finance)
    client.get(PAGE)
    with django_assert_max_num_queries(16):
        assert client.get(PAGE).content.decode().count("stands on both lines") >= 11
