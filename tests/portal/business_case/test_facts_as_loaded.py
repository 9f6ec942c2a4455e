"""What the portal holds after loading the business case, against the document."""

import datetime
from decimal import Decimal

import pytest

from benefits.models import (
    Benefit,
    BenefitAmount,
    BenefitLine,
    CostLine,
    Reconciliation,
    StatedFigure,
    StatedScenario,
)
from programme.foundation.money import FinancialYear
from programme.people.models import Scope
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import (
    Body,
    CorporatePriority,
    DesignPrinciple,
    ExecutiveReport,
    Programme,
    Project,
    ProjectDependency,
    Statement,
    Workstrand,
    Workstream,
    WorkstreamPriority,
)
from risks.models import Review, Risk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
DOCUMENT = "Transforming East Herts Business Case, Final, 4 July 2022"
YEARS = [FinancialYear(2022), FinancialYear(2023), FinancialYear(2024)]


def amounts_of(ref: str, kind: str = "approved") -> dict[str, Decimal]:
    return {str(one.year): one.amount for one in BenefitAmount.objects.filter(line__ref=ref, kind=kind)}


def test_the_programme_has_its_vision_objectives_and_principles() -> None:
    programme = Programme.objects.get(slug="transforming-east-herts")
    assert programme.business_case == DOCUMENT
    assert programme.vision.startswith("By 2025 East Herts Council will be")
    kinds = list(Statement.objects.values_list("kind", flat=True))
    counted = {kind: kinds.count(kind) for kind in kinds}
    assert counted == {"objective": 4, "agile_principle": 4, "implementation_order": 5, "transition": 1}


def test_each_workstream_serves_its_own_priority_and_all_three_the_shared_one() -> None:
    served = WorkstreamPriority.objects.values_list("workstream__slug", "priority__name", "is_own")
    assert set(served) == {
        ("agile-sustainable", "Sustainability at the heart of everything we do", True),
        ("commercial", "Encouraging economic growth", True),
        ("digital", "Digital by design", True),
        ("agile-sustainable", "Enabling our communities", False),
        ("commercial", "Enabling our communities", False),
        ("digital", "Enabling our communities", False),
    }
    assert CorporatePriority.objects.count() == 4


def test_six_workstrands_have_a_proposed_home_and_their_principles() -> None:
    assert Workstrand.objects.count() == 6
    assert not Workstrand.objects.filter(home_confirmed=True).exists()
    assert DesignPrinciple.objects.count() == 3 + 3 + 4 + 2 + 5 + 4
    assert "unreadable" in Workstrand.objects.get(name="Commercial approach").note


def test_fourteen_projects_are_open_and_only_one_has_a_stage() -> None:
    assert set(Project.objects.values_list("classification", flat=True)) == {"open"}
    assert Project.objects.count() == 14
    assert list(Project.objects.exclude(stage="").values_list("ref", "stage")) == [("AGS-02", "discovery")]
    assert not Project.objects.filter(source_place="").exists()
    project = Project.objects.get(ref="DIG-01")
    assert (project.scope.key, project.scope.parent) == (
        "dig-01",
        Workstream.objects.get(slug="digital").scope,
    )


def test_the_hub_needs_the_single_view_of_the_customer() -> None:
    need = ProjectDependency.objects.get()
    assert (need.project.ref, need.needs.ref) == ("DIG-05", "DIG-01")


def test_the_fees_review_has_its_two_milestones_as_exactly_as_stated() -> None:
    milestones = Activity.objects.order_by("ref").values_list("ref", "forecast_finish", "precision", "kind")
    assert list(milestones) == [
        ("COM-01-M01", datetime.date(2022, 8, 1), "month", "milestone"),
        ("COM-01-M02", datetime.date(2023, 4, 1), "financial_year", "milestone"),
    ]


def test_bodies_lie_in_what_they_work_for_and_seats_are_posts() -> None:
    board = Body.objects.get(slug="programme-board")
    assert board.scope.parent == Scope.objects.get(kind="programme")
    assert len(board.terms) == 5
    assert list(board.seats.values_list("post", "role")) == [
        ("Deputy Chief Executive", "chair"),
        ("Chief Executive", "member"),
        ("Head of Legal and Democratic Services", "member"),
        ("Head of Strategic Finance and Property", "specialist_adviser"),
        ("Head of HR and OD", "specialist_adviser"),
        ("Communications Manager", "specialist_adviser"),
    ]
    group = Body.objects.get(slug="delivery-digital")
    assert group.scope.parent == group.workstream.scope
    assert Body.objects.count() == 5
    assert ExecutiveReport.objects.count() == 2


def test_savings_are_the_documents_and_blank_cells_stay_unknown() -> None:
    assert amounts_of("B-001-L1") == {"2022/23": 150_000, "2023/24": 450_000, "2024/25": 500_000}
    assert amounts_of("B-002-L1") == {"2023/24": 150_000, "2024/25": 450_000}
    assert amounts_of("B-003-L1") == {"2023/24": 250_000}
    assert amounts_of("B-001-L1", "original") == amounts_of("B-001-L1")
    assert set(BenefitAmount.objects.values_list("kind", flat=True)) == {"approved", "original"}


def test_what_is_not_quantified_has_a_reason_and_no_amount() -> None:
    later = BenefitLine.objects.exclude(not_quantified_because="")
    assert [line.ref for line in later] == ["B-004-L1", "B-005-L1", "B-006-L1"]
    assert not BenefitAmount.objects.filter(line__in=later).exists()
    assert not any(line.is_quantified for line in later)


def test_investment_and_payback_are_to_the_pound() -> None:
    amounts = list(CostLine.objects.values_list("amount", flat=True))
    assert amounts == [185_000, 128_000, 100_000, 29_000, 260_000, 900_000]
    scenario = StatedScenario.objects.get()
    assert [(one.benefit, one.cost, one.net) for one in scenario.years.all()] == [
        (153_000, 327_000, -174_000),
        (827_000, 800_000, 27_000),
        (957_000, 496_000, 461_000),
    ]
    assert (scenario.stated_benefit, scenario.stated_cost, scenario.stated_net) == (
        1_937_000,
        1_623_000,
        314_000,
    )
    assert [one.year for one in scenario.years.all()] == YEARS


def test_every_headline_is_held_as_stated() -> None:
    def stated(measure: str) -> list[Decimal | None]:
        return list(StatedFigure.objects.filter(measure=measure).values_list("amount", flat=True))

    assert stated("annual_savings") == [1_706_000, 1_937_000, 1_950_000, 1_811_000]
    assert stated("implementation_cost") == [1_612_000, 1_603_000, 1_602_000, 1_623_000]
    assert stated("budget_gap") == [2_600_000, 3_600_000]
    assert StatedFigure.objects.get(measure="staffing_reduction").percent == 10
    assert StatedFigure.objects.get(measure="vision_approved").date == datetime.date(2022, 7, 6)
    assert StatedFigure.objects.get(measure="crm_cost").scope.key == "dig-01"
    assert StatedFigure.objects.count() == 19


def test_what_disagrees_is_set_against_each_other_and_exempt_where_either_figure_is() -> None:
    found = Reconciliation.objects.all()
    assert [one.ref for one in found] == [f"R-{n:03}" for n in range(1, 13)]
    assert [one.ref for one in found if one.classification == "internal"] == ["R-008", "R-009"]
    assert not any(one.signed_by or one.movements.exists() for one in found)


@pytest.mark.parametrize("model", [BenefitLine, CostLine, StatedFigure, StatedScenario, Measure])
def test_every_figure_says_where_it_comes_from(model: type) -> None:
    for figure in model.objects.all():
        assert figure.source_document == DOCUMENT
        assert figure.source_place.startswith("section")
        assert figure.source_as_at == datetime.date(2022, 7, 4)
        assert (figure.basis, figure.price_base) == ("estimate", "nominal")


def test_the_seven_measures_say_what_the_document_counts() -> None:
    measures = Measure.objects.order_by("ref")
    assert [one.ref for one in measures] == [f"M-00{n}" for n in range(1, 8)]
    assert [(one.baseline_words, one.target_words) for one in measures] == [
        ("", "at least 90 %"),
        ("approximately 75", ""),
        ("3", ""),
        ("92 %", ""),
        ("15", "1"),
        ("93 %", ""),
        ("9", ""),
    ]
    assert {one.ref for one in measures if one.direction == "down"} == {"M-002", "M-005"}
    assert {one.source_place for one in measures} >= {"section 1", "section 4", "section 5, To Be model"}
    assert not any(one.owner or one.target_date or one.frequency for one in measures)


def test_the_five_risks_are_named_and_not_yet_scored() -> None:
    risks = Risk.objects.order_by("ref")
    assert [(one.ref, one.title) for one in risks] == [
        ("R-001", "Delay in the programme implementation timetable"),
        ("R-002", "Not meeting the financial efficiency savings"),
        ("R-003", "IT delays"),
        ("R-004", "Disruption to staff"),
        ("R-005", "Disruption to customers and business as usual"),
    ]
    for risk in risks:
        assert not any(risk.scores)
        assert not any((risk.cause, risk.event, risk.effect, risk.owner, risk.category, risk.response))
        assert (risk.status, risk.scope.kind, risk.classification) == ("open", "programme", "internal")
        assert (risk.source_document, risk.source_place) == (DOCUMENT, "section 7")
        assert (risk.raised_on, risk.review_due) == (datetime.date(2022, 7, 4), datetime.date(2022, 8, 4))
    assert not Review.objects.exists()


def test_staffing_and_what_would_give_it_away_is_exempt_with_its_reason() -> None:
    exempt = {
        record.ref
        for model in (Benefit, BenefitLine, CostLine, StatedFigure, StatedScenario)
        for record in model.objects.filter(classification="exempt")
    }
    headlines = {f"F-{n:03}" for n in (*range(1, 11), 15, 18)}
    assert exempt == {"B-001", "B-001-L1", "C-006", "P-001"} | headlines
    line = BenefitLine.objects.get(ref="B-001-L1")
    assert line.exempt_words == "exempt, paragraphs 1, 2, 4"
    assert "public interest" in line.exempt_reason
    assert line.exempt_review == datetime.date(2023, 7, 4)


def test_everything_took_effect_on_the_documents_date() -> None:
    for model in (Programme, Project, BenefitAmount, StatedFigure, Risk):
        row = model.history.first()
        assert row.history_date.isoformat() == "2022-07-04T11:00:00+00:00"
        assert row.history_user.username == "installation"
        assert row.history_change_reason == "Loaded from the business case"
