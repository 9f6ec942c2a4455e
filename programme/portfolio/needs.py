"""Which projects need which. Pure: a circle of projects that wait for each other can never begin."""

from __future__ import annotations

from collections.abc import Iterable


def circle(links: Iterable[tuple[int, int]], project: int, needed: int) -> list[int]:
    """The circle that ``project`` needing ``needed`` would close, back to ``project`` itself; else empty.

    ``links`` are pairs (project, the one it needs), by number.
    """
    onward: dict[int, list[int]] = {}
    for one, other in links:
        onward.setdefault(one, []).append(other)
    came_from: dict[int, int] = {needed: project}
    waiting = [needed]
    while waiting:
        here = waiting.pop()
        if here == project:
            return _way_back(came_from, project)
        for ahead in onward.get(here, []):
            if ahead not in came_from:
                came_from[ahead] = here
                waiting.append(ahead)
    return []


def _way_back(came_from: dict[int, int], project: int) -> list[int]:
    steps, here = [project], came_from[project]
    while here != project:
        steps.append(here)
        here = came_from[here]
    return [project, *steps[1:][::-1], project]
