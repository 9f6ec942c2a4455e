"""The workstreams at a glance, for home and the programme's page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from programme.foundation import calendar
from programme.people.models import User
from programme.portfolio.choices import Stage
from programme.portfolio.models import Project, Workstream

from .milestones import ahead

SOON = 30  # days


def cards(user: User, workstreams: Iterable[Workstream]) -> list[dict[str, Any]]:
    """The parameters of ``components/workstream_card.html``, one for each. Two queries."""
    projects = {row["workstream"]: row for row in _counts(user)}
    soon = _coming(user)
    return [_card(one, projects.get(one.pk, {}), soon.get(one.pk, 0), user) for one in workstreams]


def _counts(user: User) -> Any:
    rows = Project.objects.visible_to(user).live().exclude(stage__in=[Stage.CLOSED, Stage.STOPPED])
    proposals = Count("pk", filter=Q(stage=Stage.PROPOSAL))
    return rows.order_by().values("workstream").annotate(everything=Count("pk"), proposals=proposals)


def _coming(user: User) -> dict[int, int]:
    """How many milestones fall within the next thirty days, by workstream."""
    today = calendar.today()
    soon = ahead(user).filter(forecast_finish__range=(today, today + datetime.timedelta(days=SOON)))
    counted = soon.select_related(None).order_by().values("project__workstream").annotate(number=Count("pk"))
    return {row["project__workstream"]: row["number"] for row in counted}


def _card(one: Workstream, projects: dict[str, Any], soon: int, user: User) -> dict[str, Any]:
    proposals = projects.get("proposals", 0)
    facts = [("Projects", projects.get("everything", 0) - proposals)]
    if user.has_perm("portfolio.view_portfolio"):
        facts.append(("Proposals", proposals))
    facts.append((f"Milestones due in {SOON} days", soon))
    return {"title": one.short, "url": one.get_absolute_url(), "text": one.purpose, "facts": facts}
