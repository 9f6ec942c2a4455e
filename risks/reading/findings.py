"""What is to be looked at in the register, counted and filtered in the database.

The same rules as ``rules/findings.py`` asks of one risk; a test holds the two to each other.
"""

from __future__ import annotations

import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from programme.foundation import calendar
from programme.people.kept import Kept, sight
from programme.people.models import Scope, User

from ..choices import STANDING, Authority, Finding, Response, Status
from ..models import Acceptance, Risk, RiskAction, RiskCategory, RiskSettings
from ..rules.findings import untouched_since


def condition(finding: str, *, today: datetime.date, untouched_months: int) -> Q:
    """The condition for risks, among those that may still happen, of which a finding holds."""
    if finding == Finding.UNTOUCHED:
        return _untouched(untouched_since(today, untouched_months))
    return {
        Finding.OVERDUE: lambda: Q(review_due__lt=today),
        Finding.OUTSIDE: lambda: outside() & ~Q(status=Status.ESCALATED) & ~covered_by_the_board(today),
        Finding.EXPIRED: lambda: Q(Exists(_acceptances().filter(expires__lt=today))),
        Finding.NOT_SCORED: lambda: Q(current_likelihood=None),
        Finding.UNOWNED: lambda: Q(owner=None),
        Finding.NO_ACTION: lambda: Q(response=Response.TREAT) & ~Q(Exists(_actions())),
        Finding.ACTION_OVERDUE: lambda: Q(Exists(_actions().filter(done_on=None, due__lt=today))),
    }[Finding(finding)]()


def having(risks: QuerySet[Risk], finding: str) -> QuerySet[Risk]:
    """Those of ``risks`` that may still happen and of which a finding holds today."""
    asks_months = finding == Finding.UNTOUCHED
    months = RiskSettings.objects.current().untouched_months if asks_months else 0
    holds = condition(finding, today=calendar.today(), untouched_months=months)
    return risks.filter(holds, withdrawn=False, status__in=sorted(STANDING))


def counts(user: User) -> dict[Finding, int]:
    """How many risks that ``user`` may see each finding holds of, today.

    Kept until something changes that they rest on. One query while nothing does, three when it has.
    """
    seen = Risk.objects.visible_to(user).standing()
    return _KEPT.answer_seen(sight(seen), lambda: _counted(seen))


_KEPT: Kept[dict[Finding, int]] = Kept(
    Risk, RiskAction, Acceptance, RiskCategory, RiskSettings, Scope, most=50
)


def _counted(seen: QuerySet[Risk]) -> dict[Finding, int]:
    today, months = calendar.today(), RiskSettings.objects.current().untouched_months
    asked = {
        finding.value: Count("pk", filter=condition(finding, today=today, untouched_months=months))
        for finding in Finding
    }
    found = seen.aggregate(**asked)
    return {finding: found[finding.value] for finding in Finding}


def outside() -> Q:
    """The current score is above what the category tolerates."""
    return Q(category__highest_tolerated__lt=F("current_likelihood") * F("current_impact"))


def _acceptances() -> QuerySet[Acceptance]:
    return Acceptance.objects.not_ended().filter(risk=OuterRef("pk")).order_by()


def covered_by_the_board(today: datetime.date) -> Q:
    """What is above appetite is covered by nothing less than a decision of the board."""
    score = OuterRef("current_likelihood") * OuterRef("current_impact")
    enough = _acceptances().annotate(accepted=F("likelihood") * F("impact")).filter(accepted__gte=score)
    return Q(Exists(enough.filter(authority=Authority.BOARD, expires__gte=today)))


def _actions() -> QuerySet[RiskAction]:
    return RiskAction.objects.live().filter(risk=OuterRef("pk")).order_by()


def _untouched(since: datetime.date) -> Q:
    """Neither the risk nor one of its actions has a history row of that day or later."""
    begin = calendar.end_of_day(since - datetime.timedelta(days=1))
    itself = Risk.history.filter(id=OuterRef("pk"), history_date__gt=begin).order_by()
    of_actions = RiskAction.history.filter(risk=OuterRef("pk"), history_date__gt=begin).order_by()
    return ~Q(Exists(itself)) & ~Q(Exists(of_actions))
