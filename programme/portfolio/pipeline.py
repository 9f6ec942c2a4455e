"""How the programme is balanced: proposals and live projects by workstream, and by what they serve."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Q, Sum, When

from programme.people.kept import Kept, sight

from .choices import Stage
from .lifecycle import ORDER
from .models import CorporatePriority, Project, ProjectService, Workstream

PROPOSED = Q(stage=Stage.PROPOSAL)


@dataclass(frozen=True)
class Balance:
    """One row of the balance: money in pounds, None where no project of the row has an estimate."""

    name: str
    url: str
    live: int
    proposals: int
    proposed_cost: Decimal | None = None
    proposed_saving: Decimal | None = None


@dataclass(frozen=True)
class Balances:
    by_workstream: tuple[Balance, ...]
    by_priority: tuple[Balance, ...]

    @property
    def live(self) -> int:
        return sum(row.live for row in self.by_workstream)

    @property
    def proposals(self) -> int:
        return sum(row.proposals for row in self.by_workstream)


def by_stage() -> Case:
    """Proposals first, then the stages in their order, and what nobody has stated last."""
    return Case(*(When(stage=stage, then=place) for place, stage in enumerate(ORDER)), default=len(ORDER))


def balance(projects: Any) -> Balances:
    """Counts and sums over ``projects``, a queryset of what the viewer may see.

    One query, and two more where something changed since: every project is counted.
    """
    return _KEPT.answer_seen(sight(projects), lambda: _balance(projects))


_KEPT: Kept[Balances] = Kept(CorporatePriority, Project, ProjectService, Workstream, most=50)


def _balance(projects: Any) -> Balances:
    counted = (
        projects.order_by("workstream__position")
        .values("workstream__position", "workstream__short", "workstream__slug")
        .annotate(
            proposals=Count("pk", filter=PROPOSED),
            everything=Count("pk"),
            cost=Sum("estimated_cost", filter=PROPOSED),
            saving=Sum("estimated_saving", filter=PROPOSED),
        )
    )
    workstreams = tuple(
        Balance(
            name=row["workstream__short"],
            url=f"/workstreams/{row['workstream__slug']}/",
            live=row["everything"] - row["proposals"],
            proposals=row["proposals"],
            proposed_cost=row["cost"],
            proposed_saving=row["saving"],
        )
        for row in counted
    )
    return Balances(workstreams, _by_priority(projects))


def _by_priority(projects: Any) -> tuple[Balance, ...]:
    served = (
        ProjectService.objects.live()
        .filter(project__in=projects.order_by().values("pk"), priority__isnull=False)
        .order_by("priority__position")
        .values("priority__position", "priority__name", "priority_id")
        .annotate(proposals=Count("pk", filter=Q(project__stage=Stage.PROPOSAL)), everything=Count("pk"))
    )
    return tuple(
        Balance(
            name=row["priority__name"],
            url=f"/projects/pipeline/?priority={row['priority_id']}",
            live=row["everything"] - row["proposals"],
            proposals=row["proposals"],
        )
        for row in served
    )
