"""The register of issues."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from programme.foundation import calendar, tables
from programme.foundation.columns import escaped
from programme.portfolio.tables import ClassColumn

from ..choices import IssueStatus, Severity
from ..models import Issue
from .register import NameColumn, NobodyColumn, PlaceColumn, ReferenceColumn

SEVERITIES = {Severity.CRITICAL: "red", Severity.MAJOR: "orange", Severity.MODERATE: "yellow"}
ANSWERED = "{}, answered"
LONGEST = 160  # of a question in the list
ISSUE_STATUSES = {IssueStatus.OPEN: "blue", IssueStatus.RESOLVED: "green"}


class AskedForColumn(tables.TextColumn):
    """What is to be decided, and by whom: shortened, since the issue's own page has all of it."""

    css = "pp-table__wide"

    def render(self, value: str, record: Issue) -> SafeString:  # type: ignore[override]
        said = escaped(Truncator(value).chars(LONGEST))
        of_whom = escaped(ANSWERED.format(record.asked_of) if record.decision_id else record.asked_of)
        return SafeString(f'{said}<br><span class="pp-quiet">{of_whom}</span>')

    def plain(self, value: str) -> str:
        return value


class AskedColumn(tables.TextColumn):
    """Of whom a decision is asked, and whether the register has given it."""

    def plain(self, value: Any, record: Issue) -> str:  # type: ignore[override]
        return ANSWERED.format(value) if record.decision_id else str(value)


class DueColumn(tables.DateColumn):
    def render(self, value: Any, record: Issue) -> Any:  # type: ignore[override]
        words = super().render(value)
        if not record.is_overdue(calendar.today()):
            return words
        return SafeString(f'<span class="pp-late">{escaped(words)}, overdue</span>')


class IssueTable(tables.BaseTable):
    """The severest first, then what is due soonest."""

    ref = ReferenceColumn("Reference", width=11)
    title = NameColumn("Issue", width=48)
    severity = tables.TagColumn("Severity", choices=Severity, colours=SEVERITIES, width=12)
    place = PlaceColumn("Place", width=36)
    owner = NobodyColumn("Owner", order_by="owner__profile__post", width=32)
    due = DueColumn("To be resolved by")
    asked_for = AskedForColumn(
        "Decision asked for", accessor="decision_asked", order_by="asked_of__name", width=60
    )
    asked_of = AskedColumn("Decision asked of", order_by="asked_of__name", width=30, sheet_only=True)
    status = tables.TagColumn("Status", choices=IssueStatus, colours=ISSUE_STATUSES, width=12)
    classification = ClassColumn("Class", sheet_only=True, orderable=False)

    stacked = True
    row_header = "title"

    def order_severity(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        """As people rank them, not as the alphabet does."""
        ranked = rows.severest_first()
        return (ranked.reverse() if is_descending else ranked), True
