"""The workstreams at a glance, for home and the programme's page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min, Q

from programme.foundation import calendar
from programme.people.models import User
from programme.portfolio.choices import Stage
from programme.portfolio.models import Project, Workstream

from .milestones import ahead

SOON = 30  # days


def cards(user: User, workstreams: Iterable[Workstream]) -> list[dict[str, Any]]:
    """The parameters of ``components/workstream_card.html``, one for each. Two queries."""
    projects = {row["workstream"]: row for row in _counts(user)}
    milestones = {row["project__workstream"]: row for row in _coming(user)}
    return [_card(one, projects.get(one.pk, {}), milestones.get(one.pk, {}), user) for one in workstreams]


def _counts(user: User) -> Any:
    rows = Project.objects.visible_to(user).live().exclude(stage__in=[Stage.CLOSED, Stage.STOPPED])
    proposals = Count("pk", filter=Q(stage=Stage.PROPOSAL))
    return rows.order_by().values("workstream").annotate(everything=Count("pk"), proposals=proposals)


def _coming(user: User) -> Any:
    """Milestones ahead by workstream: the next day, and how many fall within thirty days."""
    limit = calendar.today() + datetime.timedelta(days=SOON)
    soon = Count("pk", filter=Q(forecast_finish__lte=limit, forecast_finish__gte=calendar.today()))
    late = Count("pk", filter=Q(forecast_finish__lt=calendar.today()))
    rows = ahead(user).select_related(None).order_by()
    return rows.values("project__workstream").annotate(soon=soon, late=late, next=Min("forecast_finish"))


def _card(
    one: Workstream, projects: dict[str, Any], milestones: dict[str, Any], user: User
) -> dict[str, Any]:
    proposals = projects.get("proposals", 0)
    facts = [("Projects", projects.get("everything", 0) - proposals)]
    if user.has_perm("portfolio.view_portfolio"):
        facts.append(("Proposals", proposals))
    facts.append((f"Milestones due in {SOON} days", milestones.get("soon", 0)))
    return {"title": one.short, "url": one.get_absolute_url(), "text": one.purpose, "facts": facts}
