"""One bridge in words and rows: for its page, a workbook or a pack."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from programme.foundation.money import Profile, pounds
from programme.people.models import User

from ..choices import Computed
from ..reading.computed import TEN_YEARS
from ..reading.grounds import Grounds
from ..reading.reconciliations import End, MovementRow, Reconciled, computed_end
from ..rules.bridging import Row, with_sign

MOVEMENT_COLUMNS = ["Movement", "What it is", "Year", "Amount"]


def lead(one: Reconciled) -> str:
    """How it stands in one sentence."""
    if one.bridge is None or one.difference is None:
        return "One of the two figures is not known, so nothing can be said of what is left."
    if not one.left_in_all:
        words = f"The difference of {with_sign(one.difference)} is explained."
        return words if one.difference or one.movements else "The two figures agree."
    verb = "is not explained" if one.is_open else "is not explained, and is signed off"
    return f"Of a difference of {with_sign(one.difference)}, this {verb}: {one.left_words}."


def figures(one: Reconciled) -> list[dict[str, Any]]:
    """Both figures with their sources, what is explained between them, and what is left."""
    return [
        _figure("From", one.start),
        _figure("To", one.end),
        {"label": "Explained", "value": _signed(one.explained), "meaning": _how_many(len(one.movements))},
        {"label": "Left unexplained", "value": _signed(one.left), "meaning": _left(one)},
    ]


def _figure(label: str, end: End) -> dict[str, Any]:
    """A stated figure as it was stated; of a profile its total, since its years have a table of their own."""
    value = (
        pounds(end.total) if isinstance(end.amounts, Profile) else "" if end.amounts is None else end.words
    )
    sentences = [f"{end.name}, {end.place}.", end.note, f"{end.exempt.capitalize()}." if end.exempt else ""]
    meaning = "Withheld" if end.withheld else " ".join(part for part in sentences if part)
    return {"label": label, "value": value, "meaning": meaning, "source": end.source}


def _signed(amount: Decimal | None) -> str:
    return "" if amount is None else with_sign(amount).capitalize()


def _how_many(movements: int) -> str:
    if not movements:
        return "No movement is named yet"
    return "by 1 movement" if movements == 1 else f"by {movements} movements"


def _left(one: Reconciled) -> str:
    """How it stands; where the years cancel out in part, what is left in all."""
    if one.left_in_all is None or one.left is None or one.left_in_all == abs(one.left):
        return one.standing.value
    return f"{one.standing.value}; {pounds(one.left_in_all)} counting every year without its sign"


def lapsed(one: Reconciled) -> str:
    """What a sign-off was given for that no longer holds; nothing where none has lapsed."""
    if one.sign_off is None or not one.has_lapsed:
        return ""
    return (
        f"{one.sign_off.by} accepted {with_sign(one.sign_off.residual)} in all: “{one.sign_off.reason}” "
        f"A figure or a movement has changed since, and {one.left_words} is left by now."
    )


def movement_rows(one: Reconciled, *, linked: bool) -> list[list[Any]]:
    """The movements, each with a link to change it where the reader may."""
    return [_movement(row, one.url if linked else "") for row in one.movements]


def _movement(row: MovementRow, address: str) -> list[Any]:
    kind = {"text": row.kind, "url": f"{address}movements/{row.key}/"} if address else row.kind
    return [kind, row.words, str(row.year or ""), with_sign(row.amount)]


def year_columns(one: Reconciled) -> list[str]:
    return ["Year", one.start.name, "Movements", "Not explained", one.end.name]


def year_rows(one: Reconciled) -> list[Any]:
    """The bridge by year with its total; nothing where it has no years."""
    if one.bridge is None or not one.bridge.has_years:
        return []
    rows: list[Any] = [_year(row, str(row.key or "No year named")) for row in one.bridge.rows]
    return [*rows, {"cells": _year(one.bridge.total, "All years"), "total": True}]


def _year(row: Row, name: str) -> list[str]:
    moved, left = (with_sign(amount) if amount else "–" for amount in (row.moved, row.residual))
    return [name, pounds(row.start), moved, left, pounds(row.end)]


TEN_YEARS_COLUMNS = ["Worked out by the portal", "How", "Comes to", "Against the stated figure"]


def ten_years_rows(
    record: Any, one: Reconciled, user: User, day: datetime.date | None = None
) -> list[list[str]]:
    """Beside a ten-year net gain: every way in which the portal works one out; nothing beside the others."""
    if not {record.from_computed, record.to_computed} & set(TEN_YEARS):
        return []
    grounds = Grounds(user, day)
    stated = one.start if record.from_figure_id else one.end
    return [_ten_years(computed_end(Computed(which), grounds), stated) for which in TEN_YEARS]


def _ten_years(end: End, stated: End) -> list[str]:
    known = end.total is not None and stated.total is not None
    against = with_sign(end.total - stated.total) if known else "not known"  # type: ignore[operator]
    return [end.name, end.note, end.words, against]
