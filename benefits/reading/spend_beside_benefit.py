"""What is spent beside what is saved, by project, so that only one of the two stands out. Pounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum

from programme.people.choices import ScopeKind
from programme.people.kept import Kept
from programme.people.models import Profile, Scope, User
from programme.portfolio.models import Project

from ..choices import CASHABLE, AmountKind, Frequency
from ..models import BenefitAmount, BenefitLine, CostAmount, CostLine, StatedFigure
from ..rules.costs import BOTH, side
from .costs import Costs, costs


@dataclass(frozen=True)
class Beside:
    """A home with what is spent and what is saved there; None where nothing is known."""

    name: str
    url: str
    spend: Decimal | None
    benefit: Decimal | None
    side: str


_kept = Kept[tuple[Costs, tuple[Beside, ...]]](
    *(BenefitAmount, BenefitLine, CostAmount, CostLine, Profile, Project, Scope, StatedFigure)
)


def costs_and_benefits(user: User) -> tuple[Costs, tuple[Beside, ...]]:
    """The investment, and spend beside benefit. One query; some more when something changed."""

    def worked_out() -> tuple[Costs, tuple[Beside, ...]]:
        found = costs(user)
        return found, beside(user, found)

    return _kept.answer(user, None, worked_out)


def beside(user: User, found: Costs) -> tuple[Beside, ...]:
    """Spend beside the approved annual saving, home by home, one-sided ones first.

    A home where anything is kept from the reader is left out: one side of it would be wrong. Three
    queries at most.
    """
    spend: dict[int, Decimal] = {}
    for row in found.rows:
        spend[row.home] = spend.get(row.home, Decimal(0)) + row.cost.amount
    saved = dict(_saved(user))
    homes = (set(spend) | set(saved)) - _partly_hidden(user)
    names = _homes(homes, user)
    rows = [
        Beside(*names[home], spend.get(home), saved.get(home), side(spend.get(home), saved.get(home)))
        for home in homes
        if home in names
    ]
    return tuple(sorted((one for one in rows if one.side), key=lambda one: (one.side == BOTH, one.name)))


def _saved(user: User) -> Any:
    amounts = BenefitAmount.objects.visible_to(user).live().filter(kind=AmountKind.APPROVED)
    cash = amounts.filter(line__withdrawn=False, line__kind__in=CASHABLE, line__frequency=Frequency.RECURRING)
    return cash.order_by().values_list("line__scope").annotate(Sum("amount"))


RECORDS: tuple[Any, Any] = (BenefitLine, CostLine)


def _partly_hidden(user: User) -> set[int]:
    if user.standing.reads_all_exempt:
        return set()
    lines, costs = (_kept_from(user, model) for model in RECORDS)
    return {scope for (scope,) in lines.values_list("scope").union(costs.values_list("scope"))}


def _kept_from(user: User, model: Any) -> Any:
    return model.objects.live().exclude(pk__in=model.objects.visible_to(user).values("pk")).order_by()


def _homes(keys: set[int], user: User) -> dict[int, tuple[str, str]]:
    """Name and address of each home that may be known of."""
    projects = Project.objects.visible_to(user).order_by()
    own = projects.filter(scope=OuterRef("pk"))
    known = Scope.objects.filter(~Q(kind=ScopeKind.PROJECT) | Q(pk__in=projects.values("scope")), pk__in=keys)
    found = {}
    for scope in known.annotate(ref=Subquery(own.values("ref")[:1]), called=Subquery(own.values("name")[:1])):
        one = Project(ref=scope.ref, name=scope.called) if scope.ref else None
        found[scope.pk] = (str(one), one.get_absolute_url()) if one else (scope.name, "")
    return found
