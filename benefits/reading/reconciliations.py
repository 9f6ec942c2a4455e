"""Reconciliations as one reader may see them: both figures, the bridge between them, what is left of it.

Read once for a page, a workbook or a pack. Pounds. Source: the domain's "Reconciliation".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, pounds
from programme.people.models import User

from ..choices import Computed
from ..models import Movement, Reconciliation, StatedFigure
from ..rules import bridging
from ..rules.bridging import Amounts, Bridge, Standing, Step
from .computed import computed
from .grounds import Grounds
from .headlines import headline
from .savings import reading_of
from .withholding import Source

BY_THE_PORTAL = "worked out by the portal"
ON_FIGURES = [f"{end}_figure__confirmed_by__profile" for end in ("from", "to")]


@dataclass(frozen=True)
class End:
    """One of the two figures. ``amounts`` is None where it is not known, or withheld from the reader."""

    name: str
    place: str
    words: str
    amounts: Amounts | None
    note: str
    exempt: str
    source: Source | None
    withheld: bool = False
    is_computed: bool = False

    @property
    def total(self) -> Decimal | None:
        return None if self.amounts is None else bridging.total_of(self.amounts)


@dataclass(frozen=True)
class MovementRow:
    """A movement as it stands in the table of the bridge, with the key by which it is changed."""

    key: int
    kind: str
    year: FinancialYear | None
    amount: Decimal
    words: str


@dataclass(frozen=True)
class SignOff:
    """Who accepted what was left, why, and how much that was in total when it was signed."""

    by: str
    reason: str
    residual: Decimal


@dataclass(frozen=True)
class Reconciled:
    """One reconciliation. ``bridge`` is None where a figure is not known or withheld."""

    ref: str
    title: str
    url: str
    note: str
    exempt: str
    start: End
    end: End
    movements: tuple[MovementRow, ...]
    bridge: Bridge | None
    standing: Standing
    sign_off: SignOff | None

    @property
    def difference(self) -> Decimal | None:
        return self.bridge.total.difference if self.bridge else None

    @property
    def explained(self) -> Decimal | None:
        return self.bridge.total.moved if self.bridge else None

    @property
    def left(self) -> Decimal | None:
        return self.bridge.total.residual if self.bridge else None

    @property
    def left_in_all(self) -> Decimal | None:
        """What is left, each year without regard to its sign: years that cancel out explain nothing."""
        return sum(map(abs, self.bridge.residual.values()), Decimal(0)) if self.bridge else None

    @property
    def left_words(self) -> str:
        """``+£3,000 in 2022/23, −£23,000 in 2023/24``; ``+£31,000`` without years."""
        return bridging.residual_words(self.bridge.residual) if self.bridge else "not known"

    @property
    def is_open(self) -> bool:
        """What still needs somebody: whatever is neither explained nor signed off."""
        return self.standing in (Standing.OPEN, Standing.UNKNOWN)

    @property
    def has_lapsed(self) -> bool:
        """Signed off once, for another residual than there is now."""
        return self.sign_off is not None and self.standing is Standing.OPEN


def reconciliations(user: User, grounds: Grounds | None = None) -> tuple[Reconciled, ...]:
    """Every live reconciliation that ``user`` may see, in order. At most twelve queries.

    ``grounds`` that the page shows more of are not read again.
    """
    records = Reconciliation.objects.visible_to(user).live()
    return reconciled(records.select_related("signed_by__profile", *ON_FIGURES), user, grounds=grounds)


def as_they_stand(user: User) -> tuple[Reconciled, ...]:
    """The same, worked out again only when something changes."""
    return reading_of(user).once("reconciliations", lambda: reconciliations(user))


def reconciled(
    records: Iterable[Reconciliation],
    user: User,
    day: datetime.date | None = None,
    *,
    grounds: Grounds | None = None,
) -> tuple[Reconciled, ...]:
    """These reconciliations, which ``user`` may see; with the figures of a past day where one is given."""
    found = list(records)
    grounds = grounds or Grounds(user, day)
    figures = _figures(found, user, day)
    movements = _movements(found, user, day)
    return tuple(_one(record, grounds, figures, movements.get(record.pk, [])) for record in found)


def _figures(records: Sequence[Any], user: User, day: datetime.date | None) -> dict[int, StatedFigure]:
    """The stated figures that these reconciliations name and ``user`` may see, then and now."""
    if day is None:
        ends = [one for record in records for one in (record.from_figure, record.to_figure) if one]
        return {one.pk: one for one in ends}
    keys = {key for one in records for key in (one.from_figure_id, one.to_figure_id) if key}
    then = StatedFigure.objects.visible_to(user).filter(pk__in=keys).as_at(day)
    return {one.pk: one for one in then if one.stood_visible_to(user)}


def _movements(records: Sequence[Any], user: User, day: datetime.date | None) -> dict[int, list[Movement]]:
    rows = Movement.objects.visible_to(user).filter(reconciliation__in=[one.pk for one in records])
    then = rows.live() if day is None else [one for one in rows.as_at(day) if not one.withdrawn]
    found: dict[int, list[Movement]] = {}
    for one in sorted(then, key=lambda one: (one.position, one.pk)):
        found.setdefault(one.reconciliation_id, []).append(one)
    return found


def _one(record: Any, grounds: Grounds, figures: dict[int, StatedFigure], movements: list[Any]) -> Reconciled:
    start = _end(record.from_figure_id, record.from_computed, grounds, figures)
    end = _end(record.to_figure_id, record.to_computed, grounds, figures)
    found = bridging.bridge(start.amounts, end.amounts, map(step_of, movements))
    return Reconciled(
        ref=record.ref,
        title=record.title,
        url=record.get_absolute_url(),
        note=record.note,
        exempt=record.exempt_words,
        start=start,
        end=end,
        movements=tuple(
            MovementRow(one.pk, one.get_kind_display(), one.year, one.amount, one.words) for one in movements
        ),
        bridge=found,
        standing=bridging.standing(found, record.signed_residual),
        sign_off=_sign_off(record),
    )


def step_of(movement: Any) -> Step:
    return Step(movement.kind, movement.amount, movement.year, movement.words)


def _sign_off(record: Any) -> SignOff | None:
    if record.signed_by_id is None:
        return None
    return SignOff(str(record.signed_by), record.signed_reason, bridging.in_pounds(record.signed_residual))


def _end(figure: int | None, which: str, grounds: Grounds, figures: dict[int, StatedFigure]) -> End:
    if figure is None:
        return computed_end(Computed(which), grounds)
    return _stated(figures[figure]) if figure in figures else _withheld("A stated figure")


def _withheld(name: str) -> End:
    return End(name, "withheld", "withheld", None, "", "", None, withheld=True)


def _stated(figure: StatedFigure) -> End:
    one = headline(figure)
    return End(
        name=", ".join(part for part in (one.measure, one.covers) if part),
        place=one.source.place or one.source.document,
        words=one.words,
        amounts=one.amount,
        note=one.inferred_basis,
        exempt=one.exempt,
        source=one.source,
    )


def computed_end(which: Computed, grounds: Grounds) -> End:
    """A computed figure as one of the two, or to stand beside them."""
    one = computed(which, grounds)
    words = "withheld" if one.withheld else bridging.in_words(one.amounts)
    return End(
        name=which.label,
        place=BY_THE_PORTAL,
        words=words,
        amounts=one.amounts,
        note=one.note,
        exempt="",
        source=one.source,
        withheld=one.withheld,
        is_computed=True,
    )


def in_a_sentence(rows: Sequence[Reconciled]) -> str:
    """How they stand: `11 of 12 are open; the largest difference that nothing explains is £1,000,000, …`."""
    still = [one for one in rows if one.is_open]
    if not rows:
        return ""
    if not still:
        return "Every difference is explained or signed off."
    words = f"{len(still)} of {len(rows)} {'is' if len(still) == 1 else 'are'} open"
    known = [one for one in still if one.left_in_all]
    if not known:
        return f"{words}."
    worst = max(known, key=lambda one: one.left_in_all or Decimal(0))
    amount = pounds(worst.left_in_all)
    return f"{words}; the largest difference that nothing explains is {amount}: {worst.ref} {worst.title}."
