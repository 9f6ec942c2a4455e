"""Lines of a benefit: add, change, withdraw, and the posts and contracts that they come from."""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programme.people.choices import Classification
from programme.people.models import User
from programme.portfolio.references import numbered

from ..guards import refuse_withdrawn, set_class
from ..models import Benefit, BenefitLine, LineReference
from ..rules import claiming
from .benefits import CLASS_FIELDS

CHANGEABLE = {
    "name",
    "category",
    "kind",
    "kind_note",
    "deliverability",
    "frequency",
    "budget_code",
    "fte",
    "not_quantified_because",
    "source_document",
    "source_place",
    "source_as_at",
    "basis",
    "price_base",
    "price_year",
    *CLASS_FIELDS,
}


@transaction.atomic
def add(*, benefit: Benefit, by: User, reason: str, **facts: Any) -> BenefitLine:
    """Adds a line to a benefit, under its next free reference, ``B-003-L2``.

    Raises ``ValidationError`` at the field that is wrong.
    """
    refuse_withdrawn(benefit)
    _refuse_unknown(facts)
    last = BenefitLine.objects.filter(benefit=benefit).aggregate(last=Max("position"))["last"] or 0
    stem = f"{benefit.ref}-L"

    def write(reference: str) -> BenefitLine:
        place = {"benefit": benefit, "scope": benefit.scope, "position": last + 1}
        new = BenefitLine(ref=reference, **place, **facts)
        _refuse_laxer_class(new)
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(BenefitLine.objects.filter(ref__startswith=stem).values_list("ref", flat=True))

    return numbered(write, stem=stem, taken=taken, width=1)


@transaction.atomic
def change(line: BenefitLine, *, by: User, reason: str, **facts: Any) -> BenefitLine:
    """Changes what a line is; its amounts have their own actions. Raises ``ValidationError`` or ``Stale``."""
    refuse_withdrawn(line)
    _refuse_unknown(facts)
    before = copy(line)
    for field, value in facts.items():
        setattr(line, field, value)
    if (found := claiming.change_problems(before, line)) and line.claims.verified().exists():
        raise ValidationError(found)
    if line.not_quantified_because and line.amounts.live().exists():
        raise ValidationError(
            {"not_quantified_because": "This line has amounts: take them out before you say there are none."}
        )
    _refuse_laxer_class(line)
    return line.record(by=by, reason=reason)


@transaction.atomic
def classify(line: BenefitLine, *, by: User, reason: str, **facts: Any) -> BenefitLine:
    """Says who may see a line, also one that was withdrawn: what it holds may be noticed late.

    Raises ``ValidationError`` where it would be more open than its benefit, or ``Stale``.
    """
    set_class(line, facts)
    _refuse_laxer_class(line)
    return line.record(by=by, reason=reason)


@transaction.atomic
def withdraw(line: BenefitLine, *, by: User, reason: str) -> BenefitLine:
    """Takes a line out of use. What finance verified of it stays delivered.

    Raises ``ValidationError`` while a claim waits, or ``Stale``.
    """
    refuse_withdrawn(line)
    if line.claims.waiting().exists():
        raise ValidationError("A claim of this line waits for finance: settle that first.")
    return line.withdraw(by=by, reason=reason)


def refer(
    line: BenefitLine, *, kind: str, reference: str, fte: Decimal | None = None, by: User, reason: str
) -> LineReference:
    """Names a post or a contract that the saving comes from. Raises ``ValidationError``."""
    refuse_withdrawn(line)
    new = LineReference(line=line, kind=kind, reference=reference, fte=fte)
    same = LineReference.objects.live().filter(line=line, kind=kind, reference__iexact=reference)
    if same.exists():
        raise ValidationError({"reference": "This reference is on the line already."})
    return new.record(by=by, reason=reason)


def take_off(reference: LineReference, *, by: User, reason: str) -> LineReference:
    """Takes a post or a contract off the line; it stays in history."""
    return reference.withdraw(by=by, reason=reason)


def _refuse_unknown(facts: dict[str, Any]) -> None:
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")


def _refuse_laxer_class(line: BenefitLine) -> None:
    if line.benefit.classification == Classification.EXEMPT != line.classification:
        raise ValidationError({"classification": "Its benefit is exempt, and so are all lines of it."})
