"""Apportioning a benefit's money between workstreams, to the penny. Source: the domain's "Benefits".

Shares only apportion: the parts of an amount always come to the amount itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

Place = TypeVar("Place")

PENNY, WHOLE = Decimal("0.01"), Decimal(100)


def apportion(amount: Decimal, shares: Mapping[Place, Decimal]) -> dict[Place, Decimal]:
    """``amount`` in pounds cut by ``shares`` in per cent, in whole pence, by the largest remainder.

    Each part is rounded towards nought; the pence left over go one each to the parts that lost most by it,
    the first named first. A negative amount is cut as its opposite is. Raises ValueError where the shares
    do not come to 100.
    """
    if sum(shares.values()) != WHOLE:
        raise ValueError(f"Shares come to 100 %, not to {sum(shares.values())} %.")
    if len(shares) == 1:  # as most are: nothing is cut, so nothing is rounded
        return dict.fromkeys(shares, amount)
    if amount < 0:
        return {place: -part for place, part in apportion(-amount, shares).items()}
    exact = {place: amount * percent / WHOLE for place, percent in shares.items()}
    parts = {place: part.quantize(PENNY, ROUND_FLOOR) for place, part in exact.items()}
    left = int((amount - sum(parts.values())) / PENNY)
    for place in sorted(parts, key=lambda place: parts[place] - exact[place])[:left]:
        parts[place] += PENNY
    return parts


def attribution_words(total: Decimal) -> str:
    """What is said of shares that do not make a whole."""
    sign = "more" if total > 100 else "less"
    off = f"{abs(total - 100).normalize():f}"
    return f"An attribution of {total.normalize():f} % is {off} {sign} than the whole: shares come to 100 %."
