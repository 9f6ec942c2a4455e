"""The stages of a project: which moves there are, which need a decision, and that nothing else is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.portfolio.choices import Stage
from programme.portfolio.lifecycle import NEEDS_DECISION, ORDER, missing_decision, moves_from, refusal

STAGES = ["", *Stage.values]
stages, anywhere = st.sampled_from(STAGES), st.sampled_from(Stage.values)


@pytest.mark.parametrize(
    ("stage", "next_stage"),
    [
        ("proposal", "discovery"),
        ("discovery", "outline_business_case"),
        ("outline_business_case", "business_case"),
        ("business_case", "delivery"),
        ("delivery", "transition"),
        ("transition", "closed"),
    ],
)
def test_a_project_goes_one_stage_on_or_is_stopped(stage, next_stage):
    assert moves_from(stage) == [next_stage, "stopped"]


@pytest.mark.parametrize("stage", ["closed", "stopped"])
def test_what_is_closed_or_stopped_stays_so(stage):
    assert moves_from(stage) == []


def test_a_stage_not_stated_can_become_any_but_closed():
    assert moves_from("") == [*ORDER[:-1], "stopped"]


@pytest.mark.parametrize(
    ("to", "needs"),
    [
        ("discovery", False),
        ("outline_business_case", False),
        ("business_case", True),
        ("delivery", True),
        ("transition", True),
        ("closed", True),
        ("stopped", True),
    ],
)
def test_moves_past_the_outline_business_case_and_stopping_name_a_decision(to, needs):
    come_from = next(stage for stage in STAGES if stage and to in moves_from(stage))

    assert bool(refusal(come_from, to, has_decision=False)) == needs
    assert refusal(come_from, to, has_decision=True) == ""


@given(stage=stages, to=anywhere, has_decision=st.booleans())
def test_a_move_is_refused_exactly_when_it_is_not_offered_or_lacks_its_decision(stage, to, has_decision):
    why_not = refusal(stage, to, has_decision=has_decision)

    if to not in moves_from(stage):
        assert why_not.startswith("A project cannot move from ")
    elif to in NEEDS_DECISION and not has_decision:
        assert why_not == missing_decision(to)
    else:
        assert why_not == ""


@given(stage=stages, path=st.lists(st.integers(0, 7), max_size=20))
def test_no_way_leads_back(stage, path):
    """However a project moves, it never comes to a stage a second time."""
    seen = [stage]
    for step in path:
        moves = moves_from(seen[-1])
        if not moves:
            break
        seen.append(moves[step % len(moves)])
    assert len(set(seen)) == len(seen)


@given(stage=st.sampled_from(ORDER[:-1]))
def test_every_project_can_be_stopped_and_can_reach_its_end(stage):
    assert Stage.STOPPED in moves_from(stage)
    here = stage
    while here != Stage.CLOSED:
        here = moves_from(here)[0]
    assert moves_from(here) == []
