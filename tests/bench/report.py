"""The run in words: a compact table, and what holds and what does not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from .timing import Row, Timed


def say(words: str = "") -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


NAME = 28
HEAD = (
    f"{'page':<{NAME}}{'as':<18}{'queries':>9}{'median ms':>14}{'p95 ms':>14}"
    f"{'KB':>11}{'× empty':>13}{'growth':>8}"
)


def head(sizes: Iterable[str]) -> None:
    say(f"\nEach pair is {' / '.join(sizes)}.\n{HEAD}")


def line(row: Row) -> None:
    timed = list(row.sizes.values())

    def pair(written: Callable[[Timed], str]) -> str:
        return "/".join(written(one) for one in timed)

    queries = "/".join(dict.fromkeys(str(one.queries) for one in timed))
    growth = f"{row.growth:.2f}×" if row.growth and row.grows else ""
    say(
        f"{row.name:<{NAME}}{row.who:<18}{queries:>9}"
        f"{pair(lambda one: f'{one.median:.1f}'):>14}{pair(lambda one: f'{one.p95:.1f}'):>14}"
        f"{pair(lambda one: f'{one.bytes / 1024:.0f}'):>11}{pair(lambda one: f'{one.ratio:.1f}'):>13}"
        f"{growth:>8}  {'; '.join(row.broken).upper() or 'ok'}"
    )


def part(title: str) -> None:
    say(f"\n{title}")


def over(rows: Iterable[Row]) -> None:
    """The rows that break a limit once more, together: where there is something to do."""
    broken = [row for row in rows if row.broken]
    if broken:
        say(f"\nOver a limit:\n{HEAD}")
        for row in broken:
            line(row)


def repeated(rows: Iterable[Row]) -> None:
    """Queries asked more than once on one page of the largest size: where to look first."""
    for row in rows:
        timed = list(row.sizes.values())[-1]
        if row.broken and timed.repeated:
            say(f"\n{row.name} as {row.who} ({row.address}):")
            for words in timed.repeated:
                say(f"    {words}")


def check(words: str, value: float, limit: float | None, unit: str) -> bool:
    """One figure against its limit, said in a line; whether it holds."""
    holds = limit is None or value <= limit
    bound = "" if limit is None else f" (limit {limit:g}{unit})"
    say(f"{words:<58}{value:>9.2f}{unit}{bound}  {'ok' if holds else 'OVER'}")
    return holds
