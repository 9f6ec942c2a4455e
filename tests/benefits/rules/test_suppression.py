"""Totals with withheld lines in them tell nothing about fewer posts than the setting says.

And a line that is withheld cannot be had, however many posts it has.

An attacker takes every total that is shown, of every table under every filter, as an equation over the
withheld amounts, and tries to solve for the sum of any few of them.
"""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.rules.suppression import Suppression, Withheld
from benefits.rules.totals import APPROVED, FORECAST, Axis, Slice, narrowed
from programme.foundation.money import FinancialYear
from tests.attacker import follows

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


def told(lines: list[Withheld], profile: str) -> list[str]:
    """What the attacker finds out: amounts of one line, or with too few posts, whose sum follows."""
    rule = Suppression(lines, SMALLEST)
    atoms = [(one, year) for one in lines for year in sorted(one.years.get(profile, ()))]
    shown = {
        tuple(part(one, year, cut) for one, year in atoms) for cut in SLICES if rule.allows(profile, cut)
    }
    equations = sorted(shown - {(0,) * len(atoms)})
    if not equations:
        return []
    found = []
    for size in range(1, len(atoms) + 1):
        for few in combinations(range(len(atoms)), size):
            posts = frozenset().union(*(atoms[n][0].posts for n in few))
            wanted = tuple(int(n in few) for n in range(len(atoms)))
            alone = len({atoms[n][0].key for n in few}) == 1
            if (alone or len(posts) < SMALLEST) and follows(wanted, equations):
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
    assert "[(1, '2022/23')]" in told(lines, APPROVED)


def test_five_posts_on_two_lines_may_be_told_and_four_may_not() -> None:
    assert Suppression([line(1, 3), line(2, 2)], SMALLEST).allows(APPROVED, {})
    assert not Suppression([line(1, 3), line(2, 1)], SMALLEST).allows(APPROVED, {})
    assert not Suppression([line(1, 4), line(2, 0)], SMALLEST).allows(APPROVED, {})
    assert Suppression([line(1, 3), line(2, 0)], 3).allows(APPROVED, {})


def test_one_line_is_never_told_however_many_posts_it_has() -> None:
    assert not Suppression([line(1, 90)], SMALLEST).allows(APPROVED, {})


def test_a_post_on_two_lines_counts_once() -> None:
    one = line(1, 4)
    assert not Suppression([one, replace(one, key=2)], SMALLEST).allows(APPROVED, {})


def test_a_total_without_withheld_lines_is_always_shown() -> None:
    rule = Suppression([line(1, 1)], SMALLEST)
    assert rule.allows(APPROVED, narrowed({}, Axis.CATEGORY, ["service_redesign"]))
    assert not rule.allows(APPROVED, {})
    assert Suppression([], SMALLEST).allows(APPROVED, {})


def test_a_second_row_is_suppressed_where_the_first_could_be_had_from_the_total() -> None:
    small = line(1, 3)
    large = [line(2, 6, category="service_redesign"), line(3, 6, category="service_redesign")]
    assert Suppression(large, SMALLEST).allows(APPROVED, narrowed({}, Axis.CATEGORY, ["service_redesign"]))
    rule = Suppression([small, *large], SMALLEST)
    assert rule.allows(APPROVED, {})
    for category in VALUES[Axis.CATEGORY]:
        assert not rule.allows(APPROVED, narrowed({}, Axis.CATEGORY, [category]))


def test_a_second_year_is_suppressed_where_the_first_could_be_had_from_the_sum_of_years() -> None:
    later = {APPROVED: frozenset(YEARS)}
    rule = Suppression([line(1, 2), line(2, 3, years=later), line(3, 4, years=later)], SMALLEST)
    assert rule.allows(APPROVED, {})
    both = [rule.allows(APPROVED, narrowed({}, Axis.YEAR, [year])) for year in YEARS]
    assert both == [True, True]
    second = {APPROVED: frozenset(YEARS[1:])}
    rule = Suppression([line(1, 2), line(2, 6, years=second), line(3, 6, years=second)], SMALLEST)
    assert [rule.allows(APPROVED, narrowed({}, Axis.YEAR, [year])) for year in YEARS] == [False, False]
    assert rule.allows(APPROVED, {})


def test_a_total_that_counts_a_part_of_a_shared_line_is_not_shown() -> None:
    places = frozenset(["agile", "digital"])
    rule = Suppression([line(1, 9, workstreams=places), line(2, 9, workstreams=places)], SMALLEST)
    assert rule.allows(APPROVED, {})
    assert not rule.allows(APPROVED, narrowed({}, Axis.WORKSTREAM, ["agile"]))
    assert rule.allows(APPROVED, narrowed({}, Axis.WORKSTREAM, ["agile", "digital"]))


def test_that_nothing_is_verified_of_few_is_not_told_either() -> None:
    rule = Suppression([line(1, 9), line(2, 9)], SMALLEST)
    assert rule.allows(APPROVED, {})
    assert not rule.allows("verified", {})


def test_only_what_holds_something_withheld_is_told() -> None:
    rule = Suppression([line(1, 3), line(2, 3)], SMALLEST)
    assert rule.tells(APPROVED, {})
    elsewhere = narrowed({}, Axis.CATEGORY, ["service_redesign"])
    assert rule.allows(APPROVED, elsewhere)
    assert not rule.tells(APPROVED, elsewhere)
