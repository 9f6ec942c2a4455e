"""What stands in a pack: one module a section, each from the same snapshot, in the order of the pack."""

from collections.abc import Iterable

from portal.packs.blocks import Notice, Section

from . import (
    benefits,
    bodies,
    decisions,
    headlines,
    investment,
    issues,
    on_a_page,
    payback,
    plan,
    projects,
    reconciliations,
    reserve,
    risks,
    savings,
    sources,
    workstreams,
)
from .snapshot import NothingToIssue, Snapshot, take
from .withheld import exempt_words

__all__ = ["NothingToIssue", "Snapshot", "notices", "sections", "take"]

ILLUSTRATIVE = (
    "People, dates, decisions, forecasts, claims, the reserve, benefits from B-007 on, scores and treatment "
    "of risks, risks from R-006 on and issues are made up to show the portal at work. What the business case "
    "states is as published."
)


def sections(snapshot: Snapshot) -> Iterable[Section]:
    """The sections, each drawn when it is asked for: charts take a moment."""
    yield on_a_page.section("1", snapshot)
    yield from workstreams.sections("2", snapshot)
    yield projects.section("3", snapshot)
    yield plan.section("4", snapshot)
    yield savings.section("5", snapshot)
    yield investment.section("6", snapshot)
    yield payback.section("7", snapshot)
    yield headlines.section("8", snapshot)
    yield benefits.section("9", snapshot)
    yield reconciliations.section("10", snapshot)
    yield reserve.section("11", snapshot)
    yield risks.section("12", snapshot)
    yield issues.section("13", snapshot)
    yield bodies.section("14", snapshot)
    yield decisions.section("15", snapshot)
    yield sources.section("16", snapshot)


def notices(snapshot: Snapshot) -> tuple[Notice, ...]:
    """What the cover must say: made-up matter, and what is exempt or left out."""
    found = [Notice("illustrative", "Illustrative", ILLUSTRATIVE)] if snapshot.illustrative else []
    return (*found, exempt_words(snapshot))
