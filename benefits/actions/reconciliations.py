"""Reconciliations and their movements: add, change, withdraw, sign off what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programme.people.choices import Classification
from programme.people.models import Scope, User
from programme.portfolio.references import numbered

from ..choices import RESTS_ON, Computed
from ..models import Movement, Reconciliation, StatedFigure
from ..models.reconciliation import RECORDS
from ..reading.reconciliations import reconciled, step_of
from ..rules.bridging import Bridge, as_signed, refuse_step, residual_words

STEM = "R-"


@transaction.atomic
def add(
    *,
    title: str,
    scope: Scope,
    by: User,
    reason: str,
    from_figure: StatedFigure | None = None,
    from_computed: str = "",
    to_figure: StatedFigure | None = None,
    to_computed: str = "",
    note: str = "",
) -> Reconciliation:
    """Sets two figures against each other. Exempt where either is. Raises ``ValidationError``."""
    if (from_figure, from_computed) == (to_figure, to_computed):
        raise ValidationError({"to_figure": "A figure is not reconciled with itself: choose another one."})
    for name, figure in (("from_figure", from_figure), ("to_figure", to_figure)):
        if figure is not None and figure.amount is None:
            raise ValidationError({name: "This stated figure is no amount, so there is nothing to bridge."})
    last = Reconciliation.objects.aggregate(last=Max("position"))["last"] or 0
    new = Reconciliation(title=title, note=note, scope=scope, position=last + 1)
    new.from_figure, new.from_computed = from_figure, from_computed
    new.to_figure, new.to_computed = to_figure, to_computed
    for name, value in _strictest([from_figure, to_figure], [from_computed, to_computed]).items():
        setattr(new, name, value)

    def write(ref: str) -> Reconciliation:
        new.ref = ref
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(Reconciliation.objects.filter(ref__startswith=STEM).values_list("ref", flat=True))

    return numbered(write, stem=STEM, taken=taken, width=3)


def _strictest(figures: Iterable[StatedFigure | None], computed: Iterable[str]) -> dict[str, Any]:
    """The class of a reconciliation: exempt where anything is that its figures rest on, on all grounds."""
    rest: list[Any] = [one for one in figures if one is not None]
    for ground in sorted({ground for which in computed if which for ground in RESTS_ON[Computed(which)]}):
        rest += RECORDS[ground].objects.live().filter(classification=Classification.EXEMPT)
    exempt = [one for one in rest if one.classification == Classification.EXEMPT]
    if not exempt:
        return {"classification": Classification.INTERNAL}
    return {
        "classification": Classification.EXEMPT,
        "exempt_paragraphs": sorted({number for one in exempt for number in one.exempt_paragraphs}),
        "exempt_reason": exempt[0].exempt_reason,
        "exempt_review": min(one.exempt_review for one in exempt),
    }


def change(record: Reconciliation, *, title: str, note: str, by: User, reason: str) -> Reconciliation:
    """Changes the words of a reconciliation; its figures stay. Raises ``ValidationError`` or ``Stale``."""
    _refuse_withdrawn(record)
    record.title, record.note = title, note
    return record.record(by=by, reason=reason)


@transaction.atomic
def withdraw(record: Reconciliation, *, by: User, reason: str) -> Reconciliation:
    """Takes a reconciliation out of use, and its movements with it; all stay in history."""
    _refuse_withdrawn(record)
    for movement in record.movements.live():
        movement.withdraw(by=by, reason=reason)
    return record.withdraw(by=by, reason=reason)


@transaction.atomic
def add_movement(record: Reconciliation, *, by: User, reason: str, **facts: Any) -> Movement:
    """Adds a step to the bridge: kind, amount, what it is and, where the figures have years, its year.

    Raises ``ValidationError`` at the field that is wrong.
    """
    last = record.movements.aggregate(last=Max("position"))["last"] or 0
    movement = Movement(reconciliation=record, position=last + 1)
    return _placed(movement, by=by, reason=reason, **facts)


@transaction.atomic
def change_movement(movement: Movement, *, by: User, reason: str, **facts: Any) -> Movement:
    """Changes a step of the bridge. Raises ``ValidationError`` or ``Stale``."""
    return _placed(movement, by=by, reason=reason, **facts)


def withdraw_movement(movement: Movement, *, by: User, reason: str) -> Movement:
    """Takes a step out of the bridge; what it explained is open again. It stays in history."""
    _refuse_withdrawn(movement.reconciliation)
    return movement.withdraw(by=by, reason=reason)


@transaction.atomic
def sign_off(record: Reconciliation, *, residual: Mapping[str, int], by: User, reason: str) -> Reconciliation:
    """Accepts what is left unexplained, with the reason why. ``residual`` is what the signer saw, who
    reads both figures and all that they rest on.

    Raises ``ValidationError`` where nothing is left, where a figure is not known, or where something else is
    left by now than the signer saw.
    """
    _refuse_withdrawn(record)
    left = _bridge(record, by)
    if left.is_explained:
        raise ValidationError("Nothing is left to sign off: the movements explain the whole difference.")
    if dict(residual) != as_signed(left):
        raise ValidationError(
            "A figure or a movement has changed since you opened this page. By now this is left: "
            f"{residual_words(left.residual)}. Look at it again before you sign."
        )
    record.signed_by, record.signed_reason, record.signed_residual = by, reason, as_signed(left)
    return record.record(by=by, reason=reason)


def take_back(record: Reconciliation, *, by: User, reason: str) -> Reconciliation:
    """Takes a sign-off back, so that what is left is open again. Raises ``ValidationError``."""
    if record.signed_by_id is None:
        raise ValidationError("Nobody has signed this off.")
    record.signed_by, record.signed_reason, record.signed_residual = None, "", None
    return record.record(by=by, reason=reason)


def _bridge(record: Reconciliation, user: User) -> Bridge:
    [one] = reconciled([record], user)
    if one.bridge is None:
        raise ValidationError("One of the two figures is not known, so what is left is not known either.")
    return one.bridge


def _placed(movement: Movement, *, by: User, reason: str, **facts: Any) -> Movement:
    record = movement.reconciliation
    _refuse_withdrawn(record)
    for name in ("kind", "year", "amount", "words"):
        setattr(movement, name, facts[name])
    [one] = reconciled([record], by)
    has_years = one.bridge is not None and one.bridge.has_years
    if wrong := refuse_step(has_years, step_of(movement)):
        raise ValidationError({"year" if movement.amount else "amount": wrong})
    return movement.record(by=by, reason=reason)


def _refuse_withdrawn(record: Reconciliation) -> None:
    if record.withdrawn:
        raise ValidationError(f"{record.ref} was withdrawn and is not changed any more.")
