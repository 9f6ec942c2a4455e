"""Profiles of a line: what is forecast, and what a decision approved, by financial year in pounds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation.money import FinancialYear
from programme.foundation.sources import Basis
from programme.people.models import User
from programme.portfolio.models import Decision

from ..choices import AmountKind
from ..guards import refuse_withdrawn
from ..models import BenefitAmount, BenefitLine
from ..rules import profiles
from . import gap_parts

Amounts = Mapping[FinancialYear, Decimal]


@transaction.atomic
def forecast(
    line: BenefitLine,
    *,
    amounts: Amounts,
    source_document: str,
    source_as_at: datetime.date,
    source_place: str = "",
    basis: str = Basis.ESTIMATE,
    by: User,
    reason: str,
) -> BenefitLine:
    """Sets what the line is forecast to bring; a year left out is not forecast. The gap is classified anew.

    The forecast comes from a source of its own, and ``by`` confirms it. A line that had no figure has one
    now. Raises ``ValidationError`` at the year that lies outside the benefit or where there is no source, or
    ``Stale``.
    """
    _refuse(line, amounts)
    if not source_document.strip():
        raise ValidationError({"source_document": "Say where the forecast comes from."})
    line.forecast_document, line.forecast_place = source_document, source_place
    line.forecast_as_at, line.forecast_basis = source_as_at, basis
    line.forecast_confirmed_by = by
    if amounts:
        line.not_quantified_because = ""
    line.record(by=by, reason=reason)  # whoever changes it at the same time is told so
    _settle(line, AmountKind.FORECAST, amounts, by=by, reason=reason)
    gap_parts.renew(line, by=by, reason=reason)
    return line


@transaction.atomic
def approve(
    line: BenefitLine, *, amounts: Amounts, decision: Decision | None, by: User, reason: str
) -> BenefitLine:
    """Sets what is approved, on the authority of an approving decision. The gap is classified anew.

    What is approved first stays as the original, from which the gap is measured ever after. Raises
    ``ValidationError`` or ``Stale``.
    """
    _refuse(line, amounts)
    if decision is None or not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError({"decision": "Name the decision of the register that approves these amounts."})
    if not amounts:
        raise ValidationError("Give the amount of at least one year: approving nothing approves nothing.")
    line.not_quantified_because = ""
    line.record(by=by, reason=reason)
    if not line.amounts.live().filter(kind=AmountKind.ORIGINAL).exists():
        _keep_original(line, amounts, decision, by=by, reason=reason)
    _settle(line, AmountKind.APPROVED, amounts, by=by, reason=reason, decision=decision)
    gap_parts.renew(line, by=by, reason=reason)
    return line


def _keep_original(line: BenefitLine, amounts: Amounts, decision: Decision, *, by: User, reason: str) -> None:
    """What is approved already was approved first, as in the business case; else these amounts are."""
    before = list(line.amounts.live().filter(kind=AmountKind.APPROVED).select_related("decision"))
    first = {one.year: one.amount for one in before} or amounts
    source = before[0].decision if before else decision
    _settle(line, AmountKind.ORIGINAL, first, by=by, reason=reason, decision=source)


def _refuse(line: BenefitLine, amounts: Amounts) -> None:
    refuse_withdrawn(line)
    benefit = line.benefit
    if outside := profiles.outside(amounts, starts=benefit.starts, ends=benefit.ends):
        raise ValidationError({profiles.box(year): words for year, words in outside.items()})


def _settle(
    line: BenefitLine,
    kind: str,
    amounts: Amounts,
    *,
    by: User,
    reason: str,
    decision: Decision | None = None,
) -> None:
    """Writes the years that changed and withdraws those left out; what stays keeps its decision."""
    present = {one.year: one for one in line.amounts.live().filter(kind=kind)}
    moved = []
    for year, amount in amounts.items():
        row = present.pop(year, None) or BenefitAmount(line=line, kind=kind, year=year)
        if row.pk is None or row.amount != amount:
            row.amount, row.decision = amount, decision
            moved.append(row)
    for row in present.values():
        row.withdrawn = True
    BenefitAmount.objects.bulk_record([*moved, *present.values()], by=by, reason=reason)
