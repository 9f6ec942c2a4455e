"""Stated figures: what somebody published is entered, corrected, withdrawn; never derived."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from programme.people.models import Scope, User
from programme.portfolio.references import numbered

from ..guards import set_class
from ..models import Reconciliation, StatedFigure

STEM = "F-"


def add(*, scope: Scope, by: User, reason: str, **facts: Any) -> StatedFigure:
    """Enters a figure as it was published. Raises ``ValidationError`` at the field that is wrong."""
    last = StatedFigure.objects.aggregate(last=Max("position"))["last"] or 0
    new = StatedFigure(scope=scope, position=last + 1, confirmed_by=by, **facts)

    def write(ref: str) -> StatedFigure:
        new.ref = ref
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(StatedFigure.objects.filter(ref__startswith=STEM).values_list("ref", flat=True))

    return numbered(write, stem=STEM, taken=taken, width=3)


def correct(figure: StatedFigure, *, by: User, reason: str, **facts: Any) -> StatedFigure:
    """Corrects what was entered; what rested on it as it was, a sign-off among it, falls away by itself.

    Raises ``ValidationError`` or ``Stale``.
    """
    if figure.withdrawn:
        raise ValidationError(f"{figure.ref} was withdrawn and is not changed any more.")
    for name, value in facts.items():
        setattr(figure, name, value)
    figure.confirmed_by = by
    return figure.record(by=by, reason=reason)


def classify(figure: StatedFigure, *, by: User, reason: str, **facts: Any) -> StatedFigure:
    """Says who may see a figure, also one that was withdrawn. Raises ``ValidationError`` or ``Stale``."""
    set_class(figure, facts)
    return figure.record(by=by, reason=reason)


def withdraw(figure: StatedFigure, *, by: User, reason: str) -> StatedFigure:
    """Takes a figure out of use, unless a reconciliation stands on it. Raises ``ValidationError``."""
    standing = Reconciliation.objects.live().filter(Q(from_figure=figure) | Q(to_figure=figure)).first()
    if standing:
        raise ValidationError(f"{standing.ref} stands on this figure: withdraw the reconciliation first.")
    return figure.withdraw(by=by, reason=reason)
