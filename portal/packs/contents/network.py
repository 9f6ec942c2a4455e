"""The plan's records as its pure rules take them."""

from programme.foundation import calendar
from programme.plan.dependencies import Dependency, Forecast
from programme.plan.models import Activity
from programme.plan.models import Dependency as Link
from programme.plan.scheduling import Activity as Planned
from programme.plan.scheduling import BadPlan, Scheduled, schedule

from .snapshot import Snapshot

__all__ = ["BadPlan", "critical", "forecast", "link"]


def forecast(one: Activity) -> Forecast:
    finish = one.latest_finish
    start = finish if one.is_milestone else one.actual_start or one.forecast_start
    begun, done = one.actual_start is not None, one.actual_finish is not None
    return Forecast(one.pk, start, finish, milestone=one.is_milestone, begun=begun or done, done=done)


def link(one: Link) -> Dependency:
    return Dependency(one.predecessor_id, one.successor_id, one.kind, one.lag)


def critical(snapshot: Snapshot) -> tuple[Scheduled, ...]:
    """The critical activities and milestones, earliest first. Raises BadPlan and CycleFound."""
    deadlines = {one.pk: one.approved_finish for one in snapshot.projects if one.approved_finish}
    activities = [_planned(one) for one in snapshot.activities]
    if not activities:
        return ()
    outcome = schedule(
        activities,
        [link(one) for one in snapshot.links],
        start=snapshot.day,
        calendar=calendar.england(),
        deadlines=deadlines,
    )
    return outcome.critical


def _planned(one: Activity) -> Planned:
    """Work without a start-no-earlier of its own begins when it is forecast to."""
    own = one.forecast_finish if one.is_milestone else one.forecast_start
    days = 0 if one.is_milestone else calendar.working_days_between(one.forecast_start, one.forecast_finish)
    return Planned(
        key=one.pk,
        project=one.project_id,
        duration=0 if one.is_milestone else max(days, 1),
        earliest_start=one.earliest_start or own,
        actual_start=one.actual_start,
        actual_finish=one.actual_finish,
    )
