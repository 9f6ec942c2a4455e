"""Projects and proposals: add, change, move through the stages, say what they serve."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.models import Scope, User

from ..lifecycle import missing_decision, refusal
from ..models import CorporatePriority, Decision, DesignPrinciple, Project, ProjectService, Workstream
from ..references import numbered

# What the project's own people keep; stage, approved dates, their decisions and the reference have their own
# moves.
CHANGEABLE = {
    "name",
    "purpose",
    "workstrand",
    "estimated_cost",
    "estimated_saving",
    "classification",
    "exempt_paragraphs",
    "exempt_reason",
    "exempt_review",
}


def add(*, workstream: Workstream, by: User, reason: str, ref: str = "", **facts: Any) -> Project:
    """Adds a project or a proposal, with the scope on which its people are appointed.

    ``facts`` are the project's fields; without ``ref`` it gets the workstream's next free reference.
    Raises ``ValidationError`` at the field that is wrong.
    """

    def write(reference: str) -> Project:
        return _add(Project(workstream=workstream, ref=reference, **facts), by=by, reason=reason)

    if ref:
        return write(ref)
    stem = _stem(workstream)

    def taken() -> list[str]:
        return list(Project.objects.filter(ref__startswith=stem).values_list("ref", flat=True))

    return numbered(write, stem=stem, taken=taken, width=2)


@transaction.atomic
def _add(project: Project, *, by: User, reason: str) -> Project:
    if project.stage:
        _check_move("", project.stage, project.stage_decision, field="stage_decision")
    project.clean_fields(exclude=["scope"])
    project.validate_unique(exclude={"scope"})
    project.scope = Scope(
        kind="project", key=project.ref.lower(), name=_scope_name(project), parent=project.workstream.scope
    ).record(by=by, reason=reason)
    return project.record(by=by, reason=reason)


@transaction.atomic
def change(project: Project, *, by: User, reason: str, **facts: Any) -> Project:
    """Changes what a project's own people keep. Raises ``ValidationError`` or ``Stale``."""
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    renamed = facts.get("name", project.name) != project.name
    for field, value in facts.items():
        setattr(project, field, value)
    project.record(by=by, reason=reason)
    if renamed:
        project.scope.name = _scope_name(project)
        project.scope.record(by=by, reason=reason)
    return project


def move(project: Project, *, to: str, decision: Decision | None, by: User, reason: str) -> Project:
    """Moves a project to another stage; the moves that need one name an approving decision.

    Raises ``ValidationError`` with the rule that stands against it.
    """
    _check_move(project.stage, to, decision, field="decision")
    project.stage = to
    project.stage_decision = decision
    return project.record(by=by, reason=reason)


@transaction.atomic
def change_workstream(project: Project, *, to: Workstream, by: User, reason: str) -> Project:
    """Moves a project with all it holds to another workstream.

    Reference, history and the project's own people stay. Its scope moves along, and with it who may change
    the project and read what is exempt of it: from now on whoever leads the new workstream. Raises
    ``ValidationError`` at the workstream, or ``Stale``.
    """
    if project.withdrawn:
        raise ValidationError("A project that is withdrawn stays where it was.")
    if to.pk == project.workstream_id:
        raise ValidationError({"workstream": f"It is in {to} already."})
    if not Workstream.objects.live().filter(pk=to.pk).exists():
        raise ValidationError({"workstream": f"{to} is withdrawn: nothing is moved there."})
    project.workstream = to
    project.record(by=by, reason=reason)
    project.scope.parent = to.scope
    project.scope.record(by=by, reason=reason)
    return project


def approve_dates(
    project: Project,
    *,
    approved_start: datetime.date | None,
    approved_finish: datetime.date,
    decision: Decision | None,
    by: User,
    reason: str,
) -> Project:
    """Sets the dates that the board approved for the project as a whole, on an approving decision.

    The critical path counts back from the approved finish, so moving it is a new baseline. Raises
    ``ValidationError`` at the field that is wrong.
    """
    if decision is None or not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError({"decision": "Name the decision of the register that approves these dates."})
    project.approved_start, project.approved_finish = approved_start, approved_finish
    project.dates_decision = decision
    return project.record(by=by, reason=reason)


@transaction.atomic
def say_what_it_serves(
    project: Project,
    *,
    principles: Collection[DesignPrinciple],
    priorities: Collection[CorporatePriority],
    by: User,
    reason: str,
) -> None:
    """Sets the design principles and corporate priorities a project serves; those left out are withdrawn."""
    wanted = {("principle", one.pk) for one in principles} | {("priority", one.pk) for one in priorities}
    present = {
        ("principle", row.principle_id) if row.principle_id else ("priority", row.priority_id): row
        for row in ProjectService.objects.live().filter(project=project)
    }
    for served, row in present.items():
        if served not in wanted:
            row.withdraw(by=by, reason=reason)
    for kind, key in sorted(wanted - set(present)):
        ProjectService(project=project, **{f"{kind}_id": key}).record(by=by, reason=reason)


def _check_move(stage: str, to: str, decision: Decision | None, *, field: str) -> None:
    """Refuses at the stage asked for or, where the decision is missing or does not approve, at ``field``."""
    if decision is not None and not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError({field: "Only a decision that approves can be the authority for a move."})
    if why_not := refusal(stage, to, has_decision=decision is not None):
        raise ValidationError({field if why_not == missing_decision(to) else "stage": why_not})


def _scope_name(project: Project) -> str:
    return f"{project.ref} {project.name}"[:200]


def _stem(workstream: Workstream) -> str:
    """What the references of a workstream's projects begin with: as the latest one that was added to it,
    wherever that is now, else its own name. Projects that were moved here keep the letters they came with."""
    added = Project.history.filter(workstream=workstream, history_type="+")
    latest = added.order_by("-id").values_list("ref", flat=True).first()
    letters = latest.split("-")[0] if latest else workstream.slug.replace("-", "")[:3].upper()
    return f"{letters}-"
