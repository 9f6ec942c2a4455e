"""The warnings of double counting that one reader may know of, and which of them were dismissed.

Lines, posts, contracts and projects are looked for among what the reader may see, and only then compared: a
warning about something kept from them does not exist for them, not even as a number.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from programme.foundation.money import FinancialYear, Profile
from programme.people.kept import Kept, sight
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project

from ..choices import CASHABLE, AmountKind, Kind
from ..models import Benefit, BenefitAmount, BenefitLine, Budget, Dismissal, EnablingMilestone, LineReference
from ..rules import double_counting
from ..rules.double_counting import Line, Warned, grown


@dataclass(frozen=True)
class Flag:
    """One warning with its address, and its dismissal where there is one.

    A dismissal that has ``lapsed`` says in sentences why it covers the warning no longer: it stands again.
    ``by`` and ``when`` are of those that :func:`signed` gives.
    """

    warned: Warned
    given: Dismissal | None = None
    lapsed: tuple[str, ...] = ()
    by: str = ""
    when: datetime.datetime | None = None

    @property
    def dismissal(self) -> Dismissal | None:
        """The dismissal that holds."""
        return None if self.lapsed else self.given

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
TOUCHED = "What was known was not kept, and a line of it or its budget was changed since."
_KEPT: Kept[tuple[Warned, ...]] = Kept(*READ)


def flags(user: User) -> tuple[Flag, ...]:
    """Every warning this person may know of, those that stand first. Three queries, nine after a change."""
    found = _warnings(user)
    dismissed = {one.key: one for one in _dismissals(user)} if found else {}
    matched = [(one, dismissed[one.key]) for one in found if one.key in dismissed]
    lapsed = _lapsed(matched)
    given = {one.key: Flag(one, row, lapsed.get(row.pk, ())) for one, row in matched}
    every = [given.get(one.key) or Flag(one) for one in found]
    return tuple(sorted(every, key=lambda flag: flag.dismissal is not None))


def flag(user: User, slug: str) -> Flag | None:
    """One warning by its address, if this person may know of it."""
    return next((one for one in flags(user) if one.slug == slug), None)


def _dismissals(user: User) -> list[Dismissal]:
    """Those whose every line this person sees, since the reason may speak of each; the newest last."""
    rows = list(Dismissal.objects.visible_to(user).live().order_by("pk"))
    lines = {row.pk: {int(key) for key in row.known.get("lines", ())} for row in rows}
    if user.standing.reads_all_exempt or not rows:
        return rows
    named = BenefitLine.objects.visible_to(user).filter(pk__in=set().union(*lines.values()))
    seen = set(named.values_list("pk", flat=True))
    return [row for row in rows if lines[row.pk] <= seen]


def _lapsed(matched: list[tuple[Warned, Dismissal]]) -> dict[int, tuple[str, ...]]:
    """Why dismissals cover their warnings no longer; those that do are not in it."""
    kept = {row.pk: grown(one, row.known) for one, row in matched if row.known}
    touched = _touched([(one, row) for one, row in matched if not row.known])
    return {key: why for key, why in kept.items() if why} | dict.fromkeys(touched, (TOUCHED,))


def _touched(old: list[tuple[Warned, Dismissal]]) -> set[int]:
    """Dismissals of before it was kept what they knew, whose lines or budget were written since."""
    if not old:
        return set()
    lines = {line.key for one, _ in old for line in one.lines}
    newest: dict[int, datetime.datetime] = {}
    for model, key in ((BenefitLine, "id"), (BenefitAmount, "line_id"), (LineReference, "line_id")):
        rows: Any = model.history.filter(**{f"{key}__in": lines}).order_by().values_list(key)
        for line, when in rows.annotate(Max("recorded")):
            newest[line] = max(when, newest.get(line, when))
    years = {one.year for one, _ in old if one.year}
    budgets: Any = Budget.history.filter(year__in=years).order_by().values_list("code", "year")
    of_code = {(code.upper(), year): when for code, year, when in budgets.annotate(Max("recorded"))}
    given: Any = Dismissal.history.filter(id__in=[row.pk for _, row in old]).order_by().values_list("id")
    when_given = dict(given.annotate(Max("recorded")))
    return {
        row.pk
        for one, row in old
        for when in (*(newest.get(line.key) for line in one.lines), of_code.get((one.subject, one.year)))
        if when and when > when_given[row.pk]
    }


def _warnings(user: User) -> tuple[Warned, ...]:
    """People who see the same share what was worked out, as long as nothing changed."""
    seen = tuple(sight(model.objects.visible_to(user)) for model in SEEN)
    return _KEPT.answer_seen(seen, lambda: double_counting.warnings(_lines(user), budgets=_budgets(user)))


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

    Only of lines that a rule compares: with a budget code, a post or a contract, or cost avoidance and what
    may stand beside it.
    """
    avoided = BenefitLine.objects.visible_to(user).live().filter(kind=Kind.COST_AVOIDANCE)
    named = Q(Exists(LineReference.objects.live().filter(line=OuterRef("line"))))
    compared = ~Q(line__budget_code="") | Q(line__kind=Kind.COST_AVOIDANCE) | named
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


def signed(found: Iterable[Flag]) -> list[Flag]:
    """The same with by whom and when each was dismissed last, out of its history. Three queries at most."""
    shown = list(found)
    keys = [one.given.pk for one in shown if one.given]
    rows: Any = Dismissal.history.filter(id__in=keys).order_by("history_date", "history_id")
    last = {row.id: row for row in rows.prefetch_related("history_user__profile")} if keys else {}
    who = {key: {"by": str(row.history_user), "when": row.history_date} for key, row in last.items()}
    return [replace(one, **who.get(one.given.pk, {})) if one.given else one for one in shown]
