"""What a reader may not see, in one sentence: never how many figures, nor which."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, prefetch_related_objects

from programme.people.choices import Classification
from programme.people.classification import EVERYTHING
from programme.people.models import Scope, User
from programme.portfolio.models import Programme

from ..models import BenefitLine


@dataclass(frozen=True)
class Source:
    """Where a figure comes from, as the source disclosure of a page shows it."""

    document: str
    place: str
    as_at: datetime.date
    basis: str
    price_base: str
    confirmed: str = ""

    @classmethod
    def of(cls, record: Any) -> Source:
        """From a record with a source, read with ``confirmed_by__profile``."""
        prices = record.get_price_base_display()
        return cls(
            document=record.source_document,
            place=record.source_place,
            as_at=record.source_as_at,
            basis=record.get_basis_display(),
            price_base=f"{prices}, {record.price_year}" if record.price_year else prices,
            confirmed=str(record.confirmed_by or ""),
        )

    @classmethod
    def of_forecast(cls, line: BenefitLine) -> Source:
        """Of a line's forecast, read with ``forecast_confirmed_by__profile`` as well."""
        return cls.of_own_forecast(line) or cls.of(line)

    @classmethod
    def of_own_forecast(cls, line: BenefitLine) -> Source | None:
        """Where a line's forecast comes from, if not from where the line does; read in the same way."""
        if not line.forecast_as_at:
            return None
        return cls(
            document=line.forecast_document,
            place=line.forecast_place,
            as_at=line.forecast_as_at,
            basis=line.get_forecast_basis_display(),
            price_base=cls.of(line).price_base,
            confirmed=str(line.forecast_confirmed_by or ""),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.place) if part)


def shared(rows: Iterable[Any]) -> Source | None:
    """The one source that all rows have; None where they differ, so that each shows its own."""
    sources = {row.source for row in rows}
    return sources.pop() if len(sources) == 1 else None


# What the business case itself states: the programme keeps how its document is called.
OF_THE_BUSINESS_CASE = Q(source_document__in=Programme.objects.order_by().values("business_case"))


def readable(
    model: Any, user: User, day: datetime.date | None = None, *, only: Q = EVERYTHING
) -> tuple[list[Any], str]:
    """The records of ``model`` that ``user`` may see, live or as they stood on ``day``, in order; and the
    sentence for those withheld, or nothing where none are. ``only`` narrows both.

    At a past date the stricter holds of what was exempt then and is now. Three queries, four at a past date.
    """
    rows = model.objects.filter(only)
    seen = rows.visible_to(user).select_related("confirmed_by__profile")
    if day is None:
        shown = list(seen.live())
        if user.standing.reads_all_exempt:
            return shown, ""
        hidden = rows.live().exclude(pk__in=model.objects.visible_to(user).values("pk"))
        return shown, _sentence(hidden.values_list("exempt_paragraphs", flat=True))
    then = [one for one in seen.as_at(day) if not one.withdrawn]
    prefetch_related_objects(then, "confirmed_by__profile")
    own = _own_scopes(user)
    shown = [one for one in then if own is None or not _exempt(one) or one.scope_id in own]
    rest = rows.exclude(pk__in=[one.pk for one in shown]).as_at(day)
    hidden_then = [one.exempt_paragraphs for one in rest if not one.withdrawn]
    return sorted(shown, key=lambda one: (getattr(one, "position", 0), one.pk)), _sentence(hidden_then)


def sentence_for(hidden: Any) -> str:
    """The sentence for the withheld records of a query, or nothing where there are none. One query."""
    return _sentence(hidden.order_by().values_list("exempt_paragraphs", flat=True))


def _exempt(record: Any) -> bool:
    return record.classification == Classification.EXEMPT


def _own_scopes(user: User) -> set[int] | None:
    """The scopes whose exempt material this person reads; None where that is all."""
    if user.standing.reads_all_exempt:
        return None
    own = user.standing.own_exempt_scopes
    return set(Scope.objects.filter(Q(pk__in=own) | Q(parent__in=own)).values_list("pk", flat=True))


def _sentence(hidden: Iterable[list[int]]) -> str:
    """Names the paragraphs, because who is refused may know on which ground."""
    rows = list(hidden)
    if not rows:
        return ""
    numbers = sorted({number for paragraphs in rows for number in paragraphs})
    if not numbers:
        return "Some figures are withheld, and so are the totals from which they could be had."
    first, last = ", ".join(map(str, numbers[:-1])), str(numbers[-1])
    ground = f"paragraphs {first} and {last}" if first else f"paragraph {last}"
    return (
        f"Some figures are exempt ({ground} of Schedule 12A to the Local Government Act 1972). "
        "They are withheld here, and so are the totals from which they could be had."
    )
