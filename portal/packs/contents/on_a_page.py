"""Section 1: the programme on a page. A sentence first, four figures at most, then the workstreams."""

from portal.overview import MilestoneRow, next_milestones_figure
from portal.packs.blocks import (
    Block,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    Listing,
    Paragraph,
    Section,
    Table,
    stored,
)

from .snapshot import Snapshot

NEXT = 5  # milestones of the picture, so that the page stays one page


def section(number: str, snapshot: Snapshot) -> Section:
    view = snapshot.overview
    blocks: list[Block] = [
        Paragraph(f"{snapshot.programme.vision.rstrip('.')}."),
        Paragraph(f"{view.in_a_sentence()} {_money(snapshot)}".strip()),
    ]
    blocks += _figures(snapshot)
    blocks.append(_workstreams(snapshot))
    if figure := next_milestones_figure(view, most=NEXT):
        blocks.append(Chart.of(figure, table=_next(view.milestones[:NEXT])))
    if snapshot.objectives:
        blocks += [Heading("Objectives"), Listing(snapshot.objectives)]
    return Section(number, "Programme on a page", tuple(blocks))


def _money(snapshot: Snapshot) -> str:
    differing = len(snapshot.case.headlines.disagreements)
    if not differing:
        return ""
    return (
        f"The business case’s own headlines disagree on {differing} "
        f"measure{'' if differing == 1 else 's'}; section 8 sets them side by side."
    )


def _figures(snapshot: Snapshot) -> list[Block]:
    case, found = snapshot.case, []
    if case.savings.total is not None:
        meaning = f"new savings by {case.savings.years[-1]}, if every line is delivered"
        found.append(_figure("Savings a year, by lines", case.savings.total, meaning, case.savings.source))
    if case.investment.total is not None:
        meaning = "once; the lines have no years"
        found.append(_figure("Investment, by lines", case.investment.total, meaning, case.investment.source))
    if table := case.payback.table:
        meaning = f"over the payback table’s {len(table.years)} years"
        found.append(_figure("Net benefit, as stated", table.net_total, meaning, table.source))
    return [KeyFigures(tuple(found))] if found else []


def _figure(label: str, amount: object, meaning: str, source: object) -> KeyFigure:
    return KeyFigure(label, stored("millions", amount), meaning=meaning, source=str(source or ""))


def _workstreams(snapshot: Snapshot) -> Table:
    counts = ["Under way", "Proposals", "Milestones due in 30 days", "Milestones forecast late"]
    return Table.of(
        "Workstreams",
        ["Workstream", *((title, "number") for title in counts)],
        [
            [one.name, one.under_way, one.proposals, one.due_soon, one.late]
            for one in snapshot.overview.workstreams
        ],
        empty="No workstream has been entered yet.",
    )


def _next(milestones: tuple[MilestoneRow, ...]) -> Table:
    return Table.of(
        "Next milestones",
        ["Milestone", "Project", ("Approved", "date"), ("Forecast", "date"), ("Working days late", "number")],
        [
            [
                one.name,
                one.project,
                one.approved,
                one.forecast,
                one.days_late if one.approved else None,
            ]
            for one in milestones
        ],
    )
