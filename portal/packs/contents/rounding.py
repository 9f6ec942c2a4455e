"""When rows rounded to thousands do not add up to their rounded total, the table says so."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

NOTE = "Totals are summed before rounding, so rounded rows may not add up to them."


def rounding_note(totals: Sequence[Decimal | None], rows: Iterable[Sequence[Decimal | None]]) -> str:
    """The sentence, or nothing where every column of rounded pounds adds up to its rounded total."""
    for total, cells in zip(totals, zip(*rows, strict=True), strict=False):
        if total is not None and _thousands(total) != sum(
            _thousands(one) for one in cells if one is not None
        ):
            return NOTE
    return ""


def _thousands(amount: Decimal) -> int:
    return int((amount / 1000).quantize(Decimal(1), ROUND_HALF_UP))
