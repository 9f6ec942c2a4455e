"""The risks and issues of a workstream or a project: how they stand, what is overdue, the first of each."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.utils.text import Truncator

from programme.foundation import calendar
from programme.foundation.columns import EMPTY
from programme.people.choices import ScopeKind
from programme.people.models import Scope, User
from risks.choices import Finding, Severity
from risks.models import Issue, Risk
from risks.reading.cells import Filling, standing
from risks.reading.findings import condition
from risks.reading.listed import UNKNOWN_PLACE
from risks.reading.scores import in_cells
from risks.reading.yardstick import Yardstick, yardstick
from risks.rules.scoring import CELLS, Score
from risks.words.matrix import in_a_sentence

from . import stood

LONGEST = 160  # of a question; the issue's page has all of it
SHOWN = 15  # of each; the registers have them all
PLACE = "Place"
RISK_COLUMNS = ["Risk", PLACE, "Now", "Target", "Owner", "Next review"]
ISSUE_COLUMNS = ["Issue", PLACE, "Severity", "Owner", "To be resolved by", "Decision asked for"]
MILDEST_FIRST = Severity.values
LATE = {
    Finding.OVERDUE: ("review is overdue", "reviews are overdue"),
    Finding.ACTION_OVERDUE: ("risk has an overdue action", "risks have an overdue action"),
}


@dataclass(frozen=True)
class _Found:
    """The risks and issues of the place: one more than are shown of each, and how the risks stand."""

    risks: list[Any]
    issues: list[Any]
    current: Filling
    target: Filling


def risks_section(user: User, scope: Scope, day: datetime.date | None, *, query: str) -> dict[str, Any]:
    """What ``user`` may see, now or at the end of ``day``. Thirteen queries at most, whatever their number.

    ``query`` leads to the place in the registers.
    """
    found = _now(user, scope) if day is None else _then(user, scope, day)
    yard = yardstick(day)
    lying = {one.scope_id for one in (*found.risks, *found.issues)}
    names = {one.pk: one for one in Scope.objects.visible_to(user).filter(pk__in=lying)}
    on = day or calendar.today()
    one_place = scope.kind == ScopeKind.PROJECT  # all that a project has lies in the project itself
    return {
        "risk_lead": in_a_sentence(yard, found.current, found.target, past=day is not None),
        "late": _late(user, scope, query) if day is None else [],
        "risk_columns": _without_place(RISK_COLUMNS, one_place),
        "risks": [_without_place(_risk(one, yard, names, on), one_place) for one in found.risks[:SHOWN]],
        "more_risks": len(found.risks) > SHOWN,
        "no_issues": "No issue is open here." if day is None else "No issue was open here.",
        "issue_columns": _without_place(ISSUE_COLUMNS, one_place),
        "issues": [_without_place(_issue(one, names, on), one_place) for one in found.issues[:SHOWN]],
        "more_issues": len(found.issues) > SHOWN,
        "may_raise": day is None and user.has_perm("risks.raise_risk", scope),
        "shown": SHOWN,
        "query": query,
    }


def _without_place(cells: list[Any], one_place: bool) -> list[Any]:
    """A row or its headings, whose second cell is the place."""
    return [cells[0], *cells[2:]] if one_place else cells


def _now(user: User, scope: Scope) -> _Found:
    here = Risk.objects.visible_to(user).standing().of_place(scope)
    issues = Issue.objects.visible_to(user).unresolved().of_place(scope).severest_first()
    return _Found(
        list(here.highest_first().select_related("owner__profile")[: SHOWN + 1]),
        list(issues.select_related("owner__profile")[: SHOWN + 1]),
        Filling(in_cells(here), {}),
        Filling(in_cells(here, kind="target"), {}),
    )


def _then(user: User, scope: Scope, day: datetime.date) -> _Found:
    """As they stood, by the place that each had then."""
    within = Scope.objects.filter(Q(pk=scope.pk) | Q(parent=scope.pk) | Q(parent__parent=scope.pk))
    places = set(within.values_list("pk", flat=True))
    # Asked once, since the newest row of each risk is looked up in the history: numbers, and scores to count.
    pairs = [f"{kind}_{part}" for kind in ("current", "target") for part in ("likelihood", "impact")]
    rows = standing(user, day).filter(scope__in=places).values_list("id", *pairs)
    stands = [(key, Score.of(*four[:2]), Score.of(*four[2:])) for key, *four in rows]
    first = sorted(stands, key=lambda one: _highest_first(one[1], one[0]))[: SHOWN + 1]
    risks = Risk.objects.visible_to(user).filter(pk__in=[key for key, _, _ in first]).as_at(day)
    prefetch_related_objects(risks, "owner__profile")
    return _Found(
        sorted(risks, key=lambda one: _highest_first(one.current, one.pk)),
        _issues_then(user, places, day),
        Filling(_counted(current for _, current, _ in stands), {}),
        Filling(_counted(target for _, _, target in stands), {}),
    )


def _counted(scores: Iterable[Score | None]) -> dict[Score | None, int]:
    return {None: 0, **dict.fromkeys(CELLS, 0)} | Counter(scores)


def _issues_then(user: User, places: set[int], day: datetime.date) -> list[Any]:
    ever = Issue.history.filter(scope__in=places).order_by().values("id")
    past = stood.on(Issue.objects.visible_to(user).filter(pk__in=ever), day, user)
    found = [one for one in past if one.is_open and one.scope_id in places]
    prefetch_related_objects(found, "owner__profile")
    return sorted(found, key=_severest_first)


def _highest_first(score: Score | None, key: int) -> tuple[int, ...]:
    return (-score.value, -score.impact, key) if score else (0, 0, key)


def _severest_first(one: Any) -> tuple[Any, ...]:
    return -MILDEST_FIRST.index(one.severity), one.due or datetime.date.max, one.pk


def _late(user: User, scope: Scope, query: str) -> list[dict[str, str]]:
    """What is overdue, each with the list that holds exactly those. Two queries."""
    today = calendar.today()
    counts = {one.value: Count("pk", filter=condition(one, today=today, untouched_months=0)) for one in LATE}
    here = Risk.objects.visible_to(user).standing().of_place(scope).order_by()
    numbers = here.aggregate(**counts)
    found = [
        {"words": _counted_words(numbers[one.value], *words), "url": f"/risks/?{query}&look={one.value}"}
        for one, words in LATE.items()
        if numbers[one.value]
    ]
    if issues := Issue.objects.visible_to(user).of_place(scope).overdue(today).count():
        words = _counted_words(issues, "issue is overdue", "issues are overdue")
        found.append({"words": words, "url": f"/issues/?{query}&overdue=true"})
    return found


def _counted_words(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _risk(one: Any, yard: Yardstick, names: dict[int, Scope], day: datetime.date) -> list[Any]:
    return [
        {"text": _named(one), "url": one.get_absolute_url()},
        _place(names.get(one.scope_id)),
        _score(one.current, yard),
        _score(one.target, yard),
        one.owner or "Nobody yet",
        _due(one.review_due, day),
    ]


def _issue(one: Any, names: dict[int, Scope], day: datetime.date) -> list[Any]:
    return [
        {"text": _named(one), "url": one.get_absolute_url()},
        _place(names.get(one.scope_id)),
        one.get_severity_display(),
        one.owner or "Nobody yet",
        _due(one.due, day),
        {"text": Truncator(one.decision_asked).chars(LONGEST) or EMPTY, "wide": True},
    ]


def _named(one: Any) -> str:
    """With its class where it is exempt, so that a reader knows what not to pass on."""
    return f"{one} ({one.exempt_words})" if one.exempt_words else str(one)


def _place(scope: Scope | None) -> str:
    if scope is None:
        return UNKNOWN_PLACE
    return scope.key.upper() if scope.kind == ScopeKind.PROJECT else scope.name


def _score(score: Score | None, yard: Yardstick) -> dict[str, str]:
    return {"text": yard.words(score) if score else "", "band": yard.band(score) or ""}


def _due(day: datetime.date | None, today: datetime.date) -> Any:
    if day is None:
        return EMPTY
    words = calendar.in_words(day)
    return {"text": f"{words}, overdue" if day < today else words, "late": day < today, "date": True}
