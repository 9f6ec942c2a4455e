"""Everything a pack says, read at one moment as one reader may see it. No query is made after it is read.

The board's variant is read by the person who issues it, the open one through the eyes of somebody who holds
the staff role and no other, so that what guards the pages guards the pack.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from benefits.models import BenefitsSettings, Reconciliation
from benefits.reading.reconciliations import Reconciled, reconciled, reconciliations
from benefits.reading.reserve import Reserve, reserve
from benefits.reading.statement import SavingsStatement, savings_statement
from portal.models import Pack, SiteSettings
from portal.models.pack import Variant
from portal.money import BusinessCase, business_case
from portal.overview import Overview, overview_of
from portal.pages import stood
from programme.foundation import calendar
from programme.people.choices import Classification, Role
from programme.people.models import Appointment, Scope, User
from programme.people.standing import Standing
from programme.plan.models import Activity, Dependency
from programme.plan.timetable import Linked, Planned, Timetable, reckon
from programme.portfolio.choices import StatementKind
from programme.portfolio.models import (
    Body,
    CorporatePriority,
    Decision,
    ExecutiveReport,
    Programme,
    Project,
    Seat,
    Statement,
    Workstream,
    WorkstreamPriority,
)
from risks.models import Issue, Risk

from . import register
from .register import Register

PLANNED = ("project_id", *Planned._fields[2:])
LINKED = ("pk", "predecessor_id", "successor_id", "kind", "lag")


class NothingToIssue(Exception):
    """There is nothing to make a pack of; the message is a sentence for the user."""


@dataclass(frozen=True)
class Snapshot:
    """The records of a pack as they stood on ``day``. Relations are followed by number, never by query.

    ``paragraphs`` are those of Schedule 12A under which projects or decisions are left out of an open pack,
    ``risk_paragraphs`` those of risks and issues.
    ``new_decisions`` are the numbers of those entered since ``last_pack``, the last of the same variant.
    """

    variant: str
    day: datetime.date
    illustrative: bool
    council: str
    programme: Programme
    objectives: tuple[str, ...]
    workstreams: tuple[Workstream, ...]
    priorities: tuple[WorkstreamPriority, ...]
    priority_names: dict[int, str]
    projects: tuple[Project, ...]
    activities: tuple[Activity, ...]
    links: tuple[Linked, ...]
    case: BusinessCase
    savings: SavingsStatement
    reconciliations: tuple[Reconciled, ...]
    reserve: Reserve
    settings: BenefitsSettings
    bodies: tuple[Body, ...]
    seats: tuple[Seat, ...]
    appointments: tuple[Appointment, ...]
    decisions: tuple[Decision, ...]
    new_decisions: frozenset[int]
    last_pack: Pack | None
    reports: tuple[ExecutiveReport, ...]
    paragraphs: tuple[int, ...]
    register: Register | None
    risk_paragraphs: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        return self.variant == Variant.OPEN

    @cached_property
    def project_of(self) -> dict[int, Project]:
        return {one.pk: one for one in self.projects}

    @cached_property
    def milestones(self) -> tuple[Activity, ...]:
        return tuple(one for one in self.activities if one.is_milestone)

    @cached_property
    def overview(self) -> Overview:
        return overview_of(self.day, self.workstreams, self.projects, self.milestones)

    @cached_property
    def timetable(self) -> Timetable:
        """Critical path and contradictions of the whole plan; empty for who sees milestones alone."""
        if self.is_open:
            return Timetable()
        deadlines = {one.pk: one.approved_finish for one in self.projects if one.approved_finish}
        planned = [Planned(one.pk, *(getattr(one, name) for name in PLANNED)) for one in self.activities]
        return reckon(
            planned, list(self.links), deadlines=deadlines, today=self.day, calendar=calendar.england()
        )

    def short_name(self, workstream: int) -> str:
        return next((one.short for one in self.workstreams if one.pk == workstream), "")


def take(issuer: User, variant: str, day: datetime.date) -> Snapshot:
    """Read everything at one moment. Raises :class:`NothingToIssue`."""
    with one_moment(), calendar.clock_held():
        if day > calendar.today():
            raise NothingToIssue("The date lies in the future; a pack shows records as they are or were.")
        return _read(issuer, variant, day)


@contextmanager
def one_moment() -> Iterator[None]:
    """Every read inside sees the database as the first one did. Writers are not held up, nor is anything
    written. Inside another transaction, that one's view holds."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()  # connecting sets the mode anew
    mode = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            setattr(connection, "transaction_mode", "DEFERRED")  # noqa: B010  the usual one takes the right to write at once
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            setattr(connection, "transaction_mode", mode)  # noqa: B010  SQLite's alone has it


def somebody_of_staff(place: Scope) -> User:
    """A reader, in no database, with the staff role and no other: what they may see is what is open."""
    reader = User(username="staff")
    reader.standing = Standing({place.pk: frozenset({Role.STAFF})}, (Role.STAFF.label,))
    return reader


def _read(issuer: User, variant: str, day: datetime.date) -> Snapshot:
    programme = Programme.objects.visible_to(issuer).live().select_related("scope").first()
    if programme is None:
        raise NothingToIssue("There is no programme yet. The programme office loads the business case first.")
    reader = issuer if variant == Variant.BOARD else somebody_of_staff(programme.scope)
    return _Reading(reader, variant, day, programme).all()


class _Reading:
    """One reading, as ``reader``; records as they stand on ``day``, read from history where it is past."""

    def __init__(self, reader: User, variant: str, day: datetime.date, programme: Programme):
        self.reader, self.variant, self.day = reader, variant, day
        self.past = day if day < calendar.today() else None
        self.programme = programme

    def on(self, rows: Any, *order: str) -> tuple[Any, ...]:
        return tuple(stood.on(rows.visible_to(self.reader), self.past, self.reader, order=order))

    def all(self) -> Snapshot:
        programme = self.on(Programme.objects.filter(pk=self.programme.pk))
        if not programme:
            raise NothingToIssue(f"The programme was not there yet on {calendar.in_words(self.day)}.")
        last = Pack.objects.defer("sealed").filter(variant=self.variant, as_at__lte=self.day).first()
        return Snapshot(
            variant=self.variant,
            day=self.day,
            illustrative=calendar.fixed_on() is not None,
            council=SiteSettings.objects.current().council_name,
            programme=programme[0],
            case=business_case(self.reader, self.past),
            savings=savings_statement(self.reader, self.past),
            reconciliations=self._reconciliations(),
            reserve=reserve(self.reader, self.past),
            settings=next(iter(self.on(BenefitsSettings.objects)), BenefitsSettings()),
            last_pack=last,
            reports=self.on(ExecutiveReport.objects, "date"),
            register=register.read(self.reader, self.variant, self.day, self.past),
            risk_paragraphs=self._paragraphs(Risk, Issue),
            **self._streams(),
            **self._plan(),
            **self._people(),
            **self._decisions(last),
        )

    def _reconciliations(self) -> tuple[Reconciled, ...]:
        if self.past is None:
            return reconciliations(self.reader)
        return reconciled(self.on(Reconciliation.objects, "position"), self.reader, self.past)

    def _streams(self) -> dict[str, Any]:
        objectives = Statement.objects.filter(programme=self.programme, kind=StatementKind.OBJECTIVE)
        names = self.on(CorporatePriority.objects, "position")
        return {
            "objectives": tuple(one.text for one in self.on(objectives, "position")),
            "workstreams": self.on(Workstream.objects, "position"),
            "priorities": self.on(WorkstreamPriority.objects, "priority_id"),
            "priority_names": {one.pk: one.name for one in names},
        }

    def _plan(self) -> dict[str, Any]:
        projects = self.on(Project.objects, "ref")
        seen = {one.pk for one in projects}
        whole = self.reader.has_perm("plan.view_plan")
        rows = Activity.objects.all() if whole else Activity.objects.milestones()
        activities = [one for one in self.on(rows, "forecast_finish", "ref") if one.project_id in seen]
        known = {one.pk for one in activities}
        return {
            "projects": projects,
            "activities": tuple(sorted(activities, key=lambda one: (one.latest_finish, one.ref))),
            "links": tuple(
                one
                for one in (self._links() if whole else ())
                if one.predecessor in known and one.successor in known
            ),
        }

    def _links(self) -> Iterator[Linked]:
        """As the rows that are reckoned with: nothing is as numerous, and nothing else of them is shown."""
        order, columns = ("successor_id", "predecessor_id"), attrgetter(*LINKED)
        if self.past is not None:
            return (Linked(*columns(one)) for one in self.on(Dependency.objects, *order))
        rows = Dependency.objects.visible_to(self.reader).live()
        return (Linked(*row) for row in rows.values_list(*LINKED))

    def _people(self) -> dict[str, Any]:
        bodies = self.on(Body.objects, "kind", "name")
        appointments: Any = ()
        if self.reader.has_perm("people.view_people"):
            held = Appointment.objects.visible_to(self.reader).in_force(self.day).exclude(role=Role.STAFF)
            appointments = held.select_related("person__profile", "scope").order_by("scope", "pk")
        return {
            "bodies": bodies,
            "seats": self.on(Seat.objects, "body_id", "position"),
            "appointments": tuple(appointments),
        }

    def _decisions(self, last: Pack | None) -> dict[str, Any]:
        rows = [one for one in self.on(Decision.objects, "date", "reference") if one.date <= self.day]
        entered = Decision.history.filter(history_type="+")
        new = entered.filter(recorded__gt=last.issued) if last else entered.none()
        return {
            "decisions": tuple(sorted(rows, key=lambda one: (one.date, one.reference), reverse=True)),
            "new_decisions": frozenset(new.values_list("id", flat=True)),
            "paragraphs": self._paragraphs(Project, Decision),
        }

    def _paragraphs(self, *models: Any) -> tuple[int, ...]:
        """Those under which records of these kinds are left out of an open pack."""
        if self.variant != Variant.OPEN:
            return ()
        return tuple(sorted(set().union(*(self._hidden(model) for model in models))))

    def _hidden(self, model: Any) -> set[int]:
        """The paragraphs that exempt records of this kind name, now or on the day, whichever is stricter."""
        rows = model.objects.live().filter(classification=Classification.EXEMPT)
        found = set().union(*rows.values_list("exempt_paragraphs", flat=True))
        if self.past is None:
            return found
        then = [one for one in model.objects.as_at(self.past) if not one.withdrawn]
        exempt = [one.exempt_paragraphs for one in then if one.classification == Classification.EXEMPT]
        return found.union(*exempt)
