"""Section 14: the Programme Board and the other bodies, by post."""

from portal.packs.blocks import Block, Heading, Listing, Notice, Paragraph, Section, Table
from programme.people.choices import Role
from programme.people.models import Appointment
from programme.portfolio.choices import BodyKind
from programme.portfolio.models import Body

from .snapshot import Snapshot
from .withheld import INTERNAL_LEFT_OUT


def section(number: str, snapshot: Snapshot) -> Section:
    if snapshot.is_open:
        blocks: tuple[Block, ...] = (Notice("exempt", "Bodies left out", INTERNAL_LEFT_OUT),)
        return Section(number, "Programme Board and other bodies", blocks)
    boards = [one for one in snapshot.bodies if one.kind == BodyKind.PROGRAMME_BOARD]
    others = [one for one in snapshot.bodies if one.kind != BodyKind.PROGRAMME_BOARD]
    found: list[Block] = []
    for board in boards:
        found += _board(board, snapshot)
    found.append(_others(others, snapshot))
    found.append(_appointments(snapshot.appointments))
    return Section(number, "Programme Board and other bodies", tuple(found))


def _board(board: Body, snapshot: Snapshot) -> list[Block]:
    blocks: list[Block] = [Heading(board.name)]
    if board.purpose:
        blocks.append(Paragraph(board.purpose))
    seats = [one for one in snapshot.seats if one.body_id == board.pk]
    blocks.append(
        Table.of(
            f"{board.name}: membership",
            ["Post", "Seat"],
            [[one.post, one.get_role_display()] for one in seats],
            note="By post, as the terms of reference name them.",
            empty="No seat has been entered yet.",
        )
    )
    if board.terms:
        blocks += [Heading("Terms of reference"), Listing(tuple(board.terms))]
    return blocks


def _others(bodies: list[Body], snapshot: Snapshot) -> Table:
    rows = [
        [
            one.name,
            one.get_kind_display(),
            one.purpose,
            "; ".join(seat.post for seat in snapshot.seats if seat.body_id == one.pk) or None,
        ]
        for one in bodies
    ]
    columns = ["Body", "Kind", "Purpose", "Seats"]
    return Table.of("Other bodies", columns, rows, empty="No other body has been entered yet.")


def _appointments(appointments: tuple[Appointment, ...]) -> Table:
    roles = list(Role)
    held = sorted(appointments, key=lambda one: (roles.index(Role(one.role)), one.person.post))
    return Table.of(
        "Roles held",
        ["Post", "Number", "Role", "For"],
        [[one.person.post, one.person.number, one.role_words, one.scope.name] for one in held],
        note="Appointments in force on the date of this pack. The number stands for the person.",
        empty="Nobody has been appointed yet.",
    )
