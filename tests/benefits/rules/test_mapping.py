"""The rules of the benefits map: lines of sight, what they lack, and what has nothing to hang on."""

from __future__ import annotations

import datetime
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.pictures.map_layout import heights
from benefits.rules.mapping import NAMED, Enabler, Home, Mapped, Node, findings, lines_of_sight

SPRING = datetime.date(2023, 4, 1)


def node(column: str, number: int) -> Node:
    return Node(column, number, f"{column} {number}", f"/{column}/{number}/", (number,))


PRIORITY, DIGITAL, CRM = node("priority", 1), node("workstream", 3), node("project", 1)
MEASURE = node("measure", 1)
HOME = Home(PRIORITY, DIGITAL, CRM)


def enabler(number: int = 1, home: Home = HOME, finish: datetime.date = SPRING) -> Enabler:
    return Enabler(node("milestone", number), home, finish)


def benefit(number: int = 1, **facts: Any) -> Mapped:
    known = {"home": HOME, "enablers": (enabler(),), "measure": MEASURE}
    return Mapped(node("benefit", number), **known | facts)


def headings(*benefits: Mapped, **others: Any) -> dict[str, list[int]]:
    return {one.heading: [each.key for each in one.nodes] for one in findings(benefits, **others)}


def test_a_line_leads_from_the_priority_to_the_measure() -> None:
    [line] = lines_of_sight([benefit()])
    assert [one.column for one in line.nodes] == [
        "priority", "workstream", "project", "milestone", "benefit", "measure"
    ]  # fmt: skip
    assert not line.missing
    assert [broken for _, _, broken in line.links] == [False] * 5


def test_each_enabling_milestone_has_a_line_of_its_own() -> None:
    other = Home(PRIORITY, DIGITAL, node("project", 2))
    lines = lines_of_sight([benefit(enablers=(enabler(2, other), enabler(1)))])
    assert [(line.project.key, line.milestone.key) for line in lines] == [(1, 1), (2, 2)]


def test_a_home_project_that_enables_nothing_keeps_a_line_without_a_milestone() -> None:
    other = Home(PRIORITY, DIGITAL, node("project", 2))
    lines = lines_of_sight([benefit(enablers=(enabler(2, other),))])
    assert [(line.project.key, line.missing) for line in lines] == [(1, ("no enabling milestone",)), (2, ())]
    assert [broken for _, _, broken in lines[0].links] == [False, False, True, False]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"measure": None}, "No measure"),
        ({"enablers": ()}, "No enabling milestone"),
        ({"enablers": (), "home": Home(PRIORITY, DIGITAL)}, "No project, no enabling milestone"),
        ({"enablers": (), "home": Home()}, "No workstream, no project, no enabling milestone"),
        ({"enablers": (), "home": Home(None, DIGITAL, CRM)}, "No priority, no enabling milestone"),
        ({"starts": datetime.date(2023, 3, 31)}, "Starts before its milestone"),
        ({"starts": SPRING}, ""),
    ],
)
def test_a_line_says_what_it_lacks(facts: dict[str, Any], words: str) -> None:
    [line] = lines_of_sight([benefit(**facts)])
    assert line.missing_words == words


def test_a_benefit_that_starts_too_early_hangs_on_a_link_that_does_not_hold() -> None:
    [line] = lines_of_sight([benefit(starts=datetime.date(2023, 3, 31))])
    assert [end.column for _, end, broken in line.links if broken] == ["benefit"]


def test_nothing_is_found_where_all_hangs_together() -> None:
    others = {"workstreams": [DIGITAL], "projects": [CRM], "measures": [MEASURE]}
    assert not headings(benefit(), priorities=[PRIORITY], served=[PRIORITY], **others)


def test_orphans_are_named() -> None:
    lonely = benefit(2, home=Home(), enablers=(), measure=None)
    found = headings(
        lonely,
        benefit(starts=datetime.date(2022, 1, 1)),
        priorities=[PRIORITY, node("priority", 2)],
        served=[PRIORITY],
        workstreams=[DIGITAL, node("workstream", 9)],
        projects=[CRM, node("project", 9)],
        measures=[MEASURE, node("measure", 9)],
    )
    assert found == {
        "Benefits without a measure": [2],
        "Benefits without an enabling milestone": [2],
        "Benefits without a project": [2],
        "Benefits that start before a milestone that enables them": [1],
        "Workstreams without a benefit": [9],
        "Projects without a benefit": [9],
        "Priorities that no workstream serves": [2],
        "Measures that are evidence for no benefit": [9],
    }


def test_a_long_list_of_orphans_is_cut_and_says_by_how_many() -> None:
    [found] = findings([benefit(n, measure=None) for n in range(1, NAMED + 13)])
    assert [one.key for one in found.named] == list(range(1, NAMED + 1))
    assert found.more == 12


def test_a_share_gives_a_workstream_its_benefit_and_a_milestone_gives_one_to_its_project() -> None:
    other, agile = node("project", 2), node("workstream", 1)
    one = benefit(shared=(agile,), enablers=(enabler(2, Home(PRIORITY, DIGITAL, other)),))
    assert not headings(one, workstreams=[agile], projects=[other])


places = st.builds(
    Home,
    st.none() | st.integers(1, 3).map(lambda n: node("priority", n)),
    st.none() | st.integers(1, 3).map(lambda n: node("workstream", n)),
    st.none() | st.integers(1, 5).map(lambda n: node("project", n)),
)
worlds = st.lists(
    st.builds(
        Mapped,
        st.integers(1, 30).map(lambda n: node("benefit", n)),
        places,
        st.lists(st.builds(enabler, st.integers(1, 9), places), max_size=3).map(tuple),
        st.none() | st.integers(1, 4).map(lambda n: node("measure", n)),
        st.none() | st.dates(datetime.date(2022, 1, 1), datetime.date(2024, 1, 1)),
    ),
    max_size=12,
    unique_by=lambda one: one.node,
)


@given(worlds, st.randoms())
def test_the_order_of_the_facts_changes_nothing(world: list[Mapped], chance: random.Random) -> None:
    mixed = list(world)
    chance.shuffle(mixed)
    assert [one.nodes for one in lines_of_sight(mixed)] == [one.nodes for one in lines_of_sight(world)]
    assert findings(mixed) == findings(world)


@given(worlds)
def test_no_benefit_is_lost_and_no_two_names_of_a_column_lie_on_each_other(world: list[Mapped]) -> None:
    lines = lines_of_sight(world)
    assert {line.benefit for line in lines} == {one.node for one in world}
    placed = heights(lines)
    assert set(placed) == {each for line in lines for each in line.nodes if each}
    for column in {one.column for one in placed}:
        rows = sorted(row for one, row in placed.items() if one.column == column)
        assert all(below - above > 0.999 for above, below in pairwise(rows))
