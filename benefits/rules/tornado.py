"""The lines on which the result leans most: each varied by itself, all others as they are. Pounds.

Source: the domain's "Payback".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

SWING = Decimal(20)  # per cent up and down
SHOWN = 8


@dataclass(frozen=True)
class Leaning:
    """One line, what it adds to the net gain over the horizon (a cost takes away), and where it leads."""

    ref: str
    name: str
    contribution: Decimal
    url: str = ""


@dataclass(frozen=True)
class Swing:
    """The net gain with one line's amounts lower and higher by ``SWING`` per cent."""

    line: Leaning
    lower: Decimal
    higher: Decimal

    @property
    def width(self) -> Decimal:
        return abs(self.higher - self.lower)


def tornado(net_gain: Decimal, lines: Iterable[Leaning], *, percent: Decimal = SWING) -> tuple[Swing, ...]:
    """The widest swings of ``net_gain``, widest first, at most ``SHOWN``; lines that add nothing are left
    out. For a cost, ``lower`` is the net gain with the cost lower, which is the greater of the two."""
    swings = []
    for line in lines:
        if by := line.contribution * percent / 100:
            swings.append(Swing(line, net_gain - by, net_gain + by))
    return tuple(sorted(swings, key=lambda one: (-one.width, one.line.ref))[:SHOWN])
