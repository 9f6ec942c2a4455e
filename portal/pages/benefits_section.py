"""The benefits at home in a project or a workstream: lines with what is approved, forecast and delivered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from benefits.choices import AmountKind, Deliverability, Frequency, Kind
from benefits.models import BenefitAmount, BenefitLine, BenefitShare, Claim
from benefits.reading.delivered import NOTHING, by_line
from benefits.reading.line_profiles import UNKNOWN, profiles_of
from programme.foundation.columns import EMPTY
from programme.foundation.money import pounds
from programme.people.models import Scope, User
from programme.portfolio.models import Workstream

from . import stood

SHOWN = 25  # lines; the register has them all
COLUMNS = ["Line", "Status", "Deliverability", "Frequency", "Approved", "Forecast", "Delivered"]
FIGURES = (AmountKind.APPROVED.value, AmountKind.FORECAST.value, "delivered")
ALIKE = ("kind", "frequency", "deliverability")
Group = tuple[str, str, str]
Sums = dict[str, Decimal]


def benefits_section(user: User, scope: Scope, day: datetime.date | None, *, query: str) -> dict[str, Any]:
    """The lines that ``user`` may see, and sums of those that are alike. Six queries, more at a past day.

    Recurring amounts are the yearly run-rate that is reached. ``query`` leads to the place in the registers.
    """
    here = Q(scope=scope.pk) | Q(scope__parent=scope.pk)
    rows = BenefitLine.objects.visible_to(user).filter(here).select_related("benefit")
    order = ("benefit__position", "benefit__ref", "position", "pk")
    lines = list(rows.live().order_by(*order)[: SHOWN + 1]) if day is None else stood.on(rows, day, user)
    found = _amounts(lines, user, day)
    sums = _summed(user, rows.live()) if day is None else _added(lines, found)
    shown = lines[:SHOWN]
    return {
        "line_columns": COLUMNS,
        "lines": [*(_line(one, found[one.pk]) for one in shown), *_totals(sums)],
        "more_lines": len(lines) > SHOWN,
        "only_visible": not user.standing.reads_all_exempt,
        "may_add": day is None and user.has_perm("benefits.add_benefit", scope),
        "query": query,
    }


def shared_with(user: User, workstream: Workstream) -> list[dict[str, Any]]:
    """Benefits at home elsewhere that are apportioned to the workstream in part. One query."""
    elsewhere = ~Q(benefit__scope=workstream.scope_id) & ~Q(benefit__scope__parent=workstream.scope_id)
    rows = BenefitShare.objects.visible_to(user).live().filter(elsewhere, workstream=workstream.pk)
    return [
        {"benefit": one.benefit, "percent": f"{one.percent.normalize():f} %"}
        for one in rows.filter(benefit__withdrawn=False).select_related("benefit").order_by("benefit__ref")
    ]


def _amounts(lines: list[Any], user: User, day: datetime.date | None) -> dict[int, dict[str, Decimal | None]]:
    """Approved, forecast and delivered of each line; None is unknown."""
    keys = [one.pk for one in lines]
    profiles, delivered = profiles_of(keys, user, day), by_line(user, day, line__in=keys)
    found = {}
    for key in keys:
        known = profiles.get(key, UNKNOWN)
        three = (known.approved, known.forecast, delivered.get(key, NOTHING).verified)
        found[key] = {name: one.total if one else None for name, one in zip(FIGURES, three, strict=True)}
    return found


def _summed(user: User, lines: Any) -> dict[Group, Sums]:
    """Sums of all lines that are alike, added up by the database. Two queries."""
    own = lines.order_by().values("pk")
    amounts = BenefitAmount.objects.visible_to(user).live().filter(line__in=own, kind__in=FIGURES)
    claims = Claim.objects.visible_to(user).verified().filter(line__in=own)
    alike = [f"line__{name}" for name in ALIKE]
    rows = amounts.order_by().values_list(*alike, "kind").annotate(Sum("amount"))
    verified = claims.order_by().values_list(*alike).annotate(Sum("full_year"))
    return _grouped(
        [
            *((tuple(row[:3]), row[3], row[4]) for row in rows),
            *((tuple(row[:3]), "delivered", row[3]) for row in verified),
        ]
    )


def _added(lines: Iterable[Any], found: dict[int, dict[str, Decimal | None]]) -> dict[Group, Sums]:
    return _grouped(
        ((one.kind, one.frequency, one.deliverability), name, amount)
        for one in lines
        for name, amount in found[one.pk].items()
        if amount is not None
    )


def _grouped(rows: Iterable[tuple[Group, str, Decimal]]) -> dict[Group, Sums]:
    sums: dict[Group, Sums] = {}
    for group, name, amount in rows:
        of_group = sums.setdefault(group, {})
        of_group[name] = of_group.get(name, Decimal(0)) + amount
    return sums


def _line(one: Any, amounts: dict[str, Decimal | None]) -> list[Any]:
    unknown = EMPTY if one.is_quantified else "Not quantified"
    figures = [unknown if amounts[name] is None else pounds(amounts[name]) for name in FIGURES[:2]]
    delivered = amounts["delivered"]
    name = f"{one.ref} {one.name}"
    return [
        {"text": f"{name} ({one.exempt_words})" if one.exempt_words else name, "url": one.get_absolute_url()},
        one.benefit.status_words,
        one.get_deliverability_display(),
        one.get_frequency_display(),
        *figures,
        EMPTY if delivered is None else pounds(delivered),
    ]


def _totals(sums: dict[Group, Sums]) -> Iterator[dict[str, Any]]:
    """A row for each kind, frequency and deliverability: what is not alike is never added up."""
    for (kind, often, rated), amounts in sorted(sums.items()):
        words = (Kind(kind).label, Deliverability(rated).label, Frequency(often).label)
        figures = [pounds(amounts[name]) if name in amounts else EMPTY for name in FIGURES]
        yield {"cells": [f"Together: {words[0]}", "", *words[1:], *figures], "total": True}
