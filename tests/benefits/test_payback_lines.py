"""What an appraisal counts of the savings lines and costs, and for whom: worked by hand on a few lines."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from benefits.choices import AmountKind, Investment, Kind
from benefits.models import Benefit, BenefitLine, CostAmount, CostLine
from benefits.reading.payback_answer import Answer, answer
from benefits.reading.payback_inputs import Asked
from benefits.rules.appraisal import PaybackBasis, Terms, Timing
from programme.foundation.money import FinancialYear
from programme.people.models import Scope, User
from tests.cast import written
from tests.savings import EXEMPT, SOURCE

pytestmark = pytest.mark.django_db
Make = Callable[..., Benefit]
START = Terms(PaybackBasis.RUN_RATE, Timing.START, horizon=3, rate=Decimal(0))
ALL_KINDS = tuple(Kind.values)


@pytest.fixture
def cost(programme_scope: Scope) -> Callable[..., CostLine]:
    """``cost("C-001", 90, budget={"2022/23": 90})``: a cost line, with the years it has."""

    def make(ref: str, amount: int, **facts: Any) -> CostLine:
        profiles = {kind: facts.pop(kind, {}) for kind in ("budget", "forecast")}
        known = {"name": f"Cost {ref}", "classification": "internal", "scope": programme_scope}
        line = written(CostLine(ref=ref, amount=Decimal(amount), **SOURCE | known | facts))
        for kind, profile in profiles.items():
            for year, part in profile.items():
                written(
                    CostAmount(line=line, kind=kind, year=FinancialYear.parse(year), amount=Decimal(part))
                )
        return line

    return make


def asked(**how: Any) -> Asked:
    return Asked(**{"terms": START, "investment": Investment.BUDGET} | how)


def counted(found: Answer) -> list[Decimal]:
    assert found.lines is not None
    return list(found.lines.appraisal.counted)


def test_recurring_lines_go_on_and_one_offs_count_once(
    sro: User, benefit: Make, cost: Callable[..., CostLine]
) -> None:
    benefit(lines=[{"approved": {"2022/23": 10, "2023/24": 20}}])
    benefit("B-002", lines=[{"approved": {"2023/24": 7}, "frequency": "one_off"}])
    cost("C-001", 30, budget={"2022/23": 25, "2023/24": 5})
    found = answer(sro, asked())
    # 10; 10 + 20 + 7; 30. Costs 25 and 5. Running total −15, 17, 47.
    assert counted(found) == [10, 37, 30]
    assert found.lines
    assert found.lines.appraisal.cumulative == (-15, 17, 47)
    leanings = {one.line.ref: one.line.contribution for one in found.lines.tornado}
    # Line 1: 3 × 10 + 2 × 20; the cost takes 30; the one-off adds 7.
    assert leanings == {"B-001-L1": 70, "C-001": -30, "B-002-L1": 7}


def test_mid_year_halves_are_kept_to_the_penny(sro: User, benefit: Make) -> None:
    benefit(lines=[{"approved": {"2022/23": Decimal("10.01")}}])
    found = answer(sro, asked(terms=Terms(PaybackBasis.RUN_RATE, Timing.MID, horizon=2)))
    assert counted(found) == [Decimal("5.005"), Decimal("10.01")]
    assert found.lines
    assert found.lines.tornado[0].line.contribution == Decimal("15.015")


def test_what_releases_no_cash_stands_apart_unless_asked_for(sro: User, benefit: Make) -> None:
    benefit(
        lines=[
            {"approved": {"2022/23": 10}},
            {"approved": {"2022/23": 4}, "kind": "cost_avoidance"},
            {"approved": {"2022/23": 2}, "category": "non_financial", "deliverability": "aspirational"},
        ]
    )
    usual = answer(sro, asked())
    assert counted(usual) == [10, 10, 10]
    assert [(part.label, part.recurring, part.counted) for part in usual.inputs.parts] == [
        ("Deliverable", 10, True),
        ("Cost avoidance", 4, False),
        ("Efficiency without cash", 2, False),
    ]
    assert counted(answer(sro, asked(kinds=ALL_KINDS))) == [16, 16, 16]
    deliverable = answer(sro, asked(kinds=ALL_KINDS, deliverability=("deliverable",)))
    assert counted(deliverable) == [14, 14, 14]
    assert [part.label for part in deliverable.inputs.parts if not part.counted] == ["Aspirational"]


def test_forecasts_are_counted_where_they_are_asked_for(sro: User, benefit: Make) -> None:
    benefit(lines=[{"approved": {"2022/23": 10}, "forecast": {"2023/24": 9}}])
    found = answer(sro, asked(amounts=AmountKind.FORECAST))
    assert found.lines
    assert str(found.lines.appraisal.years[0]) == "2023/24"
    assert counted(found) == [9, 9, 9]


def test_what_was_withdrawn_counts_no_more(sro: User, benefit: Make, installation: User) -> None:
    gone = benefit(lines=[{"approved": {"2022/23": 10}}])
    benefit("B-002", lines=[{"approved": {"2022/23": 3}}, {"approved": {"2022/23": 4}}])
    gone.withdraw(by=installation, reason="It does not come")
    BenefitLine.objects.get(ref="B-002-L1").withdraw(by=installation, reason="Counted elsewhere")
    assert counted(answer(sro, asked())) == [4, 4, 4]


def test_costs_without_years_are_counted_apart(
    sro: User, benefit: Make, cost: Callable[..., CostLine]
) -> None:
    benefit(lines=[{"approved": {"2022/23": 10}}])
    cost("C-001", 25, budget={"2022/23": 25})
    cost("C-002", 8, forecast={"2022/23": 9})
    budget, forecast = answer(sro, asked()), answer(sro, asked(investment=Investment.FORECAST))
    assert budget.lines
    assert forecast.lines
    assert (budget.lines.appraisal.total_cost, budget.inputs.not_profiled.amount) == (25, 8)
    assert (forecast.lines.appraisal.total_cost, forecast.inputs.not_profiled.amount) == (9, 25)


def test_one_line_out_of_sight_withholds_the_whole(
    sro: User, lead_digital: User, benefit: Make, line: Callable[..., BenefitLine]
) -> None:
    home = benefit(lines=[{"approved": {"2022/23": 10}}])
    assert answer(lead_digital, asked()).lines is not None
    line(home, approved={"2022/23": 5}, kind="cost_avoidance", **EXEMPT)
    found = answer(lead_digital, asked())
    assert found.lines is None
    assert "paragraphs 1, 2 and 4" in found.withheld
    assert counted(answer(sro, asked())) == [10, 10, 10]


def test_a_cost_out_of_sight_withholds_the_whole(
    lead_digital: User, benefit: Make, cost: Callable[..., CostLine]
) -> None:
    benefit(lines=[{"approved": {"2022/23": 10}}])
    cost("C-001", 25, budget={"2022/23": 25}, **EXEMPT)
    assert answer(lead_digital, asked()).lines is None
    stated = answer(lead_digital, asked(investment=Investment.STATED))
    assert stated.lines is not None
    assert stated.lacks_costs


def test_a_real_rate_on_money_of_the_day_is_warned_of(sro: User, benefit: Make) -> None:
    benefit(lines=[{"approved": {"2022/23": 10}, "price_base": "real", "price_year": 2022}])
    real = Terms(rate=Decimal("3.5"))
    assert not answer(sro, asked(terms=real)).mixes_prices
    benefit("B-002", lines=[{"approved": {"2022/23": 10}}])
    assert answer(sro, asked(terms=real)).mixes_prices
    assert not answer(sro, asked(terms=Terms(rate=Decimal(0)))).mixes_prices


def test_queries_do_not_grow_with_the_lines(
    sro: User, benefit: Make, django_assert_num_queries: Callable
) -> None:
    benefit(lines=[{"approved": {"2022/23": 10}}])
    answer(sro, asked())
    with django_assert_num_queries(6) as few:
        answer(sro, asked())
    benefit("B-002", lines=[{"approved": {"2022/23": 10, "2024/25": 3}} for _ in range(12)])
    with django_assert_num_queries(len(few.captured_queries)):
        answer(sro, asked())
