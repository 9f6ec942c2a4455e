"""Section 15: the register of decisions, what is new in it, and the reports to the Executive."""

from typing import Any

from portal.packs.blocks import Block, Notice, Paragraph, Section, Table
from programme.foundation import calendar

from .projects import class_words
from .snapshot import Snapshot
from .withheld import INTERNAL_LEFT_OUT


def section(number: str, snapshot: Snapshot) -> Section:
    blocks: list[Block] = []
    if snapshot.is_open:
        blocks.append(Notice("exempt", "The register is left out", INTERNAL_LEFT_OUT))
    else:
        blocks += [Paragraph(_since(snapshot)), _register(snapshot)]
    blocks.append(_reports(snapshot))
    return Section(number, "Decisions and reports", tuple(blocks))


def _since(snapshot: Snapshot) -> str:
    if snapshot.last_pack is None:
        return "This is the first pack, so the whole register is shown."
    new = sum(one.pk in snapshot.new_decisions for one in snapshot.decisions)
    last = f"the last pack ({snapshot.last_pack}, as at {calendar.in_words(snapshot.last_pack.as_at)})"
    if not new:
        return f"No decision has been entered since {last}."
    return f"{new} decision{' has' if new == 1 else 's have'} been entered since {last}, marked as new."


def _register(snapshot: Snapshot) -> Table:
    names = {one.pk: one.name for one in snapshot.bodies}
    columns: list[Any] = [
        ("Reference", "text", 12),
        ("Date", "date"),
        "Body",
        "Question",
        "Outcome",
        "Reasons",
        "New",
    ]
    return Table.of(
        "Register of decisions",
        [*columns, "Class"],
        [
            [
                one.reference,
                one.date,
                names.get(one.body_id),
                one.question,
                one.get_outcome_display(),
                one.reasons,
                "New" if one.pk in snapshot.new_decisions else None,
                class_words(one),
            ]
            for one in snapshot.decisions
        ],
        note="The newest first.",
        print_rows=100,
        empty="No decision has been entered yet.",
    )


def _reports(snapshot: Snapshot) -> Table:
    return Table.of(
        "Reports to the Executive",
        [("Date", "date"), "Subject", "Source"],
        [[one.date, one.subject, one.source_place or None] for one in snapshot.reports],
        empty="No report has been entered yet.",
    )
