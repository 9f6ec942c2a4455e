"""What a question to the payback page costs with its pictures, which another process draws.

A page's cost is that of its own process, and pictures are kept: what drawing them anew costs would be seen
nowhere else.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.dummy import DummyCache

from programme.foundation import drawing, figures

PAGE = "/benefits/payback/?rate=2.{turn:04}"
TURNS = 7


def a_new_question(visit: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Seconds of the processor for the page at a question nobody asked before, and for its pictures; nothing
    where this machine does not tell them the way Linux does."""
    if not Path("/proc/self/stat").exists():
        return {}
    with nothing_kept():
        visit(PAGE.format(turn=0))
        costs = [_turn(visit, turn) for turn in range(1, TURNS + 1)]
    page, drawn = (statistics.median(column) for column in zip(*costs, strict=True))
    return {"page": page, "drawn": drawn}


def _turn(visit: Callable[[str], dict[str, Any]], turn: int) -> tuple[float, float]:
    before = _used()
    page = visit(PAGE.format(turn=turn))["cost"][0]
    return page, _used() - before


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Inside the block every picture is drawn anew."""
    kept, figures.shared_cache = figures.shared_cache, DummyCache("", {})  # type: ignore[assignment]
    try:
        yield
    finally:
        figures.shared_cache = kept


def _used() -> float:
    """Seconds of the processor that the drawing process has used; 0 before there is one."""
    process = drawing.DRAWING.process
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
