"""Pictures of reconciliations: one bridge as a waterfall, and all of them by how much is explained."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from programme.foundation.charts import Fall, Series, stacked_bars_by_year, waterfall
from programme.foundation.figures import Figure
from programme.foundation.money import pounds

from ..reading.reconciliations import End, MovementRow, Reconciled
from ..rules.bridging import with_sign

MOST = 20  # reconciliations in one picture: more are no longer read


def bridge_picture(one: Reconciled) -> Figure | None:
    """The way from one figure to the other; None where there is no bridge to draw."""
    if one.bridge is None:
        return None
    total = one.bridge.total
    falls = [Fall(_name(one.start), total.start, "figure")]
    falls += [Fall(_step(row), row.amount) for row in one.movements]
    falls += [
        Fall(f"{key}: not explained" if key else "Not explained", amount, "rest")
        for key, amount in one.bridge.residual.items()
    ]
    falls.append(Fall(_name(one.end), total.end, "figure"))
    return waterfall(title="The bridge", summary=_summary(one), falls=falls)


def _name(end: End) -> str:
    return end.name if end.is_computed else f"{end.name} ({end.place})"


def _step(row: MovementRow) -> str:
    year = f" {row.year}" if row.year else ""
    return f"{row.kind}{year}: {row.words}"


def _summary(one: Reconciled) -> str:
    explained = f"{with_sign(one.explained)} is explained" if one.explained else "nothing of it is explained"
    left = f"; left unexplained: {one.left_words}" if one.left_in_all else "; nothing is left"
    difference = with_sign(one.difference or Decimal(0))
    return f"From {one.start.words} to {one.end.words}: a difference of {difference}, {explained}{left}."


def all_bridges(rows: Sequence[Reconciled]) -> Figure | None:
    """How much of each difference is explained, signed off, and open; None where none is known.

    Each bar is as long as what is explained and what is left together, years without regard to their signs.
    """
    known = [one for one in rows if one.left_in_all is not None][:MOST]
    if not known:
        return None
    explained = {one.ref: abs(one.explained or Decimal(0)) for one in known}
    signed = {one.ref: _left(one) if not one.is_open else Decimal(0) for one in known}
    still = {one.ref: _left(one) if one.is_open else Decimal(0) for one in known}
    series = [Series("Explained", explained), Series("Signed off", signed), Series("Open", still)]
    together = sum(still.values(), Decimal(0))
    return stacked_bars_by_year(
        title="How far the differences are explained",
        summary=f"{sum(amount > 0 for amount in still.values())} of {len(known)} differences still have "
        f"something open, {pounds(max(still.values()))} at most."
        if together
        else "Nothing is open.",
        series=series,
        years=[one.ref for one in known],
        rows_are="Reconciliation",
        axis_title="£000, without regard to sign",
    )


def _left(one: Reconciled) -> Decimal:
    return one.left_in_all or Decimal(0)
