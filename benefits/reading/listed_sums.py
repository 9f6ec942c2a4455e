"""What the register's lines come to under the savings page's filters: the row that led there. Pounds."""

from __future__ import annotations

from dataclasses import replace

from ..rules import totals
from ..rules.breakdown import Breakdown, breakdown
from ..rules.totals import PROFILE, Axis, Slice
from .line_amounts import Counted
from .savings import Reading


def listed_sums(reading: Reading, cut: Slice, counted: Counted) -> tuple[Breakdown, ...]:
    """Each block with one row, of the lines the reader may see; nothing withheld is in it."""
    own = [one for one in totals.inside(cut, reading.seen) if one.profile in PROFILE]
    year = counted.year
    if year is None:
        return tuple(
            breakdown(block, Axis.FREQUENCY, own, begun=reading.begun) for block in totals.blocks(own)
        )
    own = [replace(one, year=year) for one in own if (one.year <= year if counted.upto else one.year == year)]
    return tuple(breakdown(block, Axis.YEAR, own, begun=reading.begun) for block in totals.blocks(own))
