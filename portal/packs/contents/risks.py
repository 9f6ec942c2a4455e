"""Section 12: the matrix now and aimed at, the risks by importance, what is outside appetite, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.packs.blocks import Block, Chart, Listing, Paragraph, Section, Table
from programme.foundation import calendar
from risks.choices import Finding, Movement
from risks.pictures.movement import picture, ways
from risks.words import movement as movement_words

from . import risk_matrix
from .projects import class_words
from .register import Register
from .snapshot import Snapshot
from .withheld import register_left_out

TITLE = "Risks"
DRAWN = "An arrow says how many risks went that way, or which one; + and − how many came in and left there."
MOST_PRINTED, MOST_IN_FULL, MOST_MOVED = 300, 15, 100  # the workbook has them all
NOTE = (
    "Each score is likelihood × impact, from 1 to 25; the matrix gives it its band. The highest score stands "
    "first. What is not yet scored stands in a table of its own."
)
TO_LOOK_AT = {
    Finding.OVERDUE: ("review is overdue", "reviews are overdue"),
    Finding.EXPIRED: ("acceptance has run out", "acceptances have run out"),
    Finding.UNOWNED: ("risk has no owner", "risks have no owner"),
    Finding.NO_ACTION: (
        "risk to be treated has no action",
        "risks to be treated have no action",
    ),
    Finding.ACTION_OVERDUE: ("risk has an overdue action", "risks have an overdue action"),
}


def section(number: str, snapshot: Snapshot) -> Section:
    register = snapshot.register
    if register is None:
        return Section(number, TITLE, register_left_out(snapshot, "Risks"))
    if register.risks:
        blocks = [*risk_matrix.blocks(register), *_to_look_at(register)]
        blocks += [*_not_scored(register), _outside(register), *_register(register)]
    else:
        blocks = [Paragraph("No risk of the register may still happen.")]
    return Section(number, TITLE, (*blocks, *_movement(register)))


def _to_look_at(register: Register) -> Iterator[Listing]:
    counts = Counter(finding for one in register.risks for finding in register.findings(one))
    told = [
        f"{counts[finding]:,} {one if counts[finding] == 1 else many}."
        for finding, (one, many) in TO_LOOK_AT.items()
        if counts[finding]
    ]
    if told:
        yield Listing(tuple(told))


def _not_scored(register: Register) -> Iterator[Table]:
    rows = [one for one in register.risks if not one.is_scored]
    if rows:
        yield Table.of(
            "Risks not yet scored",
            ["Reference", "Risk", "Place", "Owner", ("Next review", "date"), "Status", "Class"],
            [
                [one.ref, one.title, register.place(one), _owner(one), one.review_due, *_standing(one)]
                for one in rows
            ],
            note="Nobody has said yet how likely they are and how much they would hurt.",
            print_rows=MOST_PRINTED,
        )


def _outside(register: Register) -> Table:
    rows = [one for one in register.risks if one.is_outside_appetite and not register.is_covered(one)]
    columns: list[Any] = ["Reference", "Risk", "Category", ("Tolerated", "number"), ("Now", "number")]
    return Table.of(
        "Outside appetite, without an acceptance that covers it",
        [*columns, "Owner", "Status", "Accepted until"],
        [
            [
                *(one.ref, one.title, one.category.name, one.category.highest_tolerated, one.current.value),
                *(_owner(one), one.status_words, _accepted(register, one)),
            ]
            for one in rows
        ],
        note="Tolerated is the highest score that the category’s appetite allows. What is above it must be "
        "accepted by a decision of the board, or escalated.",
        empty="No risk is outside appetite without an acceptance that covers it.",
    )


def _accepted(register: Register, risk: Any) -> str | None:
    found = register.acceptances.get(risk.pk)
    if found is None:
        return None
    why = "it has run out" if found.expires < register.day else "not enough for this score"
    return f"{calendar.in_words(found.expires)}; {why}"


def _register(register: Register) -> Iterator[Table]:
    rows = [one for one in register.risks if one.is_scored]
    if rows:
        yield _by_importance(register, rows)
        yield _in_full(register, rows)


def _by_importance(register: Register, rows: list[Any]) -> Table:
    matrix = register.yardstick.matrix
    columns: list[Any] = ["Reference", "Risk", "Place", "Owner"]
    columns += [("Score", "number"), "Band", ("Target", "number"), "Response", ("Next review", "date")]
    return Table.of(
        "Risks by importance",
        [*columns, "Status", "Class"],
        [
            [
                *(one.ref, one.title, register.place(one), _owner(one), one.current.value),
                *(matrix.band(one.current).label, one.target.value if one.target else None),
                *(one.get_response_display() or None, one.review_due, *_standing(one)),
            ]
            for one in rows
        ],
        note=NOTE,
        print_rows=MOST_PRINTED,
    )


def _in_full(register: Register, rows: list[Any]) -> Table:
    held = register.yardstick
    shares = {"Reference": 11, "Cause": 15, "What may happen": 16, "Effect": 14, "Controls": 13, "Now": 11}
    columns: list[Any] = [(title, "text", share) for title, share in shares.items()]
    return Table.of(
        "What may happen, why, and what is done about it",
        [*columns, ("Actions not done", "text", 20)],
        [
            [
                *(one.ref, one.cause or None, one.event or one.title),
                *(one.effect or None, one.controls or None),
                *(held.in_full(one.current), _actions(register, one)),
            ]
            for one in rows
        ],
        note="In the same order. A dash is what nobody has said yet.",
        print_rows=MOST_IN_FULL,
    )


def _actions(register: Register, risk: Any) -> str | None:
    planned = [one for one in register.actions.get(risk.pk, []) if one.done_on is None]
    words = (
        f"{one.what} ({calendar.in_words(one.due)}{', overdue' if one.is_overdue(register.day) else ''})"
        for one in sorted(planned, key=lambda one: (one.due, one.pk))
    )
    return "; ".join(words) or None


def _owner(one: Any) -> str:
    return str(one.owner or "Nobody yet")


def _standing(one: Any) -> tuple[str, str]:
    return one.status_words, class_words(one)


def _movement(register: Register) -> Iterator[Block]:
    found, since = register.moved, register.since
    if not (found.moved or found.same):
        return
    against = "the last pack" if register.since_pack else "a month before, as there is no earlier pack"
    words = movement_words.in_a_sentence(found.tally, since)
    yield Paragraph(f"{words} Compared with {against}.")
    table = _moved(register)
    figure = picture(ways(found.moved), register.yardstick, summary=DRAWN)
    yield Chart.of(figure, title=table.caption, table=table) if figure else table


def _moved(register: Register) -> Table:
    """Each risk that moved, the most important first."""
    found, since = register.moved, register.since
    order = {what: place for place, what in enumerate(Movement)}
    return Table.of(
        f"What moved since {calendar.in_words(since)}",
        ["Reference", "Risk", "What happened", "Before", "Now"],
        [
            [
                *(one.risk.ref, one.risk.title, movement_words.plain(one)),
                *(movement_words.moment(one.before), movement_words.moment(one.now)),
            ]
            for one in sorted(found.moved, key=lambda one: order[one.movements[0]])
        ],
        note="Bands are by the matrix of each of the two days.",
        empty="Nothing moved.",
        print_rows=MOST_MOVED,
    )
