"""Benefits: add, change, classify, share out, name what enables them, move their status, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programme.foundation import calendar
from programme.people.choices import Classification
from programme.people.models import Scope, User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Workstream
from programme.portfolio.references import numbered

from ..choices import Status
from ..guards import refuse_withdrawn, set_class
from ..models import Benefit, BenefitAmount, BenefitLine, BenefitShare, EnablingMilestone
from ..reading.status_facts import facts_of
from ..rules import lifecycle, profiles
from ..rules.sharing import attribution_words

STEM = "B-"
CLASS_FIELDS = ("classification", "exempt_paragraphs", "exempt_reason", "exempt_review")
CHANGEABLE = {
    "name",
    "description",
    "scope",
    "owner",
    "measure",
    "method",
    "disbenefits",
    "starts",
    "ends",
    *CLASS_FIELDS,
}
AGREED_WORDS = "Finance has agreed this. It changes when finance agrees it anew."


def add(*, scope: Scope, by: User, reason: str, ref: str = "", **facts: Any) -> Benefit:
    """Adds a benefit at its home; without ``ref`` it takes the next free reference, ``B-014``.

    Raises ``ValidationError`` at the field that is wrong.
    """
    last = Benefit.objects.aggregate(last=Max("position"))["last"] or 0

    def write(reference: str) -> Benefit:
        new = Benefit(ref=reference, scope=scope, position=last + 1, **facts)
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(Benefit.objects.filter(ref__startswith=STEM).values_list("ref", flat=True))

    return write(ref) if ref else numbered(write, stem=STEM, taken=taken, width=3)


@transaction.atomic
def change(benefit: Benefit, *, by: User, reason: str, **facts: Any) -> Benefit:
    """Changes what those who keep the benefit know of it. Its lines follow it home and into exemption.

    What finance has agreed is not changed here; nor may its dates leave amounts outside. Raises
    ``ValidationError`` or ``Stale``.
    """
    refuse_withdrawn(benefit)
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    if benefit.status in lifecycle.AGREED:
        agreed = {name for name in ("measure", "method") if facts.get(name, "") != getattr(benefit, name)}
        if found := agreed & set(facts):
            raise ValidationError(dict.fromkeys(sorted(found), AGREED_WORDS))
    for field, value in facts.items():
        setattr(benefit, field, value)
    _refuse_amounts_outside(benefit)
    benefit.record(by=by, reason=reason)
    _take_lines_along(benefit, by=by, reason=reason)
    return benefit


@transaction.atomic
def classify(benefit: Benefit, *, by: User, reason: str, **facts: Any) -> Benefit:
    """Says who may see a benefit, also one that was withdrawn: what it holds may be noticed late.

    Lines of one that becomes exempt become exempt. Raises ``ValidationError`` or ``Stale``.
    """
    set_class(benefit, facts)
    benefit.record(by=by, reason=reason)
    _take_lines_along(benefit, by=by, reason=reason)
    return benefit


@transaction.atomic
def agree(benefit: Benefit, *, measure: Measure | None, method: str, by: User, reason: str) -> Benefit:
    """Finance's word on how the benefit is measured and from which baseline: it is validated by it.

    One that is validated or further on keeps its status: method and measure are agreed anew. What the measure
    says now is what was agreed, so that a baseline that moves later is noticed. Raises ``ValidationError``
    where ``by`` owns the benefit or something to agree is missing, and ``Stale``.
    """
    refuse_withdrawn(benefit)
    if benefit.owner_id == by.pk:
        raise ValidationError(lifecycle.OWN_BENEFIT)
    benefit.measure, benefit.method = measure, method
    if why_not := lifecycle.refusal(Status.IDENTIFIED, Status.VALIDATED, facts_of(benefit)):
        raise ValidationError(why_not)
    if benefit.status == Status.IDENTIFIED:
        benefit.status = Status.VALIDATED
    benefit.agreed_on, benefit.agreed_version = calendar.today(), measure.version if measure else None
    return benefit.record(by=by, reason=reason)


@transaction.atomic
def move(benefit: Benefit, *, to: str, decision: Decision | None = None, by: User, reason: str) -> Benefit:
    """Moves a benefit to another status; the approval names an approving decision.

    Validating is :func:`agree`. Raises ``ValidationError`` with the rule that stands against it, ``Stale``.
    """
    refuse_withdrawn(benefit)
    if to == Status.VALIDATED:
        raise ValidationError("Finance validates a benefit by agreeing its method and baseline.")
    if decision is not None and not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError({"decision": "Only a decision that approves can be the authority for this."})
    if why_not := lifecycle.refusal(benefit.status, to, facts_of(benefit, decision)):
        raise ValidationError({"decision" if why_not == lifecycle.NEEDS_DECISION else "status": why_not})
    benefit.status = to
    if to == Status.APPROVED:
        benefit.decision = decision
    if to == Status.IDENTIFIED:
        benefit.agreed_on = benefit.agreed_version = None
    return benefit.record(by=by, reason=reason)


@transaction.atomic
def withdraw(benefit: Benefit, *, by: User, reason: str) -> Benefit:
    """Takes a benefit out of use at whatever status, and its lines with it. What finance verified stays
    delivered. Raises ``ValidationError`` while claims wait, or ``Stale``."""
    refuse_withdrawn(benefit)
    if why_not := lifecycle.withdrawal_refusal(facts_of(benefit)):
        raise ValidationError(why_not)
    benefit.withdraw(by=by, reason=reason)
    lines = list(benefit.lines.live())
    for one in lines:
        one.withdrawn = True
    BenefitLine.objects.bulk_record(lines, by=by, reason=reason)
    return benefit


@transaction.atomic
def share(benefit: Benefit, *, shares: Mapping[Workstream, Decimal], by: User, reason: str) -> Benefit:
    """Says which part of the benefit counts for which workstream, in per cent; none at all is allowed too.

    Raises ``ValidationError`` where the parts do not come to 100 %, or ``Stale``.
    """
    refuse_withdrawn(benefit)
    total = sum(shares.values(), Decimal(0))
    if shares and total != 100:
        raise ValidationError(attribution_words(total))
    benefit.record(by=by, reason=reason)  # whoever shares at the same time is told so
    present = {row.workstream_id: row for row in benefit.shares.live()}
    changed = []
    for workstream, percent in shares.items():
        row = present.pop(workstream.pk, None) or BenefitShare(benefit=benefit, workstream=workstream)
        if row.pk is None or row.percent != percent:
            row.percent = percent
            changed.append(row)
    for row in present.values():
        row.withdrawn = True
    BenefitShare.objects.bulk_record([*changed, *present.values()], by=by, reason=reason)
    return benefit


def enable(benefit: Benefit, *, activity: Activity, by: User, reason: str) -> EnablingMilestone:
    """Names a milestone without which the benefit does not come. Raises ``ValidationError``."""
    refuse_withdrawn(benefit)
    return EnablingMilestone(benefit=benefit, activity=activity).record(by=by, reason=reason)


def no_longer_enables(row: EnablingMilestone, *, by: User, reason: str) -> EnablingMilestone:
    """Takes an enabling milestone off the benefit; it stays in history."""
    return row.withdraw(by=by, reason=reason)


def _refuse_amounts_outside(benefit: Benefit) -> None:
    amounts = BenefitAmount.objects.live().filter(line__benefit=benefit, line__withdrawn=False)
    years = set(amounts.order_by().values_list("year", flat=True).distinct())
    for year, words in profiles.outside(years, starts=benefit.starts, ends=benefit.ends).items():
        field = "starts" if benefit.starts and year.last < benefit.starts else "ends"
        raise ValidationError({field: f"{words} A line has an amount in that year: take it out first."})


def _take_lines_along(benefit: Benefit, *, by: User, reason: str) -> None:
    """Lines lie at the benefit's home, and those of an exempt benefit are exempt; also what was withdrawn,
    which can still be read and keeps what finance verified of it."""
    moved = []
    for line in benefit.lines.all():
        before = (line.scope_id, line.classification)
        line.scope = benefit.scope
        if benefit.classification == Classification.EXEMPT != line.classification:
            for name in CLASS_FIELDS:
                setattr(line, name, getattr(benefit, name))
        if (line.scope_id, line.classification) != before:
            moved.append(line)
    BenefitLine.objects.bulk_record(moved, by=by, reason=reason)
