"""Section 13: what has happened and hurts now, and the decisions that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.packs.blocks import Block, Paragraph, Section, Table

from .projects import class_words
from .register import Register
from .snapshot import Snapshot
from .withheld import register_left_out

TITLE = "Issues"
MOST_PRINTED = 100  # the workbook has them all


def section(number: str, snapshot: Snapshot) -> Section:
    register = snapshot.register
    if register is None:
        return Section(number, TITLE, register_left_out(snapshot, "Issues"))
    if not register.issues:
        return Section(number, TITLE, (Paragraph("No issue is open."),))
    blocks: list[Block] = [Paragraph(_in_a_sentence(register)), *_asking(register), _open(register)]
    return Section(number, TITLE, tuple(blocks))


def _waiting(register: Register) -> list[Any]:
    return [one for one in register.issues if one.decision_asked and one.decision_id is None]


def _in_a_sentence(register: Register) -> str:
    number, late = len(register.issues), sum(one.is_overdue(register.day) for one in register.issues)
    asks = len(_waiting(register))
    words = [f"{number:,} {'issue is' if number == 1 else 'issues are'} open"]
    words += [f"{late:,} {'is' if late == 1 else 'are'} overdue"] if late else []
    words += [f"{asks:,} {'asks' if asks == 1 else 'ask'} for a decision"] if asks else []
    return f"{'; '.join(words)}."


def _asking(register: Register) -> Iterator[Table]:
    if rows := _waiting(register):
        yield Table.of(
            "Decisions that issues ask for",
            ["Reference", "Issue", "Decision asked for", "Asked of"],
            [[one.ref, one.title, one.decision_asked, str(one.asked_of)] for one in rows],
            note="Not yet answered by a decision of the register.",
            print_rows=MOST_PRINTED,
        )


def _open(register: Register) -> Table:
    columns: list[Any] = ["Reference", "Issue", "What happened", "Severity", "Place", "Owner"]
    columns += [("Resolve by", "date"), "Late", "What is done about it"]
    return Table.of(
        "Open issues",
        [*columns, "Answer", "Class"],
        [
            [
                *(one.ref, one.title, one.what_happened, one.get_severity_display(), register.place(one)),
                *(str(one.owner or "Nobody yet"), one.due),
                *("Overdue" if one.is_overdue(register.day) else None, one.plan or None),
                *(one.decision.reference if one.decision else None, class_words(one)),
            ]
            for one in register.issues
        ],
        note="The severest first. The answer is the decision of the register that settled what was asked.",
        print_rows=MOST_PRINTED,
    )
