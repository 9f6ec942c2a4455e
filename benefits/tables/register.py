"""Tables of the registers of benefits and of their lines: for the page, the sheet and the CSV."""

from __future__ import annotations

from programme.foundation import tables
from programme.portfolio.tables import ClassColumn

from ..choices import Deliverability, Status

STATUSES = {
    Status.VALIDATED: "yellow",
    Status.APPROVED: "turquoise",
    Status.IN_DELIVERY: "blue",
    Status.REALISED: "green",
}
RATINGS = {Deliverability.DELIVERABLE: "green", Deliverability.ASPIRATIONAL: "purple"}


class LineTable(tables.BaseTable):
    """A line a row, since only what is of one kind, frequency and deliverability may be added up."""

    ref = tables.LinkColumn("Line", width=14)
    name = tables.LinkColumn("Saving or benefit", width=44)
    category = tables.TextColumn("Category", width=34)
    kind = tables.TextColumn("Kind", width=32)
    frequency = tables.TextColumn("Frequency", width=12)
    deliverability = tables.TagColumn("Deliverability", choices=Deliverability, colours=RATINGS, width=16)
    status = tables.TagColumn(
        "Status", accessor="benefit__status", choices=Status, colours=STATUSES, width=14
    )
    owner = tables.TextColumn(
        "Owner", accessor="benefit__owner", order_by="benefit__owner__profile__post", width=32
    )
    approved = tables.MoneyColumn("Approved, all years")
    forecast = tables.MoneyColumn("Forecast, all years")
    claimed = tables.MoneyColumn("Claimed")
    verified = tables.MoneyColumn("Verified")
    not_quantified_because = tables.TextColumn("No figure, because", width=44)
    budget_code = tables.TextColumn("Budget code", width=14)
    classification = ClassColumn("Class")

    row_header = "name"


class BenefitTable(tables.BaseTable):
    """A benefit a row, also one that has no line yet."""

    ref = tables.LinkColumn("Reference", width=12)
    name = tables.LinkColumn("Benefit", width=48)
    status = tables.TagColumn("Status", choices=Status, colours=STATUSES, width=14)
    home = tables.TextColumn("Home", width=40)
    owner = tables.TextColumn("Owner", order_by="owner__profile__post", width=32)
    measure_name = tables.TextColumn("Measure", width=40)
    line_count = tables.NumberColumn("Lines")
    unquantified = tables.NumberColumn("Not quantified")
    starts = tables.DateColumn("Starts")
    ends = tables.DateColumn("Ends")
    classification = ClassColumn("Class")

    row_header = "name"
