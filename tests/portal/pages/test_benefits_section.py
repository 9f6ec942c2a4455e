"""The benefits tab of projects and workstreams: lines, sums of what is alike, nothing that is withheld."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import Benefit, BenefitAmount, BenefitLine, BenefitShare, Claim
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.portfolio.models import Workstream
from tests.cast import written

pytestmark = pytest.mark.django_db


def rows(answer: Any) -> list[list[str]]:
    """The cells of the lines and of their sums, in words."""
    table = re.search(r"<caption[^>]*>Lines of benefits</caption>.*?</table>", answer.content.decode(), re.S)
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", table[0], re.S) if table else []
    plain = [[re.sub(r"<[^>]*>", "", cell).strip() for cell in re.split(r"</t[hd]>", row)] for row in found]
    return [cells[:-1] for cells in plain[1:]]


@pytest.fixture
def told(loaded: Any) -> BenefitLine:
    """The line of fees and charges, quantified, forecast and verified in part; and a one-off beside it."""
    line = BenefitLine.objects.get(ref="B-004-L1")
    line.not_quantified_because = ""
    user = User.objects.installer()
    line.record(by=user, reason="Quantified")
    year = FinancialYear(2022)
    for kind, amount in (("approved", 90_000), ("forecast", 80_000)):
        BenefitAmount(line=line, year=year, kind=kind, amount=amount).record(by=user, reason="Profile")
    known = {"status": "verified", "full_year": Decimal(30_000), "evidence_link": "https://ledger.example/1"}
    claimed = {"line": line, "year": year, "booked": year, "amount": Decimal(35_000), "words": "Charged"}
    verifier = User.objects.get_or_create(username="verifier")[0]
    people = {"claimed_by": user, "verified_by": verifier}
    Claim(ref="CL-9001", **claimed, **known, **people).record(by=user, reason="Verified")
    return line


def test_a_projects_lines_stand_with_what_is_approved_forecast_and_delivered(told, reader, sign_in):
    answer = sign_in(reader("lead-commercial")).get("/projects/COM-01/?tab=benefits")
    line, total = rows(answer)
    assert line[0].startswith("B-004-L1 Fees and charges")
    assert line[4:] == ["£90,000", "£80,000", "£30,000"]
    assert total[0].startswith("Together:")
    assert total[4:] == ["£90,000", "£80,000", "£30,000"]
    assert 'href="/benefits/B-004/lines/B-004-L1/"' in answer.content.decode()


def test_a_workstream_gathers_its_projects_and_adds_up_only_what_is_alike(told, reader, sign_in):
    one_off = BenefitLine.objects.get(ref="B-006-L1")
    one_off.frequency, one_off.not_quantified_because = "one_off", ""
    user = User.objects.installer()
    one_off.record(by=user, reason="A lease once")
    BenefitAmount(line=one_off, year=FinancialYear(2023), kind="approved", amount=5_000).record(
        by=user, reason="Profile"
    )
    found = rows(sign_in(reader("finance")).get("/workstreams/commercial/?tab=benefits"))
    assert [cells[0][:8] for cells in found] == ["B-004-L1", "B-006-L1", "Together", "Together"]
    assert sorted(cells[4] for cells in found[2:]) == ["£5,000", "£90,000"]


def test_what_is_not_quantified_stands_without_an_amount(reader, sign_in):
    [line] = rows(sign_in(reader("finance")).get("/projects/COM-02/?tab=benefits"))
    assert line[4:] == ["Not quantified", "Not quantified", "–"]


def test_exempt_lines_leave_no_trace(reader, sign_in):
    seen = sign_in(reader("finance")).get("/projects/AGS-05/?tab=benefits").content.decode()
    page = sign_in(reader("lead-commercial")).get("/projects/AGS-05/?tab=benefits").content.decode()
    assert "Staffing redesign" in seen
    assert "£1,100,000" in seen
    for hidden in ("Staffing redesign", "B-001", "£1,100,000", "xempt", "withheld"):
        assert hidden not in re.sub(r"<title>.*?</title>|<h1.*?</h1>|<nav.*?</nav>", "", page, flags=re.S)
    assert "No benefit is at home here yet." in page


def test_benefits_of_others_are_listed_where_they_are_shared(told, reader, sign_in):
    digital = Workstream.objects.get(slug="digital")
    written(BenefitShare(benefit=told.benefit, workstream=digital, percent=Decimal(40)))
    page = sign_in(reader("lead-digital")).get("/workstreams/digital/?tab=benefits").content.decode()
    assert "B-004 Fees and charges under the new policy</a>, 40 %" in page


def test_the_list_of_all_its_lines_has_the_amounts_of_the_page(told, reader, sign_in):
    """Counted whole where they are at home; by shares only where the address asks for that."""
    for slug, percent in (("digital", 40), ("commercial", 60)):
        share = {"workstream": Workstream.objects.get(slug=slug), "percent": Decimal(percent)}
        written(BenefitShare(benefit=told.benefit, **share))
    client = sign_in(reader("finance"))
    page = client.get("/workstreams/commercial/?tab=benefits")
    assert 'href="/benefits/list/?home=commercial"' in page.content.decode()
    [line, *_] = rows(page)
    assert (line[0][:8], line[4:]) == ("B-004-L1", ["£90,000", "£80,000", "£30,000"])
    assert amounts(client.get("/benefits/list/?home=commercial")) == {"B-004-L1": 90_000, "B-006-L1": None}
    assert 'href="/benefits/list/?workstream=commercial"' in page.content.decode()
    assert amounts(client.get("/benefits/list/?workstream=commercial"))["B-004-L1"] == 54_000


def amounts(answer: Any) -> dict[str, Any]:
    """What is approved of each line of a register."""
    return {row.record.ref: row.record.approved for row in answer.context["table"].page.object_list}


def test_it_stands_as_it_stood(told, reader, sign_in):
    client = sign_in(reader("finance"))
    [line] = rows(client.get("/projects/COM-01/?tab=benefits&as_at=2022-07-31"))
    assert line[4:] == ["Not quantified", "Not quantified", "–"]


def test_staff_have_no_such_tab(reader, sign_in):
    page = sign_in(reader("staff")).get("/projects/COM-01/").content.decode()
    assert "tab=benefits" not in page


def test_its_queries_do_not_grow_with_the_lines(told, reader, sign_in):
    client, counts = sign_in(reader("programme-manager")), []
    source = {"source_document": "Sheet", "source_as_at": told.source_as_at}
    for number in (1, 40):
        for _ in range(number):
            ref = f"B-{100 + Benefit.objects.count()}"
            new = written(Benefit(ref=ref, name=ref, scope=told.scope))
            line = {"benefit": new, "ref": f"{ref}-L1", "name": ref, "scope": told.scope}
            written(BenefitLine(category="income_generation", kind="income", **line, **source))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/workstreams/commercial/?tab=benefits")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
    assert "All its lines" in answer.content.decode()
