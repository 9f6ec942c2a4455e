"""The matrix page: counts and names per cell, now and as they stood, each leading to the risks it counts."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest

from risks.actions import settings
from risks.models import MatrixCell, RiskSettings
from risks.rules.scoring import Score
from tests.cast import BEGINNING

pytestmark = pytest.mark.django_db
MATRIX = "/risks/matrix/"


@pytest.fixture
def page(sign_in):
    """``page(person, "?owner=nobody")``: the answer of the matrix page."""
    return lambda person, query="": sign_in(person).get(MATRIX + query)


def counts(answer, which=0):
    """How many the cells hold that hold any, as ``{"4-5": 2}``; ``which``: 0 current, 1 target."""
    cells = answer.context["grids"][which]["grid"].cells
    found = {cell.key: cell.inside.count for cell in cells if cell.inside.count}
    return found | {"not-scored": answer.context["grids"][which]["unscored"].count}


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def register(make_risk, programme_scope, today, lead_digital):
    make_risk("R-001", (4, 5), target=(2, 3), title="The supplier leaves")
    make_risk("R-002", (4, 5), owner=lead_digital)
    make_risk("R-003", (1, 1), target=(1, 1), scope=programme_scope)
    make_risk("R-004")
    make_risk("R-005", (4, 5), status="closed", ended_on=today)


def test_cells_count_current_beside_target(register, page, sro):
    answer = page(sro)
    assert counts(answer) == {"4-5": 2, "1-1": 1, "not-scored": 1}
    assert counts(answer, 1) == {"2-3": 1, "1-1": 1, "not-scored": 2}
    said = words(answer)
    assert "4 risks may still happen: 2 severe, 1 low; 1 is not yet scored." in said
    assert "After the planned actions: 1 medium, 1 low." in said
    assert "R-001 The supplier leaves" in said
    assert "Risk R-005" not in said


def test_every_count_leads_to_a_register_of_as_many(register, page, sign_in, sro):
    browser = sign_in(sro)
    answer = browser.get(MATRIX)
    checked = 0
    for one in answer.context["grids"]:
        for inside in [cell.inside for cell in one["grid"].cells] + [one["unscored"]]:
            if inside.count:
                assert browser.get(inside.url).context["count"] == inside.count, inside.url
                checked += 1
    assert checked == 6


@pytest.mark.parametrize("query", ["?workstream=digital", "?workstream=programme", "?owner=nobody"])
def test_filters_are_kept_in_the_links(register, page, sign_in, sro, query):
    browser = sign_in(sro)
    answer = browser.get(MATRIX + query)
    insides = [cell.inside for cell in answer.context["grids"][0]["grid"].cells if cell.inside.count]
    assert insides
    for inside in insides:
        assert browser.get(inside.url).context["count"] == inside.count
    assert sum(inside.count for inside in insides) == sum(
        number for key, number in counts(answer).items() if key != "not-scored"
    )


def test_a_filter_leaves_only_its_own(register, page, sro, lead_digital):
    assert counts(page(sro, "?workstream=programme")) == {"1-1": 1, "not-scored": 0}
    assert counts(page(sro, f"?owner={lead_digital.pk}")) == {"4-5": 1, "not-scored": 0}
    assert "No risk matches these filters" in words(page(sro, "?project=XYZ-01"))


def test_more_than_a_few_are_counted_and_not_named(make_risk, page, sro, today):
    for number in range(1, 10):
        make_risk(f"R-{number:03}", (3, 3))
    said = words(page(sro))
    assert "Risk R-005" in said
    assert "Risk R-006" not in said
    assert "and 4 more" in said


def test_a_cell_of_a_past_day_leads_to_all_that_stood_in_it(make_risk, sign_in, sro, on, fresh, lead_digital):
    on(datetime.date(2022, 8, 1))
    for number in range(1, 9):
        risk = make_risk(f"R-{number:03}", (3, 3), target=(2, 2), owner=lead_digital)
    make_risk("R-009", (1, 1))
    on(datetime.date(2022, 9, 1))
    risk.title, risk.current_likelihood = "Newer", 5
    risk.record(by=sro, reason="It got worse")
    browser = sign_in(sro)
    past = browser.get(f"{MATRIX}?as_at=2022-08-01&workstream=digital").content.decode()
    address = unescape(re.search(r'href="([^"]+)">and 3 more', past)[1])
    answer = browser.get(address)
    assert answer.context["count"] == 8
    said = words(answer)
    assert "As it stood on 1 August 2022" in said
    assert "R-008 Risk R-008 Possible × Moderate, 9 Medium Unlikely × Minor, 4 Low Lead for" in said
    assert "R-009" not in said
    assert 'href="/risks/R-008/?as_at=2022-08-01"' in answer.content.decode()
    assert browser.get(f"{MATRIX}risks/?as_at=2022-08-01&target=not-scored").context["count"] == 1
    rows = b"".join(browser.get(f"{address}&format=csv").streaming_content).decode()
    assert "R-008,Risk R-008,Possible × Moderate" in rows.replace('"', "")
    assert browser.get(f"{MATRIX}risks/?cell=3-3").context["count"] == 7


def test_nobody_finds_in_a_past_cell_what_is_kept_from_them(
    make_risk, page, sign_in, lead_commercial, sro, staff, today
):
    risk = make_risk("R-001", (5, 5), title="The secret")
    risk.classification, risk.exempt_paragraphs = "exempt", [3]
    risk.exempt_reason, risk.exempt_review = "A contract.", datetime.date(2023, 1, 1)
    risk.record(by=sro, reason="It names a supplier")
    address = f"{MATRIX}risks/?as_at={BEGINNING}&cell=5-5"
    assert sign_in(sro).get(address).context["count"] == 1
    hidden = sign_in(lead_commercial).get(address)
    assert hidden.context["count"] == 0
    assert "secret" not in hidden.content.decode()
    assert sign_in(staff).get(address).status_code == 403
    assert sign_in(sro).get(f"{MATRIX}risks/?cell=9-9").status_code == 200
    assert "Select a valid choice" in words(sign_in(sro).get(f"{MATRIX}risks/?cell=9-9"))


def test_what_is_exempt_leaves_no_trace(make_risk, page, lead_commercial, sro, today):
    facts = {"classification": "exempt", "exempt_paragraphs": [3], "exempt_reason": "A contract."}
    make_risk("R-001", (5, 5), title="The secret", exempt_review=datetime.date(2023, 1, 1), **facts)
    assert counts(page(sro)) == {"5-5": 1, "not-scored": 0}
    answer = page(lead_commercial)
    assert "There is no risk that may still happen" in words(answer)
    assert "secret" not in words(answer)


def test_a_past_day_has_its_own_matrix_and_scores(make_risk, page, programme_manager, sro, on, fresh):
    on(datetime.date(2022, 8, 1))
    risk = make_risk("R-001", (2, 2))
    on(datetime.date(2022, 9, 1))
    kept = RiskSettings.objects.get()
    bands = {Score(2, 2): "severe"}
    # 2 × 2 above its neighbours is backward on purpose: what counts here is the day.
    settings.change_matrix(kept, bands=bands, by=programme_manager, reason="A new policy")
    risk = fresh(risk)
    risk.current_likelihood, risk.current_impact = 5, 5
    risk.record(by=programme_manager, reason="It got worse")
    now, then = page(sro), page(sro, "?as_at=2022-08-01")
    assert counts(now) == {"5-5": 1, "not-scored": 0}
    assert counts(then) == {"2-2": 1, "not-scored": 0}
    assert "1 risk could still happen: 1 low." in words(then)
    assert "As it stood on 1 August 2022" in words(then)
    assert "/risks/R-001/?as_at=2022-08-01" in then.content.decode()
    assert MatrixCell.objects.get(likelihood=2, impact=2).band == "severe"


def test_before_the_register_nothing_stood(register, page, sro):
    before = BEGINNING - datetime.timedelta(days=1)
    assert "No risk stood in the register." in words(page(sro, f"?as_at={before}"))


def test_what_became_exempt_is_not_shown_of_the_past(make_risk, page, lead_commercial, sro, today):
    risk = make_risk("R-001", (5, 5))
    risk.classification, risk.exempt_paragraphs = "exempt", [3]
    risk.exempt_reason, risk.exempt_review = "A contract.", datetime.date(2023, 1, 1)
    risk.record(by=sro, reason="It names a supplier")
    assert counts(page(sro, f"?as_at={BEGINNING}")) == {"5-5": 1, "not-scored": 0}
    assert "No risk stood in the register." in words(page(lead_commercial, f"?as_at={BEGINNING}"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?as_at=2030-01-01", "1 January 2030 is in the future"),
        ("?as_at=yesterday", "Enter a valid date"),
        ("?workstream=nowhere", "Select a valid choice"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_counted(register, page, sro, query, sentence):
    answer = page(sro, query)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert "grids" not in answer.context


def test_staff_do_not_see_it(staff, page):
    assert page(staff).status_code == 403


def test_queries_do_not_grow_with_rows(make_risk, sign_in, sro, today, django_assert_max_num_queries):
    browser = sign_in(sro)
    for number in range(1, 40):
        make_risk(f"R-{number:03}", (number % 5 + 1, number % 4 + 1), target=(1, 1))
    for query in ("", "?as_at=2022-08-01"):
        with django_assert_max_num_queries(20):
            browser.get(MATRIX + query)
