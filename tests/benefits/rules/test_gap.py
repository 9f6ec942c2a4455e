"""The gap between what was first approved and what is forecast: its parts sum to it, in every year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.gap import Part, by_year, gap, problem, proposed, renewed
from programme.foundation.money import FinancialYear, Profile
from tests.words import together

pence = st.integers(-100_000_000, 100_000_000).map(lambda number: Decimal(number) / 100)
years = st.integers(2020, 2031).map(FinancialYear)
profiles = st.dictionaries(years, pence, max_size=8).map(Profile)
known = st.dictionaries(years, pence, min_size=1, max_size=8).map(Profile)

Y23, Y24, Y25 = FinancialYear(2023), FinancialYear(2024), FinancialYear(2025)


def of(*amounts: int) -> Profile:
    """A profile in thousands from 2023/24."""
    return Profile({FinancialYear(2023 + n): Decimal(amount * 1000) for n, amount in enumerate(amounts)})


def parts_of(first: Profile, forecast: Profile, approved: Profile | None = None) -> list[tuple]:
    found = proposed(first, approved or first, forecast)
    return [(one.kind, str(one.from_year), one.amount / 1000, str(one.to_year or "")) for one in found]


def test_the_gap_is_the_forecast_less_what_was_approved_first():
    assert gap(of(100, 100), of(60, 140, 10)) == of(-40, 40, 10)
    assert gap(of(100), of(100)) == Profile()


@pytest.mark.parametrize("known_side", [of(100), Profile()])
def test_a_profile_that_is_not_known_has_no_gap(known_side):
    assert gap(known_side, Profile()) == gap(Profile(), known_side) == Profile()
    assert proposed(known_side, known_side, Profile()) == ()


def test_what_a_later_year_makes_good_has_slipped():
    assert parts_of(of(100, 0), of(40, 60)) == [("slipped", "2023/24", -60, "2024/25")]


def test_what_no_year_makes_good_is_lost_and_what_no_year_lacked_exceeds():
    assert parts_of(of(100, 50), of(40, 50)) == [("lost", "2023/24", -60, "")]
    assert parts_of(of(100, 50), of(100, 80)) == [("exceeded", "2024/25", 30, "")]
    assert parts_of(of(100, 50, 0), of(20, 80, 10)) == [
        ("slipped", "2023/24", -30, "2024/25"),
        ("slipped", "2023/24", -10, "2025/26"),
        ("lost", "2023/24", -40, ""),
    ]


def test_what_comes_sooner_is_neither_lost_nor_exceeded():
    (part,) = proposed(of(0, 100), of(0, 100), of(100, 0))
    assert part.words == "£100,000 came forward from 2024/25 to 2023/24"


def test_what_a_decision_moved_is_re_approved_and_the_rest_is_measured_from_there():
    assert parts_of(of(100, 0), of(80, 0), approved=of(80, 20)) == [
        ("re_approved", "2023/24", -20, ""),
        ("re_approved", "2024/25", 20, ""),
        ("lost", "2024/25", -20, ""),
    ]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part("slipped", Y23, Decimal(-50), Y24), "£50 slipped from 2023/24 to 2024/25"),
        (Part("slipped", Y24, Decimal(50), Y23), "£50 slipped from 2023/24 to 2024/25"),
        (Part("lost", Y23, Decimal(-50)), "£50 lost in 2023/24"),
        (Part("exceeded", Y23, Decimal(50)), "£50 more than approved in 2023/24"),
        (Part("re_approved", Y23, Decimal(50)), "£50 more approved since for 2023/24"),
        (Part("re_approved", Y23, Decimal(-50)), "£50 less approved since for 2023/24"),
    ],
)
def test_a_part_reads_as_a_sentence(part, words):
    assert part.words == words


@given(first=profiles, approved=profiles, forecast=profiles)
def test_the_proposed_parts_sum_to_the_gap_in_every_year(first, approved, forecast):
    parts = proposed(first, approved, forecast)

    wanted, said = gap(first, forecast), by_year(parts)
    for year in {*wanted, *said}:
        assert said.get(year, 0) == wanted.get(year, 0)
    assert problem(parts, first=first, approved=approved, forecast=forecast) == ""


@given(first=known, approved=known, forecast=known)
def test_what_slipped_nets_to_nought_and_the_others_have_their_sign(first, approved, forecast):
    for one in proposed(first, approved, forecast):
        assert one.amount
        if one.kind == "slipped":
            assert by_year([one]).total == 0
        else:
            assert one.to_year is None
        assert not (one.kind == "lost" and one.amount > 0)
        assert not (one.kind == "exceeded" and one.amount < 0)


@given(first=known, forecast=known)
def test_a_year_is_not_both_lost_and_exceeded_nor_is_anything_lost_beside_a_gain(first, forecast):
    kinds = {one.kind for one in proposed(first, first, forecast)}
    assert not {"lost", "exceeded"} <= kinds


@given(first=known, approved=profiles, forecast=known, year=years, amount=pence)
def test_parts_with_one_too_many_are_refused(first, approved, forecast, year, amount):
    kind = "lost" if amount < 0 else "exceeded"
    parts = [*proposed(first, approved, forecast), Part(kind, year, amount)]
    assert problem(parts, first=first, approved=approved, forecast=forecast)


def refused(*parts: Part) -> str:
    return problem(parts, first=of(100, 0), approved=of(100, 0), forecast=of(40, 60))


def test_parts_that_do_not_explain_the_gap_are_told_in_which_year():
    said = "In 2023/24 the forecast differs from what was first approved by −£60,000; these parts come to £0."
    assert refused() == together(said)
    assert refused(Part("lost", Y23, Decimal(-60_000))).startswith("In 2024/25")
    assert refused(Part("lost", Y23, Decimal(-60_000)), Part("exceeded", Y24, Decimal(60_000))) == ""


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part("lost", Y23, Decimal(60)), "write it with a minus"),
        (Part("exceeded", Y23, Decimal(-60)), "write it without a minus"),
        (Part("lost", Y23, Decimal(-60), Y24), "Only what slipped moves to another year"),
        (Part("slipped", Y23, Decimal(-60)), "must name another year"),
        (Part("slipped", Y23, Decimal(-60), Y23), "must name another year"),
        (Part("lost", Y23, Decimal(0)), "A part of nothing explains nothing"),
        (Part("re_approved", Y23, Decimal(-60_000)), "decisions moved what is approved by £0"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused(part, words):
    assert words in refused(part)


def test_a_classification_that_still_holds_is_kept_with_its_words():
    chosen = (
        Part("lost", Y23, Decimal(-60_000), reason="The supplier left"),
        Part("exceeded", Y24, Decimal(60_000)),
    )
    profile = {"first": of(100, 0), "approved": of(100, 0)}
    assert renewed(chosen, **profile, forecast=of(40, 60)) == chosen
    (lost,) = renewed(chosen, **profile, forecast=of(40, 0))
    assert (lost.amount, lost.reason) == (-60_000, "The supplier left")
