"""From the council's priorities to the measures that show a benefit has come, and what is missing between.

Pure rules, no models: facts in, lines of sight and findings out, in an order that does not depend on the
order of the facts. Source: the domain's "Benefits" (a home, enabling milestones, a measure) and "Early
warnings" (a benefit that starts before the milestone that enables it).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

COLUMNS = {
    "priority": "Corporate priority",
    "workstream": "Workstream",
    "project": "Project",
    "milestone": "Milestone",
    "benefit": "Benefit",
    "measure": "Measure",
}
MISSING = {
    "priority": "no priority",
    "workstream": "no workstream",
    "project": "no project",
    "milestone": "no enabling milestone",
    "measure": "no measure",
}
TOO_EARLY = "starts before its milestone"
NAMED = 30  # of one kind of finding


@dataclass(frozen=True)
class Node:
    """One thing on the map. ``order`` sorts it among those of its column."""

    column: str
    key: int
    label: str
    url: str = ""
    order: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Home:
    """Where a benefit or a milestone lies: its project, workstream and the priority of that workstream."""

    priority: Node | None = None
    workstream: Node | None = None
    project: Node | None = None


@dataclass(frozen=True)
class Enabler:
    """A milestone without which a benefit does not come, and when it is reached or forecast to be."""

    milestone: Node
    home: Home
    finish: datetime.date


@dataclass(frozen=True)
class Mapped:
    """A benefit with what it hangs on. ``shared`` are workstreams that its money is apportioned to."""

    node: Node
    home: Home = Home()
    enablers: tuple[Enabler, ...] = ()
    measure: Node | None = None
    starts: datetime.date | None = None
    shared: tuple[Node, ...] = ()

    def begins_before(self, one: Enabler) -> bool:
        return self.starts is not None and self.starts < one.finish


@dataclass(frozen=True)
class Line:
    """One line of sight; ``missing`` says in words what it lacks."""

    priority: Node | None
    workstream: Node | None
    project: Node | None
    milestone: Node | None
    benefit: Node
    measure: Node | None
    missing: tuple[str, ...]

    @property
    def nodes(self) -> tuple[Node | None, ...]:
        return tuple(getattr(self, column) for column in COLUMNS)

    @property
    def missing_words(self) -> str:
        """ "No enabling milestone, no measure", or nothing."""
        words = ", ".join(self.missing)
        return words[:1].upper() + words[1:]

    @property
    def links(self) -> Iterator[tuple[Node, Node, bool]]:
        """From each thing to the next that is there, and whether the link does not hold: something is
        missing between, or the benefit starts before the milestone."""
        before: tuple[int, Node] | None = None
        for place, node in enumerate(self.nodes):
            if node is not None:
                if before is not None:
                    too_early = node is self.benefit and TOO_EARLY in self.missing
                    yield before[1], node, too_early or place - before[0] > 1
                before = place, node


@dataclass(frozen=True)
class Finding:
    """What has nothing to hang on, by kind; ``nodes`` in the order of their column."""

    heading: str
    nodes: tuple[Node, ...]

    @property
    def named(self) -> tuple[Node, ...]:
        """The first of them: a longer list is not read any more."""
        return self.nodes[:NAMED]

    @property
    def more(self) -> int:
        return len(self.nodes) - len(self.named)


def lines_of_sight(benefits: Iterable[Mapped]) -> list[Line]:
    """One line for each milestone of each benefit; one that leaves the milestone out where there is none.

    A benefit whose milestones all lie in other projects than its own has a line from its own as well.
    """
    return sorted((line for one in benefits for line in _lines(one)), key=_place)


def findings(
    benefits: Iterable[Mapped],
    *,
    priorities: Iterable[Node] = (),
    workstreams: Iterable[Node] = (),
    served: Iterable[Node] = (),
    projects: Iterable[Node] = (),
    measures: Iterable[Node] = (),
) -> list[Finding]:
    """Orphans and links that nothing supports, named; kinds of which there are none are left out.

    ``served`` are the priorities that some workstream serves; ``projects`` those that should bring benefits.
    """
    all_of_them = list(benefits)
    homes = [home for one in all_of_them for home in (one.home, *(each.home for each in one.enablers))]
    with_benefit = {home.project for home in homes} | {home.workstream for home in homes}
    with_benefit |= {node for one in all_of_them for node in one.shared}
    evidence = {one.measure for one in all_of_them}
    found = {
        "Benefits without a measure": [one.node for one in all_of_them if one.measure is None],
        "Benefits without an enabling milestone": [one.node for one in all_of_them if not one.enablers],
        "Benefits without a project": [one.node for one in all_of_them if not _has_project(one)],
        "Benefits that start before a milestone that enables them": [
            one.node for one in all_of_them if any(map(one.begins_before, one.enablers))
        ],
        "Workstreams without a benefit": [one for one in workstreams if one not in with_benefit],
        "Projects without a benefit": [one for one in projects if one not in with_benefit],
        "Priorities that no workstream serves": [one for one in priorities if one not in set(served)],
        "Measures that are evidence for no benefit": [one for one in measures if one not in evidence],
    }
    return [
        Finding(heading, tuple(sorted(set(nodes), key=lambda node: node.order)))
        for heading, nodes in found.items()
        if nodes
    ]


def _lines(one: Mapped) -> Iterator[Line]:
    for enabler in one.enablers:
        words = (TOO_EARLY,) if one.begins_before(enabler) else ()
        yield _line(one, enabler.home, enabler.milestone, words)
    own = one.home.project
    if not one.enablers or (own and own not in {each.home.project for each in one.enablers}):
        yield _line(one, one.home, None, ())


def _line(one: Mapped, home: Home, milestone: Node | None, words: tuple[str, ...]) -> Line:
    chain = {
        "priority": home.priority,
        "workstream": home.workstream,
        "project": home.project,
        "milestone": milestone,
        "measure": one.measure,
    }
    # The workstream is what leads to a priority: without it only the workstream is missed.
    missed = [column for column in chain if column != "priority" or home.workstream]
    lacking = [MISSING[column] for column in missed if chain[column] is None]
    return Line(**chain, benefit=one.node, missing=(*lacking, *words))


def _has_project(one: Mapped) -> bool:
    return any(home.project for home in (one.home, *(each.home for each in one.enablers)))


def _place(line: Line) -> tuple[Any, ...]:
    """By priority, workstream, project, milestone, benefit, measure; what lacks one stands last."""
    return tuple((node is None, node.order if node else (), node.key if node else 0) for node in line.nodes)
