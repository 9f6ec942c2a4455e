"""Pages timed turn by turn: each page of each size beside an empty one, so that all share the noise.

What is compared was measured in the same turn, and the middle of all turns counts: a machine that slows down
for a while slows both sides of a turn.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from .addresses.page import Page
from .portals import Visitor
from .sizes import LIMITS

EMPTY = "/bench/empty/"
ROUNDS, LEAST = 75, 7  # a cheap page is seldom disturbed but, when it is, by much: it gets more turns
SECONDS = 3.0  # for one page as one person, all sizes together


@dataclass
class Timed:
    """What a page cost one person at one size, in milliseconds; ``ratio`` is ``cost`` to an empty page's."""

    queries: int = 0
    bytes: int = 0
    status: str = ""
    median: float = 0.0
    cost: float = 0.0
    p95: float = 0.0
    ratio: float = 0.0
    repeated: list[str] = field(default_factory=list)


@dataclass
class Row:
    """One page as one person, at each size, and what of its limits it breaks."""

    name: str
    kind: str
    who: str
    address: str
    grows: bool = True
    sizes: dict[str, Timed] = field(default_factory=dict)
    growth: float | None = None
    broken: list[str] = field(default_factory=list)

    def judge(self) -> None:
        limit = LIMITS[self.kind]
        timed = list(self.sizes.values())
        if any(not one.status.startswith("200") for one in timed):
            self.broken.append(f"answered {', '.join(sorted({one.status for one in timed}))}")
            return
        if len({one.queries for one in timed}) > 1:
            self.broken.append("queries grow with rows")
        if max(one.queries for one in timed) > limit.queries:
            self.broken.append(f"more than {limit.queries} queries")
        if limit.ratio and max(one.ratio for one in timed) > limit.ratio:
            self.broken.append(f"over {limit.ratio}× the empty page")
        if limit.milliseconds and max(one.cost for one in timed) > limit.milliseconds:
            self.broken.append(f"over {limit.milliseconds:g} ms")
        if self.growth and self.grows and limit.growth and self.growth > limit.growth:
            self.broken.append(f"over {limit.growth}× its cost at the small size")

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def measure(page: Page, who: str, visitors: dict[str, Visitor], places: dict[str, dict[str, str]]) -> Row:
    """Opens ``page`` as ``who`` at every size, in turns."""
    row = Row(page.name, page.kind, who, page.address, page.grows and LIMITS[page.kind].growth is not None)
    for size, visitor in visitors.items():
        asked = {"who": who, "address": page.at(places[size]), "times": 1}
        visitor.ask("visit", **asked)  # charts are drawn, templates compiled
        if page.changes:
            visitor.ask("change")
        counted = visitor.ask("count", who=who, address=page.at(places[size], 1))
        row.sizes[size] = Timed(**counted)
    if all(one.status.startswith("200") for one in row.sizes.values()):
        _time(row, page, who, visitors, places)
    row.judge()
    return row


def _time(
    row: Row, page: Page, who: str, visitors: dict[str, Visitor], places: dict[str, dict[str, str]]
) -> None:
    taken: dict[str, list[float]] = {size: [] for size in visitors}
    cost: dict[str, list[float]] = {size: [] for size in visitors}
    empty: dict[str, list[float]] = {size: [] for size in visitors}
    began = time.perf_counter()
    for turn in range(ROUNDS):
        for size in list(visitors)[:: 1 if turn % 2 else -1]:
            visitor = visitors[size]
            empty[size] += visitor.ask("visit", who=who, address=EMPTY, times=1)["cost"]
            if page.changes:
                visitor.ask("change")
            answer = visitor.ask("visit", who=who, address=page.at(places[size], turn + 2), times=1)
            taken[size] += answer["seconds"]
            cost[size] += answer["cost"]
            row.sizes[size].bytes = answer["bytes"]
        if turn + 1 >= LEAST and time.perf_counter() - began > SECONDS:
            break
    for size, timed in row.sizes.items():
        timed.median = statistics.median(taken[size]) * 1000
        timed.p95 = statistics.quantiles(taken[size], n=20, method="inclusive")[-1] * 1000
        timed.cost = statistics.median(cost[size]) * 1000
        timed.ratio = _times(cost[size], empty[size])
    if len(cost) == 2:
        small, large = cost.values()
        row.growth = _times(large, small)


def _times(these: list[float], those: list[float]) -> float:
    """How many times ``those`` of the same turn ``these`` are, in the middle of all turns."""
    return statistics.median(one / other for one, other in zip(these, those, strict=True))
