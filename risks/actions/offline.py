"""A register that was edited away from the portal: applied as it was previewed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation.history import Stale, plain_reason
from programme.people.models import User

from ..choices import AcceptanceEnd
from ..models import Acceptance, ColumnMapping, RegisterUpload, Review, Risk
from ..models.scored import SCORE_FIELDS
from ..offline.rows import Added, Changed
from ..offline.scales import Words
from ..reading import holding, offline, uploads
from ..reading.holding import Ruling
from ..rules import accepting, reviewing
from ..rules.scoring import Scores
from .risks import STEM

PORTION = 500
OVERTAKEN = (
    "Nothing was saved: the register or your rights changed since this preview was made. "
    "Look at what the workbook changes now, then apply it again."
)


def apply(
    upload: RegisterUpload,
    *,
    shown: str,
    by: User,
    reason: str,
    say: uploads.Say = lambda done: None,
    finish: Callable[[int], None] = lambda count: None,
) -> int:
    """Writes what the file changes, if it is what was ``shown`` (a digest); how many risks that were.

    All or nothing, with one reason; changed scores are reviews with that reason. ``finish`` is called in the
    same transaction. Raises ``ValidationError`` where an error or a change came in between,
    ``MissingReason``, ``Unreadable``, or ``Stale`` where somebody changes a row at this very moment.
    """
    plain_reason(reason)
    found = uploads.compare(upload, by, say)
    if found.problem_count or found.digest != shown:
        raise ValidationError(OVERTAKEN)
    count = len(found.changed) + len(found.added)
    if not count:
        raise ValidationError("This workbook changes nothing.")
    with transaction.atomic():
        held = holding.ruling()
        for part in offline.portions(found.changed, PORTION):
            _change(part, held, by=by, reason=reason)
        _raise(found.added, held, by=by, reason=reason)
        # Its last action may have gone since the file was compared: now the risks are held.
        if offline.refused_responses(found.responses()):
            raise ValidationError(OVERTAKEN)
        finish(count)
    return count


@transaction.atomic
def keep_mapping(
    name: str, *, columns: Mapping[str, str], words: Words, by: User, reason: str
) -> ColumnMapping:
    """Keeps how a foreign register's columns are read; one of the same name is changed.

    Raises ``ValidationError`` or ``Stale``.
    """
    found = ColumnMapping.objects.live().filter(name__iexact=name).first() or ColumnMapping(name=name)
    found.columns, found.words = dict(columns), dict(words)
    return found.record(by=by, reason=reason)


@transaction.atomic
def withdraw_mapping(mapping: ColumnMapping, *, by: User, reason: str) -> ColumnMapping:
    """Offers kept choices no more; their name is free again. Raises ``MissingReason`` or ``Stale``."""
    return mapping.withdraw(by=by, reason=reason)


def _change(changes: Sequence[Changed], held: Ruling, *, by: User, reason: str) -> None:
    risks = Risk.objects.select_for_update().order_by().in_bulk([one.stored.pk for one in changes])
    accepted = {one.risk_id: one for one in offline.acceptances(list(risks))}
    ended, reviews = [], []
    for one in changes:
        risk = risks[one.stored.pk]
        if risk.version != one.stored.version or risk.withdrawn:
            raise Stale(risk)
        before = risk.scores
        for name, (_, new) in one.fields.items():
            setattr(risk, offline.FIELDS[name], new)
        if set(one.fields) & set(SCORE_FIELDS):
            acceptance = accepted.get(risk.pk)
            if acceptance is not None and _ends(acceptance, risk, held):
                ended.append(acceptance)
            _look_at(risk, acceptance, held)
            reviews.append(_review(risk, before, held, by=by, reason=reason))
    Acceptance.objects.bulk_record(ended, by=by, reason=reason, clean=False)
    # Every cell was asked when it was read, and the database holds the rest: asking rows again takes minutes.
    Risk.objects.bulk_record(list(risks.values()), by=by, reason=reason, clean=False)
    Review.objects.bulk_record(reviews, by=by, reason=reason, clean=False)


def _raise(added: Sequence[Added], held: Ruling, *, by: User, reason: str) -> None:
    references = offline.next_references(len(added), stem=STEM)
    for start in range(0, len(added), PORTION):
        part = zip(added[start : start + PORTION], references[start : start + PORTION], strict=True)
        risks = [_new(one, ref, held) for one, ref in part]
        Risk.objects.bulk_record(risks, by=by, reason=reason, clean=False)
        scored = [risk for risk in risks if any(risk.scores)]
        reviews = [_review(risk, Scores(), held, by=by, reason=reason) for risk in scored]
        Review.objects.bulk_record(reviews, by=by, reason=reason, clean=False)


def _new(one: Added, ref: str, held: Ruling) -> Risk:
    facts: dict[str, Any] = {offline.FIELDS.get(name, name): value for name, value in one.values.items()}
    risk = Risk(ref=ref, raised_on=held.today, **facts)
    if risk.is_scored:
        risk.last_reviewed = held.today
    risk.review_due = holding.next_review(risk, None, held)
    return risk


def _look_at(risk: Risk, acceptance: Acceptance | None, held: Ruling) -> None:
    risk.last_reviewed = held.today
    risk.review_due = holding.next_review(risk, acceptance, held)


def _ends(acceptance: Acceptance, risk: Risk, held: Ruling) -> bool:
    """Whether the acceptance ends with the new score; then it says when and why."""
    if accepting.outgrown(acceptance.score, risk.current):
        because = AcceptanceEnd.OUTGROWN
    elif acceptance.expires < held.today:
        because = AcceptanceEnd.EXPIRED
    else:
        return False
    acceptance.ended_on, acceptance.ended_because = held.today, because
    return True


def _review(risk: Risk, before: Scores, held: Ruling, *, by: User, reason: str) -> Review:
    return Review(
        risk=risk,
        reviewed_on=held.today,
        reviewer=by,
        outcome=reviewing.outcome(before, risk.scores),
        words=plain_reason(reason),
        **{field: getattr(risk, field) for field in SCORE_FIELDS},
    )
