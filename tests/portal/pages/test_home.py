"""Home: what waits for this person, then the programme on a page, and nothing they may not see."""

import datetime
import re
from html import unescape

import pytest

from benefits.models import Benefit, BenefitLine, BenefitShare, Claim
from cms.models import NewsIndexPage, NewsPage
from cms.tree import establish
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_of(as_person):
    def read(username: str) -> str:
        answer = as_person(username).get("/")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_who_is_not_signed_in_is_asked_to_sign_in(client):
    assert client.get("/").url == "/sign-in/?next=/"


def test_the_sro_sees_the_money_and_exports_the_pack(home_of):
    page = home_of("sro")
    assert "Savings for 2022/23 are forecast £50,000 short of first approved." in page
    assert "Target, as stated" in page
    assert "Approved, deliverable" in page
    assert "beside it £1.950m not rated" in page, "ratings stand apart"
    assert "£2.014m" not in page, "and are never added"
    assert re.search(r">\d+ differences between figures</a> are neither explained nor signed off", page)
    assert re.search(r">\d+ reconciliations are unexplained</a>", page)
    assert "Export the board pack" in page


def test_a_lead_sees_neither_the_button_nor_totals_that_give_staffing_away(home_of):
    page = home_of("lead-digital")
    assert "Export the board pack" not in page
    assert "£2.014m" not in page
    assert "£1.950m" not in page
    assert "Savings, of the lines you may see" in page
    assert "£50,000" not in page, "what staffing will miss is as exempt as what it was to bring"
    assert "reconciliations are unexplained" not in page, "a lead signs nothing off"


def test_staff_see_the_public_face_only(home_of):
    page = home_of("staff")
    assert "Transforming East Herts" in page
    assert "£" not in page
    assert "Workstreams" in page
    assert "/plan/" not in page, "staff may not open the plan, so nothing leads there"


@pytest.fixture
def news():
    """``news(title, date=…, live=…)``, published unless said otherwise."""
    establish()
    index = NewsIndexPage.objects.get()

    def make(title, date=datetime.date(2022, 11, 1), live=True):
        index.add_child(instance=NewsPage(title=title, date=date, live=live, introduction="In a sentence."))

    return make


def test_news_stands_first_for_staff_and_last_for_those_who_work_here(home_of, news):
    news("Lockers at every desk", date=datetime.date(2022, 11, 28))
    staff, sro = home_of("staff"), home_of("sro")
    assert staff.index("Lockers at every desk") < staff.index("Next milestones")
    assert sro.index("Workstreams</h2>") < sro.index("Lockers at every desk")


def test_home_shows_the_newest_news_only_and_none_that_is_a_draft(home_of, news):
    for day in range(21, 26):
        news(f"Piece {day}", date=datetime.date(2022, 11, day))
    news("A draft", date=datetime.date(2022, 11, 29), live=False)
    page = home_of("staff")
    assert re.findall(r"Piece \d+", page) == ["Piece 25", "Piece 24", "Piece 23"]
    assert "A draft" not in page


@pytest.fixture
def claim(as_person):
    """``claim(line, by, status=…) -> Claim`` on a line of the business case."""
    as_person("auditor")

    def make(ref: str, by: str, status: str = "submitted") -> Claim:
        line, year = BenefitLine.objects.get(ref=ref), FinancialYear(2022)
        who, number = User.objects.get(username=by), f"CL-{9000 + Claim.objects.count()}"
        known = {"claimed_by": who, "amount": 1000, "words": "Done", "status": status}
        return Claim(ref=number, line=line, year=year, booked=year, **known).record(by=who, reason="Claimed")

    return make


def test_claims_wait_for_whoever_settles_them(claim, home_of):
    assert "2 claims wait for you" in home_of("finance")
    claim("B-003-L1", "lead-commercial")
    page = home_of("finance")
    assert "3 claims wait for you" in page
    assert 'href="/benefits/claims/"' in page
    for other in ("programme-manager", "sro", "lead-commercial", "lead-digital"):
        assert "wait for you" not in home_of(other)


def test_claims_without_cash_wait_for_the_programme_office(claim, home_of):
    assert "1 claim without cash waits for you" in home_of("programme-manager")
    line = BenefitLine.objects.get(ref="B-003-L1")
    line.kind = "efficiency_without_cash"
    line.record(by=User.objects.get(username="lead-commercial"), reason="No cash is released")
    claim("B-003-L1", "lead-commercial")
    assert "2 claims without cash wait for you" in home_of("programme-manager")
    assert "2 claims wait for you" in home_of("finance"), "one fewer than would wait if it released cash"


def test_a_claim_sent_back_waits_for_who_made_it(claim, home_of):
    claim("B-003-L1", "lead-commercial", status="sent_back")
    assert "1 claim was sent back to you" in home_of("lead-commercial")
    assert "sent back to you" not in home_of("lead-digital")


def test_keepers_see_which_benefits_lack_an_owner_or_a_measure(home_of):
    page = home_of("lead-commercial")
    assert "2 benefits have no measure" in page
    assert "have no owner" not in page
    assert "1 benefit has no owner" in home_of("programme-manager")
    assert "no measure" not in home_of("finance")


@pytest.mark.parametrize("username", ["lead-commercial", "lead-agile", "lead-digital", "programme-manager"])
def test_the_list_behind_what_benefits_lack_has_as_many_as_home_says(home_of, as_person, username):
    """A share brings a benefit to a workstream's figures, not into its lead's keeping."""
    home_of(username)
    digital, who = Workstream.objects.get(slug="digital"), User.objects.get(username="finance")
    shared = Benefit.objects.get(ref="B-004")
    BenefitShare(benefit=shared, workstream=digital, percent=100).record(by=who, reason="Shared")
    said = re.findall(r'href="(/benefits/list/[^"]+)"[^>]*>(\d+) benefits? ha(?:s|ve) no', home_of(username))
    assert said or username == "lead-digital"
    for address, number in said:
        page = as_person(username).get(unescape(address)).content.decode()
        assert re.search(rf"\b{number} benefits?<", page), address


def test_milestones_that_passed_wait_for_their_lead(home_of):
    home_of("auditor")
    late = Activity.objects.get(ref="DIG-04-M02")
    late.forecast_finish = datetime.date(2022, 11, 25)
    late.record(by=User.objects.get(username="lead-digital"), reason="Sooner than it was")
    assert "Say what happened: Second six processes redesigned" in home_of("lead-digital")
    assert "Second six processes redesigned" not in home_of("auditor").split("Next milestones")[0]


@pytest.mark.parametrize("username", ["sro", "programme-manager", "lead-digital", "staff"])
def test_home_asks_the_database_a_fixed_number_of_times(as_person, username, django_assert_max_num_queries):
    """Once what is kept until a record changes has been worked out, as it has on nearly every visit."""
    client = as_person(username)
    client.get("/")
    with django_assert_max_num_queries(25):
        client.get("/")
