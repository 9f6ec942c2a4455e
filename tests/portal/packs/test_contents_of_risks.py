"""What a pack says of risks and issues, against cases made by hand; what it withholds; what it asks for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Pack
from portal.packs import contents
from portal.packs.blocks import Chart, Listing, Notice, Paragraph
from risks.models import Acceptance, Issue, MatrixCell, Risk, RiskAction
from tests.cast import BEGINNING, written
from tests.portal.packs.sections import TODAY, tables
from tests.risks.conftest import category, decision, make_risk, risk_owner

__all__ = ["category", "decision", "make_risk", "risk_owner"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("illustrative")]
DAY = datetime.timedelta(days=1)
EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "A sale is being negotiated.",
    "exempt_review": datetime.date(2023, 6, 1),
}
BANDS = "Risks by band, now and after the planned actions"
STAND, GO = "Matrix: where the risks stand", "Matrix: where they are to go"
OUTSIDE = "Outside appetite, without an acceptance that covers it"
FULL = "What may happen, why, and what is done about it"


@pytest.fixture
def pack(sro: Any) -> Any:
    """``pack("open", as_at) -> {"12": Section, …}``: risks and issues of a pack of that day."""

    def take(variant: str = "board", day: datetime.date = TODAY) -> dict[str, Any]:
        snapshot = contents.take(sro, variant, day)
        found = (contents.risks.section("12", snapshot), contents.issues.section("13", snapshot))
        return {one.number: one for one in found}

    return take


def at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def rows(section: Any, caption: str) -> dict[str | None, tuple[str | None, ...]]:
    return {row[0]: row[1:] for row in tables(section)[caption].rows}


def said(section: Any) -> str:
    return " ".join(one.text for one in section.blocks if isinstance(one, Paragraph))


def issue(ref: str, scope: Any, **facts: Any) -> Issue:
    known = {"title": f"Issue {ref}", "what_happened": "It happened", "severity": "major"}
    return written(Issue(ref=ref, scope=scope, raised_on=BEGINNING, **known | facts))


@pytest.fixture
def register(make_risk: Any, category: Any, risk_owner: Any, crm: Any) -> None:
    """Seven risks, of which one is closed: 2 severe, 1 high, 1 low, 2 not yet scored."""
    delivery = category("Delivery", 12)
    make_risk("R-001", (4, 5), target=(2, 3), category=delivery, owner=risk_owner, review_due=TODAY - DAY)
    make_risk("R-002", (4, 5), target=(2, 2), category=delivery, scope=crm.scope)
    make_risk("R-003", (5, 3), target=(2, 3), category=delivery, response="treat")
    make_risk("R-004", (2, 2))
    make_risk("R-005", review_due=datetime.date(2022, 8, 4))
    make_risk("R-006", cause="Nobody was asked")
    make_risk("R-007", (5, 5), status="closed", ended_on=BEGINNING)


def test_the_matrix_counts_what_stands_beside_what_is_aimed_at(register, pack):
    section = pack()["12"]
    assert said(section).startswith(
        "6 risks may still happen: 2 severe, 1 high, 1 low; 2 are not yet scored. "
        "After the planned actions: 2 medium, 1 low."
    )
    assert rows(section, BANDS) == {
        "Severe": ("2", "0"),
        "High": ("1", "0"),
        "Medium": ("0", "2"),
        "Low": ("1", "1"),
        "Not yet scored": ("2", "3"),
    }
    assert tables(section)[BANDS].totals == ("All that may still happen", "6", "6")
    [drawn] = [one for one in section.blocks if isinstance(one, Chart)]
    assert drawn.table.caption == BANDS
    assert "Target, after the planned actions" in drawn.svg
    now, target = rows(section, STAND), rows(section, GO)
    assert now["4 Likely"] == ("Low", "Medium", "High", "Severe", "Severe: 2 (R-001, R-002)")
    assert now["5 Almost certain"][2] == "High: 1 (R-003)"
    assert target["2 Unlikely"] == ("Low", "Low: 1 (R-002)", "Medium: 2 (R-001, R-003)", "Medium", "High")
    assert "2 are not yet scored" in tables(section)[STAND].note


def test_the_highest_score_stands_first_and_what_is_not_scored_in_rows_of_its_own(register, pack):
    section = pack()["12"]
    found = tables(section)["Risks by importance"].rows
    assert [(row[0], row[4], row[5], row[6]) for row in found] == [
        ("R-001", "20", "Severe", "6"),
        ("R-002", "20", "Severe", "4"),
        ("R-003", "15", "High", "6"),
        ("R-004", "4", "Low", None),
    ]
    unscored = rows(section, "Risks not yet scored")
    assert list(unscored) == ["R-005", "R-006"]
    assert unscored["R-005"][2:5] == ("Nobody yet", "2022-08-04", "Open")
    assert rows(section, FULL)["R-001"][4] == "Likely × Critical, 20: severe"


def test_what_is_to_be_looked_at_is_counted(register, pack):
    [found] = [one for one in pack()["12"].blocks if isinstance(one, Listing)]
    assert found.items == (
        "2 reviews are overdue.",
        "5 risks have no owner.",
        "1 risk to be treated has no action.",
    )


def test_outside_appetite_stands_until_the_board_has_accepted_it(register, pack, decision, sro):
    assert list(rows(pack()["12"], OUTSIDE)) == ["R-001", "R-002", "R-003"]
    known = {
        "accepted_by": sro,
        "accepted_on": BEGINNING,
        "why": "Dearer to treat",
        "likelihood": 4,
        "impact": 5,
    }
    by_board = {"authority": "board", "decision": decision(), "band": "severe"} | known
    for ref, until in (("R-001", TODAY), ("R-002", TODAY - DAY)):
        written(Acceptance(risk=Risk.objects.get(ref=ref), expires=until, **by_board))
    found = rows(pack()["12"], OUTSIDE)
    assert list(found) == ["R-002", "R-003"]
    assert found["R-002"][1:4] == ("Delivery", "12", "20")
    assert found["R-002"][-1] == "29 November 2022; it has run out"
    assert found["R-003"][-1] is None


def test_actions_not_done_stand_with_their_risk(register, pack, risk_owner):
    risk = Risk.objects.get(ref="R-003")
    for what, due, done in (("Train", TODAY - DAY, None), ("Hire", TODAY, None), ("Ask", BEGINNING, TODAY)):
        written(RiskAction(risk=risk, what=what, owner=risk_owner, due=due, done_on=done))
    words = rows(pack()["12"], FULL)["R-003"][-1]
    assert words == "Train (29 November 2022, overdue); Hire (30 November 2022)"


def test_movement_is_since_the_last_pack_else_over_a_month(register, pack, sro, lead_digital):
    risk = Risk.objects.get(ref="R-004")
    risk.current_likelihood, risk.current_impact = 4, 3
    risk.record(by=lead_digital, reason="It is likelier", effective=at(datetime.date(2022, 11, 15)))
    first = Risk.objects.get(ref="R-005")
    first.current_likelihood, first.current_impact = 1, 1
    first.record(by=lead_digital, reason="First scored", effective=at(datetime.date(2022, 11, 25)))
    section = pack()["12"]
    charts = [one.title for one in section.blocks if isinstance(one, Chart)]
    assert charts[-1] == "What moved since 30 October 2022", "its arrows stand above its rows"
    assert rows(section, "What moved since 30 October 2022") == {
        "R-004": ("Risk R-004", "Up, from low to high", "2 × 2 = 4, low", "4 × 3 = 12, high"),
        "R-005": ("Risk R-005", "First scored", "Not yet scored", "1 × 1 = 1, low"),
    }
    assert "1 up, 1 scored for the first time; 4 stayed as they were." in said(section)
    assert "as there is no earlier pack" in said(section)
    known = {"variant": "board", "issued": at(TODAY), "issued_by": sro, "sealed": "{}", "digest": "0" * 64}
    Pack(number=1, version=1, as_at=datetime.date(2022, 11, 20), **known).save()
    section = pack()["12"]
    assert list(rows(section, "What moved since 20 November 2022")) == ["R-005"]
    assert "Compared with the last pack." in said(section)


def test_a_past_day_uses_its_own_scores_and_matrix(register, pack, lead_digital):
    risk, cell = Risk.objects.get(ref="R-004"), MatrixCell.objects.get(likelihood=2, impact=2)
    risk.current_impact = 5
    risk.record(by=lead_digital, reason="It would cost more", effective=at(datetime.date(2022, 10, 1)))
    cell.band = "medium"
    cell.record(by=lead_digital, reason="Agreed", effective=at(datetime.date(2022, 9, 1)))
    for day, expected in (
        (datetime.date(2022, 8, 31), ("4", "Low")),
        (datetime.date(2022, 9, 30), ("4", "Medium")),
        (TODAY, ("10", "High")),
    ):
        row = rows(pack("board", day)["12"], "Risks by importance")["R-004"]
        assert row[3:5] == expected, day


def test_issues_stand_the_severest_first_with_what_they_ask(pack, digital, board, decision, risk_owner):
    asks = {"decision_asked": "May we wait until May?", "asked_of": board}
    issue("I-001", digital.scope, severity="minor", **asks)
    issue("I-002", digital.scope, severity="critical", due=TODAY - DAY, owner=risk_owner, plan="Mend it")
    issue("I-003", digital.scope, **asks, decision=decision())
    done = {"status": "resolved", "resolved_on": TODAY, "how_resolved": "Mended"}
    issue("I-004", digital.scope, **done)
    section = pack()["13"]
    assert said(section) == "3 issues are open; 1 is overdue; 1 asks for a decision."
    assert rows(section, "Decisions that issues ask for") == {
        "I-001": ("Issue I-001", "May we wait until May?", "Programme Board")
    }
    found = rows(section, "Open issues")
    assert list(found) == ["I-002", "I-003", "I-001"]
    assert found["I-002"][2:8] == ("Critical", "Be Digital", "Head of IT", "2022-11-29", "Overdue", "Mend it")
    assert found["I-003"][-2:] == ("TB-2022-001", "Internal")


def test_an_empty_register_says_so(pack, programme):
    section = pack()
    assert "No risk of the register may still happen." in said(section["12"])
    assert said(section["13"]) == "No issue is open."


def test_the_open_variant_names_the_ground_and_nothing_else(register, pack, make_risk, digital):
    issue("I-001", digital.scope)
    [left_out] = pack("open")["12"].blocks
    assert isinstance(left_out, Notice)
    assert left_out.text == "Internal matter is left out of the open version."
    make_risk("R-066", (5, 5), title="The sale falls through", **EXEMPT)
    for number, day in (("12", TODAY), ("13", TODAY), ("12", TODAY - DAY)):
        [left_out] = pack("open", day)[number].blocks
        assert left_out.text == (
            "Internal matter is left out of the open version. Exempt risks and issues are left out "
            "(paragraph 3 of Schedule 12A to the Local Government Act 1972)."
        )
    assert rows(pack()["12"], "Risks by importance")["R-066"][-1] == "Exempt, paragraph 3"


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_its_queries_do_not_grow_with_the_register(make_risk, digital, sro, risk_owner, category, board, day):
    counts, kind = [], category()
    contents.take(sro, "board", day)  # what is read once for a person or a process
    for number in (1, 15):
        for place in range(number):
            ref = f"{number:02}{place:02}"
            risk = make_risk(f"R-{ref}", (3, 3), owner=risk_owner, category=kind)
            written(RiskAction(risk=risk, what="Train", owner=risk_owner, due=TODAY))
            issue(f"I-{ref}", digital.scope, owner=risk_owner, decision_asked="May we?", asked_of=board)
        with CaptureQueriesContext(connection) as queries:
            snapshot = contents.take(sro, "board", day)
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as drawing:
            contents.risks.section("12", snapshot)
            contents.issues.section("13", snapshot)
        assert len(drawing) == 0
    assert counts[0] == counts[1]
