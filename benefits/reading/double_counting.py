"""The warnings of double counting that one reader may know of, and which of them were dismissed.

Lines, posts, contracts and projects are looked for among what the reader may see, and only then compared: a
warning about something kept from them does not exist for them, not even as a number.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q

from programme.foundation.history_tables import state_of
from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project

from ..choices import CASHABLE, AmountKind, Kind
from ..models import Benefit, BenefitAmount, BenefitLine, Budget, Dismissal, EnablingMilestone, LineReference
from ..rules import double_counting
from ..rules.double_counting import Line, Warned


@dataclass(frozen=True)
class Flag:
    """One warning with its address, and who dismissed it, when and why; nobody where it stands."""

    warned: Warned
    dismissal: Dismissal | None = None
    by: str = ""
    when: datetime.datetime | None = None

    @property
    def slug(self) -> str:
        """Stays the same while the warning does; tells nothing."""
        return hashlib.sha256(repr(self.warned.key).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        return f"/benefits/double-counting/{self.slug}/"


# Whatever the warnings rest on: they are worked out again only when one of these changes.
READ = (Activity, Benefit, BenefitAmount, BenefitLine, Budget, EnablingMilestone, LineReference, Project)
SEEN = (Activity, BenefitLine, LineReference, Project)
KEPT = 12
_kept: dict[tuple[str, ...], tuple[Warned, ...]] = {}


def flags(user: User) -> tuple[Flag, ...]:
    """Every warning this person may know of, those that stand first. Three queries, nine after a change."""
    found = _warnings(user)
    dismissed = {_key(one): one for one in Dismissal.objects.visible_to(user).live()} if found else {}
    matched = [(one, dismissed.get(one.key)) for one in found]
    who = _who(one for _, one in matched if one)
    every = [Flag(one, dismissal, *who.get(getattr(dismissal, "pk", 0), ())) for one, dismissal in matched]
    return tuple(sorted(every, key=lambda flag: flag.dismissal is not None))


def flag(user: User, slug: str) -> Flag | None:
    """One warning by its address, if this person may know of it."""
    return next((one for one in flags(user) if one.slug == slug), None)


def _warnings(user: User) -> tuple[Warned, ...]:
    """People who see the same share what was worked out, as long as nothing changed."""
    key = (state_of(*READ), *(_sight(model, user) for model in SEEN))
    if key not in _kept:
        if len(_kept) >= KEPT or any(one[0] != key[0] for one in _kept):
            _kept.clear()
        _kept[key] = double_counting.warnings(_lines(user), budgets=_budgets(user))
    return _kept[key]


def _sight(model: Any, user: User) -> str:
    """The condition that decides which of these records this person sees."""
    try:
        sql, values = model.objects.visible_to(user).order_by().query.sql_with_params()
    except EmptyResultSet:
        return "nothing"
    return f"{sql} {values}"


def _lines(user: User) -> list[Line]:
    rows = BenefitLine.objects.visible_to(user).live().filter(benefit__withdrawn=False)
    names = ("pk", "ref", "name", "kind", "budget_code", "benefit_id", "scope_id")
    amounts, references, projects = _amounts(user), _references(user), _projects(user)
    homes = dict(Project.objects.visible_to(user).live().values_list("scope_id", "ref"))
    found = []
    for pk, ref, name, kind, code, benefit, scope in rows.order_by().values_list(*names):
        enabling = {*projects.get(benefit, ()), homes.get(scope, "")} - {""}
        profile, held = amounts.get(pk, Profile()), tuple(references.get(pk, ()))
        found.append(Line(pk, ref, name, kind, code, profile, held, tuple(sorted(enabling))))
    return found


def _amounts(user: User) -> dict[int, Profile]:
    """What each line is now expected to bring: its forecast, and what is approved where there is none.

    Only of lines that a rule compares: with a budget code, or cost avoidance and what may stand beside it.
    """
    avoided = BenefitLine.objects.visible_to(user).live().filter(kind=Kind.COST_AVOIDANCE)
    compared = ~Q(line__budget_code="") | Q(line__kind=Kind.COST_AVOIDANCE)
    if avoided.exists():
        compared |= Q(line__kind__in=CASHABLE)
    rows = BenefitAmount.objects.visible_to(user).live().filter(compared)
    wanted = {AmountKind.APPROVED: 0, AmountKind.FORECAST: 1}
    found: dict[int, tuple[dict[FinancialYear, Decimal], ...]] = defaultdict(lambda: ({}, {}))
    names = ("line_id", "kind", "year", "amount")
    for line, kind, year, amount in rows.filter(kind__in=wanted).order_by().values_list(*names):
        found[line][wanted[kind]][year] = amount
    return {line: Profile(approved | forecast) for line, (approved, forecast) in found.items()}


def _references(user: User) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = LineReference.objects.visible_to(user).live().order_by("pk")
    for line, kind, reference in rows.values_list("line_id", "kind", "reference"):
        found[line].append((kind, reference))
    return found


def _projects(user: User) -> dict[int, set[str]]:
    """The projects whose milestones enable each benefit."""
    known = Activity.objects.visible_to(user).live().filter(pk=OuterRef("activity"))
    rows = EnablingMilestone.objects.visible_to(user).live().filter(Exists(known)).order_by()
    found: dict[int, set[str]] = defaultdict(set)
    for benefit, project in rows.values_list("benefit_id", "activity__project__ref"):
        found[benefit].add(project)
    return found


def _budgets(user: User) -> dict[tuple[str, FinancialYear], Decimal]:
    rows = Budget.objects.visible_to(user).live().order_by()
    return {(code, year): amount for code, year, amount in rows.values_list("code", "year", "amount")}


def _key(one: Dismissal) -> tuple[str, int, int | None, str, FinancialYear | None]:
    return (one.rule, one.first_id, one.second_id, one.subject, one.year)


def _who(dismissals: Iterable[Dismissal]) -> dict[int, tuple[str, datetime.datetime]]:
    """By whom and when each was dismissed, out of its history."""
    keys = [one.pk for one in dismissals]
    rows: Any = Dismissal.history.filter(id__in=keys).prefetch_related("history_user") if keys else ()
    return {row.id: (str(row.history_user), row.history_date) for row in rows}
