"""The parts of a line's gap: proposed when a profile moves, settled by those who know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from programme.people.models import User

from ..guards import refuse_withdrawn
from ..models import BenefitLine, GapPart
from ..models.line import REASON_LENGTH
from ..reading.line_profiles import profiles_now
from ..rules import gap
from ..rules.gap import Part


@transaction.atomic
def classify(line: BenefitLine, *, parts: Sequence[Part], by: User, reason: str) -> BenefitLine:
    """Says what the gap between first approved and forecast is made of; the parts sum to it in every year.

    Raises ``ValidationError`` with the year in which they do not, or ``Stale``.
    """
    refuse_withdrawn(line)
    now = profiles_now(line)
    if words := gap.problem(parts, first=now.first, approved=now.approved, forecast=now.forecast):
        raise ValidationError(words)
    line.record(by=by, reason=reason)
    _settle(line, parts, by=by, reason=reason)
    return line


def renew(line: BenefitLine, *, by: User, reason: str) -> None:
    """After a profile moved: what still explains the gap stays, else the parts are proposed anew.

    What is new is there because of the move, so the move's reason says why until somebody says it better.
    Called inside the transaction of the move.
    """
    now = profiles_now(line)
    parts = gap.renewed(now.parts, first=now.first, approved=now.approved, forecast=now.forecast)
    why = Truncator(reason).chars(REASON_LENGTH)
    explained = [one if one.reason or one in now.parts else replace(one, reason=why) for one in parts]
    _settle(line, explained, by=by, reason=reason)


def _settle(line: BenefitLine, parts: Sequence[Part], *, by: User, reason: str) -> None:
    """Rows of the same kind and years keep their history; those that nothing speaks of are withdrawn."""
    left = list(line.gap_parts.live())
    written = []
    for part in parts:
        same = (part.kind, part.from_year, part.to_year)
        row = next((one for one in left if (one.kind, one.from_year, one.to_year) == same), None)
        if row is None:
            row = GapPart(line=line, kind=part.kind, from_year=part.from_year, to_year=part.to_year)
        else:
            left.remove(row)
        if row.pk is None or (row.amount, row.reason) != (part.amount, part.reason):
            row.amount, row.reason = part.amount, part.reason
            written.append(row)
    for row in left:
        row.withdrawn = True
    GapPart.objects.bulk_record([*written, *left], by=by, reason=reason)
