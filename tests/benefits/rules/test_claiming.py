"""Which claims may be made and verified: year, evidence, amounts, cash, corrections, closed years."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.choices import CASHABLE, Category, ClaimStatus, Frequency, Kind
from benefits.rules import claiming
from benefits.rules.claiming import Verdict
from programme.foundation.money import FinancialYear

TODAY = datetime.date(2023, 6, 1)
LAST, THIS, NEXT = FinancialYear(2022), FinancialYear(2023), FinancialYear(2024)
OPEN: frozenset[FinancialYear] = frozenset()
ALL_MONEY = Verdict(Decimal(100_000), Decimal(40_000), "CS100")


@dataclass(frozen=True)
class Line:
    kind: str = Kind.CASH_RELEASING_EFFICIENCY
    category: str = Category.SERVICE_REDESIGN
    frequency: str = Frequency.RECURRING
    withdrawn: bool = False
    is_quantified: bool = True


@dataclass(frozen=True)
class Claim:
    ref: str = "CL-0001"
    year: FinancialYear = THIS
    booked: FinancialYear = THIS
    amount: Decimal = Decimal(100_000)
    status: str = ClaimStatus.SUBMITTED
    full_year: Decimal | None = None
    has_evidence: bool = True


RECURRING, ONE_OFF = Line(), Line(frequency=Frequency.ONE_OFF)
WITHOUT_CASH = Line(kind=Kind.EFFICIENCY_WITHOUT_CASH)
NON_FINANCIAL = Line(category=Category.NON_FINANCIAL, is_quantified=False)
VERIFIED = Claim("CL-0007", LAST, LAST, status=ClaimStatus.VERIFIED, full_year=Decimal(100_000))


def problems(claim: Claim, line: Line = RECURRING, **facts: object) -> dict[str, str]:
    return claiming.problems(claim, line, **{"closed": OPEN, "today": TODAY} | facts)  # type: ignore[arg-type]


def verdict_problems(claim: Claim, line: Line, verdict: Verdict, **facts: object) -> dict[str, str]:
    known = {"closed": OPEN, "measured": True} | facts
    return claiming.verdict_problems(claim, line, verdict, **known)  # type: ignore[arg-type]


def test_an_ordinary_claim_can_be_made() -> None:
    assert problems(Claim()) == {}
    assert problems(replace(Claim(), year=LAST, booked=LAST)) == {}


def test_a_year_that_has_not_begun_takes_no_claim() -> None:
    found = problems(replace(Claim(), year=NEXT, booked=NEXT))
    assert found == {"year": "2024/25 begins on 1 April 2024: nothing can be claimed for it before."}
    first_day = {"today": datetime.date(2024, 4, 1)}
    assert problems(replace(Claim(), year=NEXT, booked=NEXT), **first_day) == {}


def test_a_closed_year_takes_no_claim_but_a_correction_in_an_open_year() -> None:
    late = replace(Claim(), year=LAST, booked=LAST)
    assert "2022/23 is closed" in problems(late, closed={LAST})["year"]
    less = replace(Claim(), year=LAST, booked=THIS, amount=Decimal(-20_000))
    assert problems(less, corrects=VERIFIED, standing=Decimal(100_000), closed={LAST}) == {}
    assert "open year" in problems(replace(less, booked=LAST), corrects=VERIFIED, closed={LAST})["year"]


def test_only_a_correction_is_entered_in_another_year() -> None:
    assert problems(replace(Claim(), year=LAST, booked=THIS))["year"] == (
        "A claim is entered in the year it is about."
    )


def test_a_correction_names_what_is_verified_and_stays_in_its_year() -> None:
    less = replace(Claim(), year=LAST, booked=LAST, amount=Decimal(-1))
    waiting = replace(VERIFIED, status=ClaimStatus.SUBMITTED)
    assert "is not verified" in problems(less, corrects=waiting)["corrects"]
    assert "is about 2022/23" in problems(replace(less, year=THIS, booked=THIS), corrects=VERIFIED)["year"]


def test_a_correction_takes_back_no_more_than_stands() -> None:
    less = replace(Claim(), year=LAST, booked=LAST, amount=Decimal(-80_000))
    assert problems(less, corrects=VERIFIED, standing=Decimal(80_000)) == {}
    found = problems(less, corrects=VERIFIED, standing=Decimal(70_000))
    assert found == {"amount": "Of CL-0007 only £70,000 stands verified: this would take back more."}
    more = replace(less, amount=Decimal(500_000))
    assert problems(more, corrects=VERIFIED, standing=Decimal(70_000)) == {}


def test_a_saving_that_stops_is_negative_and_a_one_off_never_is() -> None:
    stops = replace(Claim(), amount=Decimal(-5_000))
    assert problems(stops) == {}
    assert "not negative" in problems(stops, ONE_OFF)["amount"]


def test_a_claim_needs_an_amount_evidence_and_a_live_line_with_figures() -> None:
    assert "how much" in problems(replace(Claim(), amount=Decimal(0)))["amount"]
    assert "evidence" in problems(replace(Claim(), has_evidence=False))["evidence_link"]
    assert "withdrawn" in problems(Claim(), replace(RECURRING, withdrawn=True))["line"]
    assert "no figures yet" in problems(Claim(), replace(RECURRING, is_quantified=False))["line"]


def test_what_releases_no_cash_is_claimed_without_an_amount() -> None:
    nothing = replace(Claim(), amount=Decimal(0))
    assert problems(nothing, WITHOUT_CASH) == problems(nothing, NON_FINANCIAL) == {}


def test_a_recurring_saving_is_verified_with_both_figures_and_its_code() -> None:
    assert verdict_problems(Claim(), RECURRING, ALL_MONEY) == {}
    assert set(verdict_problems(Claim(), RECURRING, Verdict())) == {"full_year", "cash", "budget_code"}
    avoided = replace(RECURRING, kind=Kind.COST_AVOIDANCE)
    assert set(verdict_problems(Claim(), avoided, Verdict())) == {"full_year", "cash"}


def test_a_one_off_is_verified_with_one_figure_which_is_its_cash() -> None:
    assert verdict_problems(Claim(), ONE_OFF, Verdict(Decimal(100_000))) == {}
    assert set(verdict_problems(Claim(), ONE_OFF, Verdict())) == {"full_year"}
    assert claiming.settled(ONE_OFF, Verdict(Decimal(100_000))).cash == 100_000


def test_nothing_is_verified_without_evidence() -> None:
    for line in (RECURRING, ONE_OFF, WITHOUT_CASH):
        verdict = replace(ALL_MONEY, words="Seen in the ledger")
        assert "evidence" in verdict_problems(replace(Claim(), has_evidence=False), line, verdict)


def test_another_figure_than_was_claimed_is_explained() -> None:
    less = replace(ALL_MONEY, full_year=Decimal(90_000))
    assert "£100,000" in verdict_problems(Claim(), RECURRING, less)["words"]
    assert verdict_problems(Claim(), RECURRING, replace(less, words="One contract runs on")) == {}


def test_a_closed_year_is_not_verified_in() -> None:
    assert "locked" in verdict_problems(Claim(), RECURRING, ALL_MONEY, closed={THIS})["booked"]


def test_without_cash_is_confirmed_against_a_measure_and_is_no_pounds() -> None:
    words = Verdict(words="Calls answered within a minute rose from 62 to 81 %.")
    assert verdict_problems(Claim(), WITHOUT_CASH, words) == {}
    assert set(verdict_problems(Claim(), WITHOUT_CASH, Verdict())) == {"words"}
    assert "measured" in verdict_problems(Claim(), NON_FINANCIAL, words, measured=False)["measure"]
    kept = claiming.settled(WITHOUT_CASH, replace(ALL_MONEY, words="Yes"))
    assert kept == Verdict(Decimal(0), Decimal(0), "", "Yes")


@pytest.mark.parametrize("kind", Kind.values)
def test_only_cashable_lines_are_pounds_delivered(kind: str) -> None:
    line = replace(RECURRING, kind=kind)
    assert claiming.counts_as_delivered(line) == (kind in CASHABLE)
    assert not claiming.counts_as_delivered(replace(line, category=Category.NON_FINANCIAL))
    assert claiming.without_cash(line) == (kind == Kind.EFFICIENCY_WITHOUT_CASH)


def test_what_is_verified_or_withdrawn_stands() -> None:
    for status in (ClaimStatus.VERIFIED, ClaimStatus.WITHDRAWN):
        for to in ClaimStatus:
            assert claiming.move_problem(replace(Claim(), status=status), to)
    back = replace(Claim(), status=ClaimStatus.SENT_BACK)
    assert claiming.move_problem(back, ClaimStatus.SUBMITTED) is None
    assert "waits for whoever claimed it" in str(claiming.move_problem(back, ClaimStatus.VERIFIED))


def test_a_year_is_closed_once_it_has_ended_and_nothing_waits_in_it() -> None:
    facts = {"closed": OPEN, "today": TODAY}
    assert claiming.closing_problem(LAST, waiting=0, **facts) is None  # type: ignore[arg-type]
    assert "2 claims wait" in str(claiming.closing_problem(LAST, waiting=2, **facts))  # type: ignore[arg-type]
    assert "31 March 2024" in str(claiming.closing_problem(THIS, waiting=0, **facts))  # type: ignore[arg-type]
    again = claiming.closing_problem(LAST, waiting=0, closed={LAST}, today=TODAY)
    assert again == "2022/23 is closed already."


years = st.integers(2015, 2030).map(FinancialYear)
days = st.dates(datetime.date(2015, 4, 1), datetime.date(2031, 3, 31))


@given(years, st.sets(years), days)
def test_the_years_offered_are_those_that_a_claim_is_accepted_for(
    first: FinancialYear, closed: set[FinancialYear], today: datetime.date
) -> None:
    offered = claiming.claimable_years(first, closed=closed, today=today)
    assert offered == sorted(offered, reverse=True)
    for start in range(first.start, 2032):
        year = FinancialYear(start)
        accepted = "year" not in problems(
            replace(Claim(), year=year, booked=year), closed=closed, today=today
        )
        assert (year in offered) == accepted


@given(years, st.sets(years), days)
def test_a_correction_of_any_year_finds_an_open_one(
    year: FinancialYear, closed: set[FinancialYear], today: datetime.date
) -> None:
    begun = {one for one in closed if one.last < today}  # only what has ended is ever closed
    if year.first > today:
        return
    booked = claiming.booked_in(year, closed=begun, today=today)
    claim = replace(Claim(), year=year, booked=booked)
    assert problems(claim, corrects=replace(VERIFIED, year=year), closed=begun, today=today) == {}
