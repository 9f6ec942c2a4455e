"""A made-up programme of a given size on top of the business case: the same for the same size, every time.

Written with history, as governed records are, but in bulk and without the actions' checks of each row;
the first rows of every kind are cleaned in full, so that nothing stands here that the portal would refuse.
"""

import copy
import datetime
import itertools
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cms.models import NewsIndexPage, NewsPage
from cms.tree import establish
from programme.foundation.calendar import LONDON
from programme.foundation.models import Clock
from programme.people.models import Appointment, Profile, Scope, User
from programme.plan.models import Activity, Dependency
from programme.portfolio import models as portfolio
from programme.portfolio.choices import Stage

from . import benefit_world, finance_world, risk_world
from .benefit_world import Savings
from .finance_world import Finance
from .risk_world import Risks
from .sizes import Size

TODAY = datetime.date(2022, 11, 30)
APPROVED_ON = datetime.datetime(2022, 7, 6, 12, tzinfo=LONDON)
MOVED_ON = datetime.datetime(2022, 10, 12, 12, tzinfo=LONDON)
PER_PROJECT = 20
SPAN_DAYS = 390  # so that what slips at the end of a project is critical
CLEANED = 3

VERBS = "Map Redesign Procure Test Move Train Review Retire Open Measure".split()
NOUNS = "contact centre,licensing,planning portal,parking,leisure,website,housing register".split(",")
EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "A contract is being negotiated.",
    "exempt_review": datetime.date(2023, 6, 30),
}
CLASSES = [{"classification": "open"}] * 9 + [{"classification": "internal"}] * 9 + [EXEMPT] * 2
STAGES = [Stage.PROPOSAL, Stage.DISCOVERY, Stage.BUSINESS_CASE, Stage.DELIVERY, Stage.DELIVERY, Stage.CLOSED]
KINDS = ["FS"] * 16 + ["SS", "SS", "FF", "SF"]


class World:
    """Fills an installed portal that holds the business case and its demonstration's people."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.chance = random.Random(2022)  # noqa: S311 (the same world every time)
        self.installer = User.objects.installer()
        self.manager = User.objects.get(username="programme-manager")

    @transaction.atomic
    def fill(self) -> None:
        Clock(pk=1, fixed_on=TODAY).save()
        self.decisions = self.written(list(self._decisions()))
        self.made = self._made_projects()
        self.projects = [*portfolio.Project.objects.select_related("scope").order_by("pk")]
        self._services_and_needs()
        self._people()
        self._news()
        entries = self._entries()
        self.written(list(self._dependencies(entries)))
        savings = Savings(self.size.benefits, self.written, self.decisions, self.installer)
        savings.fill(self.projects)
        Finance(self.size.benefits, self.written).fill(self.projects)
        Risks(self.size.risks, self.written, self.installer).fill(self.projects)

    def written(self, rows: list[Any], before: dict[str, str] | None = None) -> list[Any]:
        """Writes ``rows`` of one kind with history.

        ``before`` names fields that a first version held otherwise: {"forecast_finish": "approved_finish"}.
        """
        for one in rows[:CLEANED]:
            one.full_clean()
        model = type(rows[0])
        firsts = []
        for one in rows:
            one._history_user, one._change_reason = self.installer, "Measured"
            one._history_date = MOVED_ON if before else APPROVED_ON
            one.version = 2 if before else 1
        QuerySet(model).bulk_create(rows, batch_size=500)
        if before:
            firsts = [_first_version(one, before) for one in rows]
            model.history.bulk_history_create(firsts, batch_size=500)
        model.history.bulk_history_create(rows, batch_size=500, update=bool(before))
        return rows

    # Portfolio

    def _decisions(self) -> Iterator[portfolio.Decision]:
        bodies = list(portfolio.Body.objects.select_related("scope__parent"))
        for number in range(self.size.decisions):
            yield portfolio.Decision(
                reference=f"TB-2022-{1001 + number}",
                date=datetime.date(2022, 7, 6) + datetime.timedelta(days=number % 140),
                body=bodies[number % len(bodies)],
                question=f"Shall the council {self._name().lower()}?",
                outcome="approved",
                reasons="It serves the corporate plan and pays for itself in three years.",
                **CLASSES[number % len(CLASSES)],
            )

    def _made_projects(self) -> list[portfolio.Project]:
        """Made-up projects beside those of the business case, a tenth of them exempt."""
        stated = portfolio.Project.objects.count()
        streams = list(portfolio.Workstream.objects.select_related("scope"))
        strands = {strand.workstream_id: strand for strand in portfolio.Workstrand.objects.all()}
        made = []
        for number in range(self.size.projects - stated):
            stream = streams[number % 3]
            ref, name = f"{stream.slug[:3].upper()}-{1001 + number}", self._name()
            scope = Scope(kind="project", key=ref.lower(), name=f"{ref} {name}", parent=stream.scope)
            stage = STAGES[number // 3 % len(STAGES)]
            made.append(
                portfolio.Project(
                    ref=ref,
                    name=name,
                    workstream=stream,
                    workstrand=strands.get(stream.pk),
                    purpose=f"{name}, so that residents wait less and officers key nothing in twice. " * 3,
                    stage=stage,
                    stage_decision=None if stage == Stage.PROPOSAL else self._decision(number),
                    estimated_cost=Decimal(self.chance.randrange(5, 400) * 1000),
                    estimated_saving=Decimal(self.chance.randrange(5, 200) * 1000),
                    scope=scope,
                    **_span(number),
                    **CLASSES[number % len(CLASSES)],
                )
            )
        self.written([project.scope for project in made])
        for project in made:
            project.scope_id = project.scope.pk
        return self.written(made, before={"purpose": "name"})

    def _services_and_needs(self) -> None:
        principles = list(portfolio.DesignPrinciple.objects.all())
        priorities = list(portfolio.CorporatePriority.objects.all())
        services = []
        for number, project in enumerate(self.made):
            services.append(
                portfolio.ProjectService(project=project, principle=principles[number % len(principles)])
            )
            services.append(
                portfolio.ProjectService(project=project, priority=priorities[number % len(priorities)])
            )
        self.written(services)
        pairs = zip(self.made[3:], self.made, strict=False)  # three along is the same workstream
        self.written([portfolio.ProjectDependency(project=one, needs=other) for one, other in pairs])

    # People

    def _people(self) -> None:
        """A project manager for every project, each appointed to it."""
        people = [User(username=f"pm-{project.ref.lower()}", password="!") for project in self.projects]
        User.objects.bulk_create(people, batch_size=500)
        pairs = list(zip(people, self.projects, strict=True))
        self.written([Profile(user=one, post=f"Project Manager, {project.ref}") for one, project in pairs])
        self.written(
            [
                Appointment(
                    person=one,
                    role="project_manager",
                    scope=project.scope,
                    starts=APPROVED_ON.date(),
                    appointed_by=self.manager,
                )
                for one, project in pairs
            ]
        )

    def _news(self) -> None:
        establish()
        index = NewsIndexPage.objects.get()
        for number in range(self.size.news):
            page = NewsPage(
                title=f"News {number + 1}: {self._name().lower()}",
                slug=f"measured-{number + 1}",
                date=TODAY - datetime.timedelta(days=number % 140),
                introduction="What changes, for whom, and from when.",
                workstream=self.made[number % 3].workstream,
                body=[("text", "<p>Residents will notice little, and officers a great deal.</p>" * 12)],
            )
            index.add_child(instance=page)

    # Plan

    def _entries(self) -> list[Activity]:
        """Activities and milestones, in the order of their approved finish within each project."""
        stated = list(Activity.objects.all())
        wanted = self.size.entries - len(stated)
        made = []
        for number in range(wanted):
            project = self.projects[(number // PER_PROJECT) % len(self.projects)]
            made.append(self._entry(project, number % PER_PROJECT, number))
        return self.written(made, before={"forecast_finish": "approved_finish"})

    def _entry(self, project: portfolio.Project, place: int, number: int) -> Activity:
        milestone = place % 4 == 3
        begins = APPROVED_ON.date() + datetime.timedelta(days=7 * (number // PER_PROJECT % 50) + 21 * place)
        ends = begins + datetime.timedelta(days=self.chance.randrange(7, 20))
        slip = datetime.timedelta(days=self.chance.choice([0, 0, 0, 5, 14, 30]))
        done = ends + slip < TODAY
        begun = not milestone and begins < TODAY
        return Activity(
            ref=f"{project.ref}-{'M' if milestone else 'A'}{place + 50}",
            project=project,
            kind="milestone" if milestone else "activity",
            name=f"{self._name()} {place + 1}",
            original_start=None if milestone else begins,
            original_finish=ends,
            approved_start=None if milestone else begins,
            approved_finish=ends,
            forecast_start=None if milestone else begins,
            forecast_finish=ends + slip,
            actual_start=begins if begun else None,
            actual_finish=ends + slip if done else None,
            baseline_decision=self._decision(number),
        )

    def _dependencies(self, entries: list[Activity]) -> Iterator[Dependency]:
        """Each entry waits for the one before it in its project; further ones lead across projects."""
        seen: set[tuple[int, int]] = set()
        for before, after in itertools.pairwise(entries):
            if before.project_id == after.project_id:
                seen.add((before.pk, after.pk))
                yield Dependency(predecessor=before, successor=after)
        order = sorted(entries, key=lambda one: (one.approved_finish, one.pk))
        for_each = [one.approved_finish for one in order]
        while len(seen) < self.size.dependencies:
            place = self.chance.randrange(1, len(order))
            before = order[self.chance.randrange(max(0, place - 200), place)]
            after = order[place]
            if before.project_id == after.project_id or (before.pk, after.pk) in seen:
                continue
            if for_each[place] == before.approved_finish:
                continue
            seen.add((before.pk, after.pk))
            kind, lag = self.chance.choice(KINDS), self.chance.choice([0, 0, 0, 2, 5, -2])
            yield Dependency(predecessor=before, successor=after, kind=kind, lag=lag)

    def _decision(self, number: int) -> portfolio.Decision:
        return self.decisions[number % len(self.decisions)]

    def _name(self) -> str:
        return f"{self.chance.choice(VERBS)} the {self.chance.choice(NOUNS)}"


def _span(number: int) -> dict[str, datetime.date]:
    start = datetime.date(2022, 7, 6) + datetime.timedelta(days=7 * (number % 50))
    return {"approved_start": start, "approved_finish": start + datetime.timedelta(days=SPAN_DAYS)}


def _first_version(record: Any, before: dict[str, str]) -> Any:
    first = copy.copy(record)
    first.version, first._history_date = 1, APPROVED_ON
    for name, source in before.items():
        setattr(first, name, getattr(record, source))
    return first


def places() -> dict[str, str]:
    """Records that stand for all others of their kind, of each part of the world."""
    return _places() | benefit_world.places() | finance_world.places() | risk_world.places()


def _places() -> dict[str, str]:
    """Of Be Digital, not exempt, with a full plan."""
    projects = portfolio.Project.objects.filter(ref__startswith="DIG-1", stage=Stage.DELIVERY)
    project = projects.exclude(classification="exempt").order_by("ref")[0]
    milestone = project.activities.filter(kind="milestone").order_by("ref")[1]
    decision = portfolio.Decision.objects.filter(
        classification="open", baselines__isnull=False, stage_moves__isnull=False
    )[0]
    person = User.objects.get(username=f"pm-{project.ref.lower()}")
    return {
        "project": project.ref,
        "milestone": milestone.ref,
        "decision": decision.reference,
        "person": person.number,
        "news": "measured-1",
    }
