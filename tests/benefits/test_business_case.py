"""What each reader sees of the business case's money."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import BenefitLine, StatedFigure
from portal.money import (
    business_case,
    headlines_of,
    investment_table,
    payback_as_stated,
    savings_table,
    stated_disagreements,
)
from programme.people.models import Scope, User
from tests.cast import written

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]


def test_the_board_sees_savings_to_the_pound(reader: Reader) -> None:
    table = savings_table(reader("sro"))
    assert [str(year) for year in table.years] == ["2022/23", "2023/24", "2024/25"]
    assert [row.amounts for row in table.rows] == [
        (150_000, 450_000, 500_000),
        (None, 150_000, 450_000),
        (None, 250_000, None),
    ]
    assert [(row.total, row.difference) for row in table.rows] == [(1_100_000, 0), (600_000, 0), (250_000, 0)]
    assert (table.year_totals, table.total) == ((150_000, 850_000, 950_000), 1_950_000)
    assert [row.category for row in table.by_category] == [
        "Staffing redesign",
        "Service redesign and cost avoidance",
        "Income generation",
    ]
    assert [row.ref for row in table.not_quantified] == ["B-004-L1", "B-005-L1", "B-006-L1"]
    assert table.rows[0].exempt == "exempt, paragraphs 1, 2, 4"
    assert table.has_blanks
    assert not table.withheld


def test_the_board_sees_investment_against_every_total_that_is_stated(reader: Reader) -> None:
    table = investment_table(reader("finance"))
    assert table.total == 1_602_000
    assert [(one.amount, one.difference) for one in table.stated] == [
        (1_612_000, 10_000),
        (1_603_000, 1_000),
        (1_602_000, 0),
        (1_623_000, 21_000),
    ]


def test_the_payback_table_is_as_stated_and_the_lines_stand_against_it(reader: Reader) -> None:
    table = payback_as_stated(reader("auditor")).table
    assert table is not None
    assert (table.benefit, table.benefit_total) == ((153_000, 827_000, 957_000), 1_937_000)
    assert (table.cost, table.cost_total) == ((327_000, 800_000, 496_000), 1_623_000)
    assert (table.net, table.net_total) == ((-174_000, 27_000, 461_000), 314_000)
    assert table.cumulative == (-174_000, -147_000, 314_000)
    assert table.lines is not None
    assert (table.lines.benefit_gap, table.lines.benefit_gap_total) == ((-3_000, 23_000, -7_000), 13_000)
    assert (table.lines.net, table.lines.net_total) == ((-177_000, 50_000, 454_000), 327_000)
    assert (table.lines.net_gap, table.lines.net_gap_total) == ((3_000, -23_000, 7_000), -13_000)


def test_the_headlines_disagree_and_findings_say_what_stands_out(reader: Reader) -> None:
    headlines = stated_disagreements(reader("programme-manager"))
    found = {
        one.measure: [(h.amount, h.difference) for h in one.headlines] for one in headlines.disagreements
    }
    assert found == {
        "Annual savings": [(1_706_000, 0), (1_937_000, 231_000), (1_950_000, 244_000), (1_811_000, 105_000)],
        "Implementation cost": [
            (1_612_000, 0),
            (1_603_000, -9_000),
            (1_602_000, -10_000),
            (1_623_000, 11_000),
        ],
        "Budget gap": [(2_600_000, 0), (3_600_000, 1_000_000)],
    }
    aspirational, inferred = headlines.findings
    assert "£1,937,000, which includes the aspirational savings (£231,000 beyond" in aspirational.words
    assert inferred.label == "Inferred basis"
    assert "come to £12,991,000" in inferred.words
    words = {one.measure: one.words for one in headlines.others}
    assert words["Reduction in posts"] == "circa 10%"
    assert words["Date the vision was approved"] == "6 July 2022"
    assert words["Net gain over ten years"] == "around £12,990,000"


def test_what_another_document_states_is_no_headline_of_the_business_case(reader: Reader) -> None:
    words = {"covers": "peer review", "source_document": "Peer review, 2023", "source_as_at": "2023-03-01"}
    scope = Scope.objects.get(kind="programme")
    written(StatedFigure(ref="F-900", measure="annual_savings", amount=Decimal(1), scope=scope, **words))
    shown = stated_disagreements(reader("sro"))
    assert "F-900" not in {h.ref for one in shown.disagreements for h in one.headlines}
    assert "F-900" not in {one.ref for one in shown.others}


def test_every_figure_carries_its_source(reader: Reader) -> None:
    case = business_case(reader("sro"))
    rows = [*case.savings.rows, *case.savings.not_quantified, *case.investment.rows, *case.headlines.others]
    assert {row.source.document for row in rows} == {
        "Transforming East Herts Business Case, Final, 4 July 2022"
    }
    assert {row.source.as_at for row in rows} == {datetime.date(2022, 7, 4)}
    assert case.savings.source
    assert str(case.savings.source).endswith("section 5 summary table; section 6 profile")


@pytest.mark.parametrize(
    "part", ["lead-digital", "lead-commercial", "pm-crm", "champion", "communications-officer"]
)
def test_other_readers_see_lines_that_are_not_exempt_and_no_total(reader: Reader, part: str) -> None:
    case = business_case(reader(part))
    assert [row.ref for row in case.savings.rows] == ["B-002-L1", "B-003-L1"]
    assert case.savings.total is None
    assert set(case.savings.year_totals) == {None}
    assert not case.savings.by_category
    assert [row.ref for row in case.investment.rows] == ["C-001", "C-002", "C-003", "C-004", "C-005"]
    assert (case.investment.total, case.investment.stated) == (None, ())
    assert case.payback.table is None
    assert [one.measure for one in case.headlines.disagreements] == ["Budget gap"]
    assert not case.headlines.findings
    for sentence in (case.savings, case.investment, case.payback, case.headlines):
        assert "paragraphs 1, 2 and 4 of Schedule 12A" in sentence.withheld


def test_the_lead_and_the_manager_of_the_staffing_redesign_see_its_lines(reader: Reader) -> None:
    for part in ("lead-agile", "pm-staffing"):
        case = business_case(reader(part))
        assert case.savings.rows[0].total == 1_100_000
        assert case.investment.rows[-1].amount == 900_000
        assert case.payback.table is None
        assert case.headlines.withheld


def test_staff_see_nothing(reader: Reader) -> None:
    case = business_case(reader("staff"))
    assert (case.savings.rows, case.savings.not_quantified, case.investment.rows) == ((), (), ())
    assert (case.headlines.disagreements, case.headlines.others) == ((), ())


def test_the_cost_of_the_crm_stands_on_its_project(reader: Reader) -> None:
    [figure] = headlines_of(reader("pm-crm"), Scope.objects.get(key="dig-01"))
    assert (figure.words, figure.amount) == ("up to £487,000", 487_000)
    assert figure.covers == "from the £3m corporate reserve transformation budget"
    assert figure.source.place == "section 2"


def test_savings_stand_as_they_stood_and_the_stricter_exemption_holds(
    reader: Reader, installation: User
) -> None:
    lead, sro = reader("lead-digital"), reader("sro")
    line = BenefitLine.objects.get(ref="B-001-L1")
    line.classification, line.name = "internal", "Redesign of teams"
    line.record(by=installation, reason="The exemption was reviewed")
    then = datetime.date(2022, 7, 4)
    assert savings_table(sro, then).rows[0].name == "Staffing redesign"
    assert savings_table(sro, then).total == 1_950_000
    assert savings_table(lead).rows[0].total == 1_100_000
    assert [row.ref for row in savings_table(lead, then).rows] == ["B-002-L1", "B-003-L1"]
    assert savings_table(lead, then).withheld
    assert savings_table(lead, then).total is None
    assert not savings_table(sro, datetime.date(2022, 7, 3)).rows


def test_a_line_whose_years_do_not_come_to_its_total_says_by_how_much(
    reader: Reader, installation: User
) -> None:
    line = BenefitLine.objects.get(ref="B-003-L1")
    line.stated_total += 5_000
    line.record(by=installation, reason="Trying")
    assert savings_table(reader("sro")).rows[2].difference == 5_000


def test_the_number_of_queries_does_not_depend_on_the_number_of_lines(
    reader: Reader, installation: User
) -> None:
    user = reader("sro")
    business_case(user)
    with CaptureQueriesContext(connection) as few:
        business_case(user)
    pattern = BenefitLine.objects.get(ref="B-003-L1")
    for n in range(20):
        pattern.pk, pattern.id, pattern._state.adding, pattern.ref = None, None, True, f"B-1{n:02}-L1"
        pattern.version = 1
        pattern.record(by=installation, reason="Many lines")
    with CaptureQueriesContext(connection) as many:
        assert len(business_case(user).savings.rows) == 23
    assert len(many) == len(few) <= 12
