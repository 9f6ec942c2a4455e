"""Risks: raise, change, review, say who may see them, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length

from programme.foundation import calendar
from programme.foundation.history import plain_reason
from programme.people.choices import Classification, ScopeKind
from programme.people.models import Scope, User
from programme.plan.models import Activity
from programme.portfolio.references import numbered

from ..choices import AcceptanceEnd
from ..models import Acceptance, Issue, Review, Risk, RiskAction, RiskContributor, RiskMilestone
from ..models.scored import KINDS, SCORE_FIELDS
from ..reading import holding
from ..reading.holding import Ruling
from ..rules import accepting, responding, reviewing
from ..rules.scoring import Score, Scores, half_scores

STEM = "R-"
HIGHEST_REFERENCES = 20
PLACES = {ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM, ScopeKind.PROJECT}
CLASS_FIELDS = ("classification", "exempt_paragraphs", "exempt_reason", "exempt_review")
CHANGEABLE = {
    "title",
    "cause",
    "event",
    "effect",
    "controls",
    "category",
    "owner",
    "scope",
    "proximity",
    "knowledge",
    "response",
    "source_document",
    "source_place",
    *CLASS_FIELDS,
}
RAISABLE = CHANGEABLE | {"raised_on", *SCORE_FIELDS}


class Planned(NamedTuple):
    """An action that is planned with a risk: what is done, by whom, until when."""

    what: str
    owner: User
    due: Any


@transaction.atomic
def raise_risk(
    *,
    scope: Scope,
    title: str,
    by: User,
    reason: str,
    ref: str = "",
    contributors: Collection[User] = (),
    milestones: Collection[Activity] = (),
    actions: Sequence[Planned] = (),
    **facts: Any,
) -> Risk:
    """Raises a risk at its place; without ``ref`` it takes the next free one, ``R-012``.

    ``facts`` are its fields, the six scores among them: without them it is not yet scored, and reviewed as
    such. With ``actions`` it may be raised as treated. Raises ``ValidationError`` at the field that is wrong.
    """
    new = _unwritten(scope, title, facts, actions=len(actions))

    def write(reference: str) -> Risk:
        new.ref = reference
        return new.record(by=by, reason=reason)

    if ref:
        write(ref)
    else:
        numbered(write, stem=STEM, taken=_highest, width=3)
    if any(new.scores):
        _write_review(new, Scores(), by=by, reason=reason)
    planned = [RiskAction(risk=new, what=one.what, owner=one.owner, due=one.due) for one in actions]
    RiskAction.objects.bulk_record(planned, by=by, reason=reason)
    _settle_people(new, contributors, by=by, reason=reason)
    _settle_milestones(new, milestones, by=by, reason=reason)
    return new


@transaction.atomic
def change(
    risk: Risk,
    *,
    by: User,
    reason: str,
    contributors: Collection[User] | None = None,
    milestones: Collection[Activity] | None = None,
    **facts: Any,
) -> Risk:
    """Changes what is known of a risk, not its scores (:func:`review`) nor its status.

    ``contributors`` and ``milestones`` replace those there were. *Treat* needs an action, *tolerate* above
    appetite an acceptance. Issues of a risk that becomes exempt become exempt. Raises ``ValidationError`` at
    the field that is wrong, or ``Stale``.
    """
    _refuse_unknown(facts, CHANGEABLE)
    holding.hold(risk)
    before, held = risk.response, risk.category_id
    for field, value in facts.items():
        setattr(risk, field, value)
    _refuse_place(risk)
    holding.hold_category(risk, held)
    if risk.response != before:
        covered = holding.is_covered(risk, holding.acceptance_of(risk), holding.ruling())
        _refuse_response(risk, actions=holding.number_of_actions(risk), accepted=covered)
    risk.record(by=by, reason=reason)
    if contributors is not None:
        _settle_people(risk, contributors, by=by, reason=reason)
    if milestones is not None:
        _settle_milestones(risk, milestones, by=by, reason=reason)
    _take_issues_along(risk, by=by, reason=reason)
    return risk


@transaction.atomic
def review(risk: Risk, *, scores: Scores, by: User, reason: str) -> Review:
    """Looks at a risk: ``scores`` confirm those it has or change them, and the reason says why.

    An acceptance that the score has outgrown, or that has run out, ends with it. The next review falls due
    by the band. Raises ``ValidationError``, or ``Stale`` where somebody reviewed or changed it meanwhile.
    """
    holding.hold_standing(risk)
    before = risk.scores
    for kind, score in zip(KINDS, scores, strict=True):
        _set_score(risk, kind, score)
    held = holding.ruling()
    acceptance = holding.acceptance_of(risk)
    if acceptance is not None:
        _end_where_over(acceptance, risk, held, by=by, reason=reason)
    risk.last_reviewed = held.today
    risk.review_due = holding.next_review(risk, acceptance, held)
    risk.record(by=by, reason=reason)
    return _write_review(risk, before, by=by, reason=reason)


@transaction.atomic
def classify(risk: Risk, *, by: User, reason: str, **facts: Any) -> Risk:
    """Says who may see a risk, also one that is over or was withdrawn: what it holds may be noticed late.

    Issues of a risk that becomes exempt become exempt. Raises ``ValidationError`` or ``Stale``.
    """
    _refuse_unknown(facts, set(CLASS_FIELDS))
    holding.hold_newest(risk)
    for field, value in facts.items():
        setattr(risk, field, value)
    risk.record(by=by, reason=reason)
    _take_issues_along(risk, by=by, reason=reason)
    return risk


@transaction.atomic
def withdraw(risk: Risk, *, by: User, reason: str) -> Risk:
    """Takes a risk off the register at whatever status, its actions and its acceptance with it; its issues
    stay. Raises ``ValidationError`` or ``Stale``."""
    holding.hold(risk)
    actions = list(RiskAction.objects.live().filter(risk=risk))
    for one in actions:
        one.withdrawn = True
    RiskAction.objects.bulk_record(actions, by=by, reason=reason)
    if acceptance := holding.acceptance_of(risk):
        acceptance.ended_on, acceptance.ended_because = calendar.today(), AcceptanceEnd.RISK_ENDED
        acceptance.record(by=by, reason=reason)
    risk.review_due = None
    return risk.withdraw(by=by, reason=reason)


def _unwritten(scope: Scope, title: str, facts: dict[str, Any], *, actions: int) -> Risk:
    """A new risk with these facts, checked but for its reference, and due for its first review."""
    _refuse_unknown(facts, RAISABLE)
    today = calendar.today()
    new = Risk(scope=scope, title=title, **{"raised_on": today} | facts)
    if new.raised_on > today:
        raise ValidationError({"raised_on": "A risk cannot be raised in the future."})
    _refuse_halves(new)
    _refuse_place(new)
    holding.hold_category(new)
    _refuse_response(new, actions=actions, accepted=False)
    if new.is_scored:
        new.last_reviewed = today
    new.review_due = holding.next_review(new, None, holding.ruling())
    return new


def _highest() -> list[str]:
    """The highest references there are: of the longest, the last."""
    refs = Risk.objects.order_by(Length("ref").desc(), "-ref")
    return list(refs.values_list("ref", flat=True)[:HIGHEST_REFERENCES])


def _write_review(risk: Risk, before: Scores, *, by: User, reason: str) -> Review:
    scores = {field: getattr(risk, field) for field in SCORE_FIELDS}
    return Review(
        risk=risk,
        reviewed_on=calendar.today(),
        reviewer=by,
        outcome=reviewing.outcome(before, risk.scores),
        words=plain_reason(reason),
        **scores,
    ).record(by=by, reason=reason)


def _end_where_over(acceptance: Acceptance, risk: Risk, held: Ruling, *, by: User, reason: str) -> None:
    if accepting.outgrown(acceptance.score, risk.current):
        because = AcceptanceEnd.OUTGROWN
    elif acceptance.expires < held.today:
        because = AcceptanceEnd.EXPIRED
    else:
        return
    acceptance.ended_on, acceptance.ended_because = held.today, because
    acceptance.record(by=by, reason=reason)


def _set_score(risk: Risk, kind: str, score: Score | None) -> None:
    setattr(risk, f"{kind}_likelihood", score.likelihood if score else None)
    setattr(risk, f"{kind}_impact", score.impact if score else None)


def _refuse_unknown(facts: dict[str, Any], known: set[str]) -> None:
    if unknown := set(facts) - known:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")


def _refuse_halves(risk: Risk) -> None:
    pairs = ((kind, getattr(risk, f"{kind}_likelihood"), getattr(risk, f"{kind}_impact")) for kind in KINDS)
    if found := half_scores(pairs):
        raise ValidationError(found)
    risk.clean_fields(exclude={"ref", "scope"})


def _refuse_place(risk: Risk) -> None:
    if risk.scope.kind not in PLACES:
        raise ValidationError({"scope": "A risk lies on the programme, a workstream or a project."})


def _refuse_response(risk: Risk, *, actions: int, accepted: bool) -> None:
    outside = risk.is_outside_appetite
    if words := responding.refusal(risk.response, actions=actions, outside=outside, accepted=accepted):
        raise ValidationError({"response": words})


def _settle_people(risk: Risk, people: Collection[User], *, by: User, reason: str) -> None:
    present = {row.person_id: row for row in risk.contributors.live()}
    wanted = {person.pk for person in people} - {risk.owner_id}
    fresh = [RiskContributor(risk=risk, person_id=key) for key in sorted(wanted - set(present))]
    gone = [row for key, row in present.items() if key not in wanted]
    for row in gone:
        row.withdrawn = True
    RiskContributor.objects.bulk_record([*fresh, *gone], by=by, reason=reason)


def _settle_milestones(risk: Risk, milestones: Collection[Activity], *, by: User, reason: str) -> None:
    present = {row.activity_id: row for row in risk.milestones.live()}
    wanted = {one.pk: one for one in milestones}
    fresh = [one for key, one in wanted.items() if key not in present]
    if any(not one.is_milestone or one.withdrawn for one in fresh):
        raise ValidationError({"milestones": "Only milestones that are in the plan can be linked."})
    gone = [row for key, row in present.items() if key not in wanted]
    for row in gone:
        row.withdrawn = True
    rows = [RiskMilestone(risk=risk, activity=one) for one in fresh]
    RiskMilestone.objects.bulk_record([*rows, *gone], by=by, reason=reason)


def _take_issues_along(risk: Risk, *, by: User, reason: str) -> None:
    """An issue would tell what its exempt risk is about; also one that was withdrawn, which can be read."""
    if risk.classification != Classification.EXEMPT:
        return
    taken = list(Issue.objects.filter(risk=risk).exclude(classification=Classification.EXEMPT))
    for issue in taken:
        for name in CLASS_FIELDS:
            setattr(issue, name, getattr(risk, name))
    Issue.objects.bulk_record(taken, by=by, reason=reason)
