"""The benefits map of what one person may see. What is kept from them leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programme.people.kept import Kept, sight
from programme.people.models import Scope, User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import CorporatePriority, Project, Workstream, WorkstreamPriority

from ..models import Benefit, BenefitShare, EnablingMilestone
from ..rules.mapping import Enabler, Finding, Home, Line, Mapped, Node, findings, lines_of_sight


@dataclass(frozen=True)
class BenefitsMap:
    """Lines of sight and findings; ``count`` is the number of benefits."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    count: int


_kept = Kept[BenefitsMap](
    *(Activity, Benefit, BenefitShare, CorporatePriority, EnablingMilestone, Measure, Project, Scope),
    *(Workstream, WorkstreamPriority),
)


def benefits_map(user: User, benefits: Any, workstream: Workstream | None = None) -> BenefitsMap:
    """The map of ``benefits`` (a queryset of those visible and live). One query, nine after a change.

    With a ``workstream``, findings are about its own projects and measures alone.
    """
    question = (sight(benefits), workstream.pk if workstream else None)
    return _kept.answer(user, question, lambda: _drawn_up(user, benefits, workstream))


def _drawn_up(user: User, benefits: Any, workstream: Workstream | None) -> BenefitsMap:
    places = _Places(user)
    measures = {one.pk: one for one in Measure.objects.visible_to(user).live()}
    mapped = _mapped(user, benefits, places, measures)
    projects = [one for one in places.projects.values() if one.is_under_way]
    found = findings(
        mapped,
        priorities=[] if workstream else places.priorities.values(),
        served=places.served.values(),
        workstreams=[places.workstream_nodes[one.pk] for one in _within(places.workstreams, workstream)],
        projects=[places.project_node(one) for one in projects if _of(one, workstream)],
        measures=[_measure(one) for one in measures.values() if _of(one, workstream)],
    )
    return BenefitsMap(tuple(lines_of_sight(mapped)), tuple(found), len(mapped))


class _Places:
    """Priorities, workstreams and projects as nodes, found by the scopes that benefits name."""

    def __init__(self, user: User):
        self.workstreams = list(Workstream.objects.visible_to(user).live())
        self.projects = {one.scope_id: one for one in Project.objects.visible_to(user).live()}
        self.priorities = {
            one.pk: _priority(one) for one in CorporatePriority.objects.visible_to(user).live()
        }
        rows = WorkstreamPriority.objects.visible_to(user).live()
        served = list(rows.values_list("workstream_id", "priority_id", "is_own"))
        self.served = {key: self.priorities[key] for _, key, _ in served if key in self.priorities}
        self.own = {one: self.priorities.get(key) for one, key, is_own in served if is_own}
        self.workstream_nodes = {
            one.pk: Node("workstream", one.pk, one.name, one.get_absolute_url(), (one.position,))
            for one in self.workstreams
        }
        self.by_scope = {one.scope_id: one.pk for one in self.workstreams}

    def project_node(self, one: Project) -> Node:
        return Node("project", one.pk, str(one), one.get_absolute_url(), (one.ref,))

    def of_scope(self, scope: Any) -> Home:
        """Of a project that may not be known only the workstream is said."""
        project = self.projects.get(scope.pk)
        if project:
            return self.of_project(project)
        return self._home(self.by_scope.get(scope.pk) or self.by_scope.get(scope.parent_id))

    def of_project(self, project: Project) -> Home:
        return self._home(project.workstream_id, self.project_node(project))

    def _home(self, workstream: int | None, project: Node | None = None) -> Home:
        node = self.workstream_nodes.get(workstream) if workstream else None
        return Home(self.own.get(workstream) if workstream else None, node, project)


def _mapped(user: User, benefits: Any, places: _Places, measures: dict[int, Measure]) -> list[Mapped]:
    rows = list(benefits.select_related("scope"))
    enablers = _enablers(user, places)
    shared: dict[int, list[Node]] = {}
    shares = BenefitShare.objects.visible_to(user).live().values_list("benefit_id", "workstream_id")
    for benefit, workstream in shares:
        if workstream in places.workstream_nodes:
            shared.setdefault(benefit, []).append(places.workstream_nodes[workstream])
    return [
        Mapped(
            node=Node("benefit", one.pk, str(one), one.get_absolute_url(), (one.position, one.ref)),
            home=places.of_scope(one.scope),
            enablers=tuple(enablers.get(one.pk, ())),
            measure=_measure(measures[one.measure_id]) if one.measure_id in measures else None,
            starts=one.starts,
            shared=tuple(shared.get(one.pk, ())),
        )
        for one in rows
    ]


def _enablers(user: User, places: _Places) -> dict[int, list[Enabler]]:
    """The milestones of each benefit, as far as ``user`` may see both, and their project is live."""
    pairs = EnablingMilestone.objects.visible_to(user).live().values_list("benefit_id", "activity_id")
    named = EnablingMilestone.objects.live().order_by().values("activity")
    projects = {one.pk: one for one in places.projects.values()}
    seen = {
        one.pk: Enabler(_milestone(one), places.of_project(projects[one.project_id]), one.latest_finish)
        for one in Activity.objects.visible_to(user).live().filter(pk__in=named)
        if one.project_id in projects
    }
    found: dict[int, list[Enabler]] = {}
    for benefit, activity in pairs:
        if activity in seen:
            found.setdefault(benefit, []).append(seen[activity])
    return found


def _priority(one: CorporatePriority) -> Node:
    return Node("priority", one.pk, one.name, "/programme/", (one.position,))


def _milestone(one: Activity) -> Node:
    return Node("milestone", one.pk, str(one), one.get_absolute_url(), (one.latest_finish, one.ref))


def _measure(one: Measure) -> Node:
    return Node("measure", one.pk, str(one), one.get_absolute_url(), (one.ref,))


def _of(record: Any, workstream: Workstream | None) -> bool:
    return workstream is None or record.workstream_id == workstream.pk


def _within(workstreams: Iterable[Workstream], workstream: Workstream | None) -> list[Workstream]:
    return [one for one in workstreams if workstream is None or one.pk == workstream.pk]


def in_a_sentence(one: BenefitsMap) -> str:
    """How many benefits lead where, and what most of all is missing."""
    if not one.count:
        return "From the council’s priorities to the measures that show a benefit has come."
    lacking = {finding.heading: len(finding.nodes) for finding in one.findings}
    without = {
        "a measure": lacking.get("Benefits without a measure", 0),
        "an enabling milestone": lacking.get("Benefits without an enabling milestone", 0),
        "a project": lacking.get("Benefits without a project", 0),
    }
    words = [f"{number:,} without {what}" for what, number in without.items() if number]
    if early := lacking.get("Benefits that start before a milestone that enables them", 0):
        words.append(f"{early:,} to start before a milestone that enables {'it' if early == 1 else 'them'}")
    benefits = f"{one.count:,} benefit{'' if one.count == 1 else 's'}"
    if not words:
        return f"{benefits}, each with a project, an enabling milestone and a measure."
    return f"{benefits}: {', '.join(words)}."
