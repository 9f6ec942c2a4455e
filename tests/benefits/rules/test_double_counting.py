"""What is flagged as perhaps counted twice, and what is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from benefits.choices import DoubleCountingRule, Kind
from benefits.rules.double_counting import Line, Warned, grown, warnings
from programme.foundation.money import FinancialYear, Profile

YEAR, NEXT = FinancialYear(2022), FinancialYear(2023)


def line(number: int, **facts: object) -> Line:
    known = {"kind": Kind.CASH_RELEASING_EFFICIENCY, "amounts": Profile({YEAR: Decimal(60_000)})} | facts
    return Line(number, f"B-{number:03}-L1", f"Line {number}", **known)  # type: ignore[arg-type]


def found(*lines: Line, **budgets: int) -> tuple[Warned, ...]:
    return warnings(lines, budgets={(code, YEAR): Decimal(amount) for code, amount in budgets.items()})


def refs(warned: Warned) -> list[str]:
    return [one.ref for one in warned.lines]


def test_one_post_on_two_lines_names_both() -> None:
    (one,) = found(line(1, references=(("post", "P-0117"),)), line(2, references=(("post", " p-0117 "),)))
    assert one.rule == DoubleCountingRule.SAME_REFERENCE
    assert refs(one) == ["B-001-L1", "B-002-L1"]
    assert one.words == "Post P-0117 stands on both lines."


def test_a_post_and_a_contract_of_one_number_are_two_things() -> None:
    assert not found(line(1, references=(("post", "117"),)), line(2, references=(("contract", "117"),)))
    twice = (("contract", "K-1"), ("contract", "K-1"))
    assert not found(line(1, references=twice))


def test_savings_above_the_budget_of_their_code_name_the_largest_first() -> None:
    larger = line(2, budget_code="cs100", amounts=Profile({YEAR: Decimal(70_000)}))
    (one,) = found(line(1, budget_code="CS100"), larger, CS100=100_000)
    assert refs(one) == ["B-002-L1", "B-001-L1"]
    assert one.words == "Savings of £130,000 on CS100 in 2022/23 stand against a budget of £100,000."
    assert not found(line(1, budget_code="CS100"), larger, CS100=130_000)


def test_one_line_alone_can_be_above_its_budget() -> None:
    (one,) = found(line(1, budget_code="CS100"), CS100=50_000)
    assert (one.first.ref, one.second, one.year) == ("B-001-L1", None, YEAR)


def test_income_and_what_leaves_the_budget_alone_are_not_held_against_it() -> None:
    for kind in (Kind.INCOME, Kind.EFFICIENCY_WITHOUT_CASH):
        assert not found(line(1, budget_code="CS100", kind=kind), CS100=1)


def test_without_a_budget_there_is_nothing_to_hold_against() -> None:
    assert not found(line(1, budget_code="CS200"), CS100=1)
    later = line(1, budget_code="CS100", amounts=Profile({NEXT: Decimal(5)}))
    assert not found(later, CS100=1)


def test_a_saving_that_stops_makes_no_room_for_another() -> None:
    stops = line(2, budget_code="CS100", amounts=Profile({YEAR: Decimal(-60_000)}))
    (one,) = found(line(1, budget_code="CS100"), stops, CS100=50_000)
    assert refs(one) == ["B-001-L1"]


def test_avoided_cost_beside_an_equal_saving_on_one_project_is_a_hint() -> None:
    avoided = line(2, kind=Kind.COST_AVOIDANCE, projects=("DIG-01",))
    (one,) = found(line(1, projects=("AGS-02", "DIG-01")), avoided)
    assert one.rule == DoubleCountingRule.AVOIDANCE_BESIDE_CASH
    assert (refs(one), one.subject) == (["B-001-L1", "B-002-L1"], "DIG-01")
    elsewhere = replace(avoided, projects=("COM-01",))
    dearer = replace(avoided, amounts=Profile({YEAR: Decimal(60_001)}))
    for other in (elsewhere, dearer, replace(avoided, amounts=Profile())):
        assert not found(line(1, projects=("AGS-02", "DIG-01")), other)


def test_several_projects_in_common_are_one_hint() -> None:
    both = ("DIG-01", "DIG-02")
    assert len(found(line(1, projects=both), line(2, kind=Kind.COST_AVOIDANCE, projects=both))) == 1


def test_a_dismissal_holds_for_the_same_lines_subject_and_year() -> None:
    post = (("post", "P-1"),)
    (one,) = found(line(1, references=post), line(2, references=post))
    (again,) = found(line(2, references=post), line(1, references=post))
    (other,) = found(line(1, references=post), line(3, references=post))
    assert one.key == again.key != other.key


@given(st.integers(2, 300))
def test_warnings_grow_with_the_lines_not_with_their_pairs(number: int) -> None:
    same = {"references": (("post", "P-1"),), "projects": ("DIG-01",), "budget_code": "CS1"}
    lines = [line(n, kind=Kind.COST_AVOIDANCE if n % 2 else Kind.INCOME, **same) for n in range(number)]
    assert len(found(*lines, CS1=1)) <= 2 * number


references = st.lists(
    st.tuples(st.sampled_from(["post", "contract"]), st.sampled_from("ABC")), max_size=3
).map(tuple)
many_lines = st.lists(references, max_size=12).map(
    lambda held: [line(number, references=one) for number, one in enumerate(held)]
)


@given(many_lines)
def test_every_reference_on_several_lines_is_flagged_and_no_other(lines: list[Line]) -> None:
    held = Counter(reference for one in lines for reference in set(one.references))
    flagged = Counter(one.subject for one in found(*lines))
    assert flagged == {
        f"{kind.capitalize()} {reference}": count - 1
        for (kind, reference), count in held.items()
        if count > 1
    }
    for one in found(*lines):
        kind, reference = one.subject.split()
        assert all((kind.lower(), reference) in each.references for each in one.lines)


@given(
    then=st.lists(st.integers(1, 90_000), min_size=2, max_size=5),
    now=st.lists(st.integers(1, 90_000), min_size=2, max_size=5),
)
def test_a_dismissal_covers_exactly_the_lines_and_amounts_it_was_given_for(then, now) -> None:
    def warned(amounts: list[int]) -> Warned:
        lines = [
            line(number, budget_code="CS100", amounts=Profile({YEAR: Decimal(amount)}))
            for number, amount in enumerate(amounts)
        ]
        return found(*lines, CS100=1)[0]

    covered = len(now) <= len(then) and all(new <= old for old, new in zip(then, now, strict=False))
    assert (not grown(warned(now), warned(then).known)) is covered


def test_a_smaller_budget_is_said() -> None:
    before, after = (found(line(1, budget_code="CS100"), CS100=budget)[0] for budget in (50_000, 40_000))
    assert grown(after, before.known) == ("The budget was £50,000, not £40,000.",)
    assert not grown(before, after.known)
