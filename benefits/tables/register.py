"""Tables of the registers of benefits and of their lines: for the page, the sheet and the CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from programme.foundation import tables
from programme.portfolio.tables import ClassColumn

from ..choices import Deliverability, Status
from ..reading.line_amounts import WITHDRAWN

STATUSES = {
    Status.VALIDATED: "yellow",
    Status.APPROVED: "turquoise",
    Status.IN_DELIVERY: "blue",
    Status.REALISED: "green",
}
RATINGS = {Deliverability.DELIVERABLE: "green", Deliverability.ASPIRATIONAL: "purple"}


class ReferenceColumn(tables.LinkColumn):
    """A reference, never broken over two lines."""

    css = "pp-table__date"


class ShareColumn(tables.NumberColumn):
    """The part of a line that counts for the workstream asked for, in per cent."""

    def render(self, value: Any) -> str:
        return f"{value.normalize():f} %"


class ExpectedColumn(tables.MoneyColumn):
    """An approved or forecast amount; what cannot be quantified yet is said to be so."""

    empty_values = ()

    def render(self, value: Any, record: Any) -> str:  # type: ignore[override]
        if value is None:
            return tables.EMPTY if record.is_quantified else "Not quantified"
        return super().render(value)


class LineTable(tables.BaseTable):
    """A line a row, since only what is of one kind, frequency and deliverability may be added up.

    ``correct`` puts right the amounts of lines that count for a workstream in part; None where all do whole.
    """

    correct: Callable[[list[Any]], None] | None = None

    def prepared(self, records: Iterable[Any]) -> Iterable[Any]:
        if self.correct is None:
            return records
        lines = list(records)
        self.correct(lines)
        return lines

    def row_class(self, record: Any) -> str:
        return "pp-table__row--withdrawn" if record.stage == WITHDRAWN else ""

    ref = ReferenceColumn("Line", width=14)
    name = tables.LinkColumn("Saving or benefit", width=44)
    kind = tables.TextColumn("Kind", width=32)
    frequency = tables.TextColumn("Frequency", width=12)
    deliverability = tables.TagColumn("Deliverability", choices=Deliverability, colours=RATINGS, width=16)
    approved = ExpectedColumn("Approved")
    forecast = ExpectedColumn("Forecast")
    verified = tables.MoneyColumn("Verified")
    share = ShareColumn("Counts")
    status = tables.TagColumn(
        "Status",
        accessor="stage",
        choices=[*Status.choices, (WITHDRAWN, "Withdrawn")],
        colours=STATUSES,
        width=14,
    )
    owner = tables.TextColumn(
        "Owner", accessor="benefit__owner", order_by="benefit__owner__profile__post", width=32
    )

    row_header = "name"
    page_reads: ClassVar[tuple[str, ...]] = (
        *("ref", "name", "kind", "frequency", "deliverability", "not_quantified_because"),
        *("benefit__ref", "benefit__owner__profile__post"),
    )


class FullLineTable(LineTable):
    """Everything that a line says of itself."""

    page_reads = ()
    category = tables.TextColumn("Category", width=34)
    claimed = tables.MoneyColumn("Claimed")
    not_quantified_because = tables.TextColumn("No figure, because", width=44)
    budget_code = tables.TextColumn("Budget code", width=14)
    fte = tables.NumberColumn("Full-time equivalents")
    classification = ClassColumn("Class")


class BenefitTable(tables.BaseTable):
    """A benefit a row, also one that has no line yet."""

    ref = ReferenceColumn("Reference", width=12)
    name = tables.LinkColumn("Benefit", width=48)
    status = tables.TagColumn("Status", choices=Status, colours=STATUSES, width=14)
    home = tables.TextColumn("Home", width=40)
    owner = tables.TextColumn("Owner", order_by="owner__profile__post", width=32)
    measure_name = tables.TextColumn("Measure", width=40)
    line_count = tables.NumberColumn("Lines")
    unquantified = tables.NumberColumn("Not quantified")
    classification = ClassColumn("Class")

    row_header = "name"
