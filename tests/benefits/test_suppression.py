"""Totals with withheld lines in them tell nothing about fewer posts than the setting says.

An attacker takes every total that is shown, of every table under every filter, as an equation over the
withheld amounts, and tries to solve for the sum of any few of them.
"""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.suppression import Suppression, Withheld
from benefits.totals import APPROVED, FORECAST, Axis, Slice, narrowed
from programme.foundation.money import FinancialYear

PRIME = 1_000_003  # sums of so few amounts that no multiple of it can arise
YEARS = [FinancialYear(2022), FinancialYear(2023)]
VALUES = {
    Axis.YEAR: YEARS,
    Axis.CATEGORY: ["staffing_redesign", "service_redesign"],
    Axis.WORKSTREAM: ["agile", "digital"],
    Axis.DELIVERABILITY: ["deliverable", "aspirational"],
}
SMALLEST = 5


def line(key: int, posts: int, **more) -> Withheld:
    """A withheld line of staffing savings in 2022/23 with so many posts behind it."""
    known = {
        "posts": frozenset(f"post {key}.{n}" for n in range(posts)),
        "category": "staffing_redesign",
        "kind": "cash_releasing_efficiency",
        "deliverability": "deliverable",
        "frequency": "recurring",
        "workstreams": frozenset(["agile"]),
        "years": {APPROVED: frozenset(YEARS[:1])},
    }
    return Withheld(key, **(known | more))


def every_slice() -> list[Slice]:
    """Rows, totals and whatever filters leave: any one value, or all, on each axis; and years up to one."""
    found = []
    for chosen in product(*([None, *values] for values in VALUES.values())):
        cut: Slice = {}
        for axis, value in zip(VALUES, chosen, strict=True):
            cut = cut if value is None else narrowed(cut, axis, [value])
        found.append(cut)
    return [*found, *(narrowed(cut, Axis.YEAR, YEARS) for cut in found)]


SLICES = every_slice()
Vector = tuple[int, ...]


def rank(vectors: list[Vector]) -> int:
    """By elimination in whole numbers, over a field large enough for sums of a handful of amounts."""
    rows = [list(vector) for vector in vectors]
    found = 0
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][place] % PRIME), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        inverse = pow(rows[found][place], -1, PRIME)
        for n in range(found + 1, len(rows)):
            factor = rows[n][place] * inverse % PRIME
            rows[n] = [(a - factor * b) % PRIME for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


def told(lines: list[Withheld], profile: str) -> list[str]:
    """What the attacker finds out: sets of amounts with too few posts behind them, whose sum follows."""
    rule = Suppression(lines, SMALLEST)
    atoms = [(one, year) for one in lines for year in sorted(one.years.get(profile, ()))]
    shown = {
        tuple(part(one, year, cut) for one, year in atoms) for cut in SLICES if rule.allows(profile, cut)
    }
    equations = sorted(shown - {(0,) * len(atoms)})
    if not equations:
        return []
    known, found = rank(equations), []
    for size in range(1, len(atoms) + 1):
        for few in combinations(range(len(atoms)), size):
            posts = frozenset().union(*(atoms[n][0].posts for n in few))
            wanted = tuple(int(n in few) for n in range(len(atoms)))
            if len(posts) < SMALLEST and rank([*equations, wanted]) == known:
                found.append(f"{[(atoms[n][0].key, str(atoms[n][1])) for n in few]}")
    return found


def part(one: Withheld, year: FinancialYear, cut: Slice) -> int:
    """How much of the line's amount of that year a slice counts, in hundredths; shared lines by halves."""
    places = one.workstreams & cut.get(Axis.WORKSTREAM, one.workstreams)
    lies = all(
        (year if axis is Axis.YEAR else getattr(one, axis.value)) in allowed
        for axis, allowed in cut.items()
        if axis is not Axis.WORKSTREAM
    )
    return (len(places) * 2 // len(one.workstreams)) if lies else 0


some_years = st.sets(st.sampled_from(YEARS)).map(frozenset)
withheld = st.builds(
    line,
    key=st.just(0),
    posts=st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9]),
    category=st.sampled_from(VALUES[Axis.CATEGORY]),
    deliverability=st.sampled_from(VALUES[Axis.DELIVERABILITY]),
    workstreams=st.sampled_from([["agile"], ["digital"], ["agile", "digital"]]).map(frozenset),
    years=st.fixed_dictionaries({APPROVED: some_years, FORECAST: some_years}),
)


@settings(max_examples=60)
@given(st.lists(withheld, min_size=1, max_size=5))
def test_nothing_about_few_posts_follows_from_all_that_is_shown(made: list[Withheld]) -> None:
    lines = [
        replace(one, key=n, posts=frozenset(f"post {n}.{m}" for m in range(len(one.posts))))
        for n, one in enumerate(made)
    ]
    for profile in (APPROVED, FORECAST):
        assert told(lines, profile) == []


def test_the_attacker_succeeds_where_nothing_is_suppressed(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line(1, 3), line(2, 9, category="service_redesign")]
    monkeypatch.setattr(Suppression, "allows", lambda *_: True)
    assert told(lines, APPROVED) == ["[(1, '2022/23')]"]


def test_five_posts_may_be_told_and_four_may_not() -> None:
    assert Suppression([line(1, 5)], SMALLEST).allows(APPROVED, {})
    assert not Suppression([line(1, 4)], SMALLEST).allows(APPROVED, {})
    assert not Suppression([line(1, 0)], SMALLEST).allows(APPROVED, {})
    assert Suppression([line(1, 3)], 3).allows(APPROVED, {})


def test_a_post_on_two_lines_counts_once() -> None:
    one = line(1, 4)
    assert not Suppression([one, replace(one, key=2)], SMALLEST).allows(APPROVED, {})


def test_a_total_without_withheld_lines_is_always_shown() -> None:
    rule = Suppression([line(1, 1)], SMALLEST)
    assert rule.allows(APPROVED, narrowed({}, Axis.CATEGORY, ["service_redesign"]))
    assert not rule.allows(APPROVED, {})
    assert Suppression([], SMALLEST).allows(APPROVED, {})


def test_a_second_row_is_suppressed_where_the_first_could_be_had_from_the_total() -> None:
    small, large = line(1, 3), line(2, 6, category="service_redesign")
    rule = Suppression([small, large], SMALLEST)
    assert rule.allows(APPROVED, {})
    for category in VALUES[Axis.CATEGORY]:
        assert not rule.allows(APPROVED, narrowed({}, Axis.CATEGORY, [category]))


def test_a_second_year_is_suppressed_where_the_first_could_be_had_from_the_sum_of_years() -> None:
    later = {APPROVED: frozenset(YEARS)}
    rule = Suppression([line(1, 2), line(2, 3, years=later), line(3, 4, years=later)], SMALLEST)
    assert rule.allows(APPROVED, {})
    both = [rule.allows(APPROVED, narrowed({}, Axis.YEAR, [year])) for year in YEARS]
    assert both == [True, True]
    rule = Suppression([line(1, 2), line(2, 6, years={APPROVED: frozenset(YEARS[1:])})], SMALLEST)
    assert [rule.allows(APPROVED, narrowed({}, Axis.YEAR, [year])) for year in YEARS] == [False, False]
    assert rule.allows(APPROVED, {})


def test_a_total_that_counts_a_part_of_a_shared_line_is_not_shown() -> None:
    shared = line(1, 9, workstreams=frozenset(["agile", "digital"]))
    rule = Suppression([shared], SMALLEST)
    assert rule.allows(APPROVED, {})
    assert not rule.allows(APPROVED, narrowed({}, Axis.WORKSTREAM, ["agile"]))
    assert rule.allows(APPROVED, narrowed({}, Axis.WORKSTREAM, ["agile", "digital"]))


def test_that_nothing_is_verified_of_few_is_not_told_either() -> None:
    rule = Suppression([line(1, 9)], SMALLEST)
    assert not rule.allows("verified", {})
