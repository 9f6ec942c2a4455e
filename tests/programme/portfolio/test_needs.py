"""Projects may need each other, but never in a circle."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programme.portfolio.needs import circle

links = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=25)


def test_a_chain_is_no_circle():
    assert circle([(1, 2), (2, 3)], 3, 4) == []
    assert circle([(1, 2), (1, 3)], 2, 3) == []


def test_the_circle_is_told_from_the_project_back_to_itself():
    assert circle([(2, 3), (3, 1)], 1, 2) == [1, 2, 3, 1]


def test_a_project_that_needs_itself_is_a_circle():
    assert circle([], 1, 1) == [1, 1]


@given(links=links, project=st.integers(1, 8), needed=st.integers(1, 8))
def test_a_circle_is_found_exactly_when_the_needed_one_leads_back(links, project, needed):
    reached, growing = {needed}, True
    while growing:
        more = {end for start, end in links if start in reached} - reached
        reached, growing = reached | more, bool(more)

    found = circle(links, project, needed)

    assert bool(found) == (project in reached)
    steps = list(pairwise(found))
    assert all(step in {*links, (project, needed)} for step in steps)
    assert not found or (found[0] == found[-1] == project and found[1] == needed)
