"""How long the critical path of a whole plan takes, its reading from the database told apart."""

import time
from typing import Any

from programme.foundation import calendar
from programme.plan import dependencies, models, scheduling


def critical_path() -> dict[str, Any]:
    began = time.perf_counter()
    england = calendar.england()
    rows = list(models.Activity.objects.live().order_by())
    activities = [
        scheduling.Activity(
            one.pk,
            one.project_id,
            0 if one.is_milestone else england.between(one.forecast_start, one.forecast_finish),
            one.forecast_start or one.forecast_finish,
            one.actual_start,
            one.actual_finish,
        )
        for one in rows
    ]
    links = [
        dependencies.Dependency(one.predecessor_id, one.successor_id, one.kind, one.lag)
        for one in models.Dependency.objects.live().order_by()
    ]
    read = time.perf_counter()
    found = scheduling.schedule(activities, links, start=calendar.today(), calendar=england)
    critical = len(found.critical)
    return {
        "activities": len(activities),
        "dependencies": len(links),
        "critical": critical,
        "reading": read - began,
        "seconds": time.perf_counter() - read,
    }
