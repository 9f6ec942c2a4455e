"""Registers of the plan: activities and milestones, dependencies, the critical path."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from programme.foundation import calendar, tables

from .models import Activity, Dependency
from .network_reading import Reading
from .slippage import Slip, overdue, slip


class _OfReading(tables.BaseTable):
    """A table whose computed columns come from the timetable, as its reader may know it."""

    def __init__(self, *arguments: Any, reading: Reading, **options: Any):
        super().__init__(*arguments, **options)
        self.reading = reading


class ReferenceColumn(tables.TextColumn):
    """A reference on one line; the name beside it is the link."""

    css = "pp-table__date"
    width = 14

    def __init__(self) -> None:
        super().__init__("Reference")


class NamedColumn(tables.LinkColumn):
    """The name, and below it whether it is an activity or a milestone."""

    def render(self, value: Any, record: Activity) -> Any:  # type: ignore[override]
        kind = escape(record.get_kind_display())
        return SafeString(f'{super().render(value, record)}<br><span class="pp-quiet">{kind}</span>')


class _Computed(tables.TextColumn):
    """A column that the database does not hold: worked out for the rows shown, hence not sortable."""

    empty_values = ()

    def __init__(self, heading: str, **options: Any):
        super().__init__(heading, accessor="pk", orderable=False, **options)


class _ComputedNumber(_Computed, tables.NumberColumn):
    def plain(self, value: Any) -> Any:
        return value


class ActivityTable(_OfReading):
    """Finish dates of all four kinds, slip, float and flags."""

    row_header = "name"

    ref = ReferenceColumn()
    name = NamedColumn("Activity or milestone", width=48)
    approved_finish = tables.DateColumn("Approved")
    forecast_finish = tables.DateColumn("Forecast")
    actual_finish = tables.DateColumn("Actual")
    against_approved = _Computed("Slip against approved", width=24)
    total_float = _ComputedNumber("Total float")
    critical = _Computed("Critical", width=10, sheet_only=True)
    contradicted = _Computed("Contradicted", width=40)
    original_finish = tables.DateColumn("Original")
    against_original = _Computed("Slip against original", width=24)
    # In the sheet only, as is what is critical: on the page that stands below the float, the kind below the
    # name, and the reference begins with the project's.
    kind = tables.TextColumn("Kind", width=11, sheet_only=True)
    project = tables.LinkColumn("Project", to="project", accessor="project__ref", width=10, sheet_only=True)

    def row_class(self, record: Activity) -> str:
        """Red is for what is late or overdue and not done."""
        today = calendar.today()
        return "pp-table__row--late" if not record.actual_finish and record.forecast_finish < today else ""

    def render_against_approved(self, record: Activity) -> str:
        england = calendar.england()
        words = _words(slip(record.approved_finish, record.latest_finish, england))
        past = overdue(record.forecast_finish, record.actual_finish, calendar.today(), england)
        return f"{words}; {past}" if past else words

    def render_against_original(self, record: Activity) -> str:
        return _words(slip(record.original_finish, record.latest_finish, calendar.england()))

    def render_total_float(self, record: Activity) -> str:
        timing = self.reading.timing(record)
        if timing is None:
            return tables.EMPTY
        words = f"{timing.total_float:,}".replace("-", "\N{MINUS SIGN}")
        return format_html("{}<br><strong>Critical</strong>", words) if timing.critical else words

    def render_critical(self, record: Activity) -> str:
        timing = self.reading.timing(record)
        return "Critical" if timing and timing.critical else tables.EMPTY

    def render_contradicted(self, record: Activity) -> str:
        found = self.reading.conflicts_of(record)
        return max(found, key=lambda one: one.working_days).sentence if found else tables.EMPTY

    def value_against_approved(self, record: Activity) -> str | None:
        return _filled(self.render_against_approved(record))

    def value_against_original(self, record: Activity) -> str | None:
        return _filled(self.render_against_original(record))

    def value_total_float(self, record: Activity) -> int | None:
        timing = self.reading.timing(record)
        return timing.total_float if timing else None

    def value_critical(self, record: Activity) -> str | None:
        return _filled(self.render_critical(record))

    def value_contradicted(self, record: Activity) -> str | None:
        return _filled(self.render_contradicted(record))


class FullActivityTable(ActivityTable):
    """The same with the starts: all four pairs of dates."""

    original_start = tables.DateColumn("Original start")
    approved_start = tables.DateColumn("Approved start")
    forecast_start = tables.DateColumn("Forecast start")
    actual_start = tables.DateColumn("Actual start")

    class Meta:
        sequence = (
            "ref", "name", "approved_start", "approved_finish", "forecast_start", "forecast_finish",
            "actual_start", "actual_finish", "against_approved", "total_float", "critical", "contradicted",
            "original_start", "original_finish", "...",
        )  # fmt: skip


class CriticalTable(_OfReading):
    """What decides the finish, in the order of its early starts."""

    row_header = "name"

    ref = ReferenceColumn()
    name = tables.LinkColumn("Activity or milestone", width=48)
    early_start = tables.DateColumn("Early start", accessor="timing__early_start")
    early_finish = tables.DateColumn("Early finish", accessor="timing__early_finish")
    late_start = tables.DateColumn("Late start", accessor="timing__late_start")
    late_finish = tables.DateColumn("Late finish", accessor="timing__late_finish")
    total_float = tables.NumberColumn("Total float", accessor="timing__total_float")
    forecast_finish = tables.DateColumn("Forecast")
    project = tables.LinkColumn("Project", to="project", accessor="project__ref", width=10, sheet_only=True)

    class Meta:
        orderable = False


class DependencyTable(_OfReading):
    """What waits for what, and where the forecasts contradict it."""

    row_header = "successor"

    successor = tables.LinkColumn("What waits", to="successor", accessor="successor__name", width=44)
    predecessor = tables.LinkColumn("Waits for", to="predecessor", accessor="predecessor__name", width=44)
    kind = tables.TextColumn("Kind", width=16)
    lag = tables.NumberColumn("Lag, working days")
    contradicted = _Computed("Contradicted by the forecasts", width=44)

    def render_successor(self, record: Dependency) -> Any:
        return _end(record.successor)

    def value_successor(self, record: Dependency) -> str:
        return str(record.successor)

    def render_predecessor(self, record: Dependency) -> Any:
        return _end(record.predecessor)

    def value_predecessor(self, record: Dependency) -> str:
        return str(record.predecessor)

    def render_contradicted(self, record: Dependency) -> str:
        found = self.reading.timetable.conflict(record.pk)
        return found.sentence if found else tables.EMPTY

    def value_contradicted(self, record: Dependency) -> str | None:
        return _filled(self.render_contradicted(record))


def _words(found: Slip | None) -> str:
    return found.sentence if found else tables.EMPTY


def _filled(words: str) -> str | None:
    return None if words == tables.EMPTY else words


def _end(activity: Activity) -> Any:
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> {}', activity.get_absolute_url(), activity.ref, activity.name
    )
