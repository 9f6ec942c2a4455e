"""The rules of appointing. Pure: facts in, sentences out; no models, no queries.

Source: the domain's "People and roles". Nobody appoints themselves; SRO, board member, finance reviewer and
auditor need a second person to confirm, who is neither the person nor whoever appointed; an auditor holds
no writing role; a role is held on the kinds of place that `grants.HELD_ON` names, once at a time.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .choices import Role, ScopeKind, Speciality
from .grants import EVERYWHERE_ELSE, HELD_ON, READING_ROLES, SECOND_PERSON

ALL = "__all__"  # what Django calls a refusal that belongs to no single field
EARLIEST = datetime.date(1974, 4, 1)  # district councils as they are today began on this day
FURTHEST = 10 * 366  # days ahead: an appointment further off is a slip of the pen


@dataclass(frozen=True)
class Tenure:
    """A role on a place (by its number) from a first to a last day, both counted; no last day is open."""

    role: str
    scope: int
    starts: datetime.date
    ends: datetime.date | None = None

    def overlaps(self, other: Tenure) -> bool:
        begins_in_time = other.ends is None or self.starts <= other.ends
        return begins_in_time and (self.ends is None or other.starts <= self.ends)


def places_for(role: str) -> set[str]:
    """The kinds of scope this role can be held on."""
    return set(HELD_ON.get(Role(role), EVERYWHERE_ELSE))


def wrong_place(role: str) -> str:
    """Where this role is held, for whoever chose another place."""
    return f"{Role(role).label} is a role on {_either(places_for(role))}."


def refusals(
    wanted: Tenure,
    *,
    kind: str,
    speciality: str,
    held: Iterable[Tenure],
    today: datetime.date,
) -> dict[str, str]:
    """Why ``wanted`` cannot be given, as sentences by field; empty when it can.

    ``kind`` is the kind of the place, ``held`` what the person holds, waits for or is to hold.
    """
    found = _date_refusals(wanted, today)
    if kind not in places_for(wanted.role):
        found["scope"] = wrong_place(wanted.role)
    if (wanted.role == Role.SPECIALIST_ADVISER) != bool(speciality):
        found["speciality"] = "Say what the adviser advises on; leave it empty for every other role."
    if clash := _clash(wanted, list(held)):
        found["role"] = clash
    return found


def _date_refusals(wanted: Tenure, today: datetime.date) -> dict[str, str]:
    if wanted.ends is not None and wanted.ends < wanted.starts:
        return {"ends": "The last day cannot be before the first."}
    if wanted.starts < EARLIEST:
        return {"starts": "The first day cannot be before the council was formed on 1 April 1974."}
    if (wanted.starts - today).days > FURTHEST:
        return {"starts": "The first day cannot be more than ten years ahead."}
    return {}


def _clash(wanted: Tenure, held: list[Tenure]) -> str:
    meanwhile = [one for one in held if one.overlaps(wanted)]
    if any((one.role, one.scope) == (wanted.role, wanted.scope) for one in meanwhile):
        return "This person holds this role here already, or waits for it."
    writing = [one.role for one in meanwhile if one.role not in READING_ROLES]
    if wanted.role == Role.AUDITOR and writing:
        return (
            f"An auditor changes nothing, and this person is {Role(writing[0]).label} at that time. "
            "End that appointment first."
        )
    if wanted.role not in READING_ROLES and any(one.role == Role.AUDITOR for one in meanwhile):
        return (
            f"This person is auditor at that time, and an auditor changes nothing: "
            f"{Role(wanted.role).label} is a writing role."
        )
    return ""


def _either(kinds: Collection[str]) -> str:
    names = [ScopeKind(kind).label.lower() for kind in ScopeKind.values if kind in kinds]
    return "the programme" if names == ["programme"] else " or ".join(f"a {name}" for name in names)


def why_not_end(
    ends: datetime.date, *, starts: datetime.date, until: datetime.date | None, is_over: bool
) -> str:
    """Why an appointment from ``starts`` until ``until`` cannot end on ``ends``; empty when it can."""
    if is_over:
        return "This appointment has ended already."
    if ends < starts:
        return "The last day cannot be before the first."
    if until is not None and ends > until:
        return "This would prolong the appointment; appoint the person anew instead."
    return ""


def confirmable_roles(permissions: Collection[str], specialities: Collection[str]) -> set[str]:
    """The roles that somebody with these permissions may confirm.

    The finance adviser confirms a finance reviewer; other advisers hold the same role, but not the case.
    """
    own = set(permissions)
    if "people.confirm_sro" not in own and Speciality.FINANCE not in specialities:
        own.discard("people.confirm_finance_reviewer")
    return {role for role, needed in SECOND_PERSON.items() if needed in own}


def why_not_confirm(role: str, *, is_oneself: bool, appointed_it: bool, confirmable: Collection[str]) -> str:
    """Why this person cannot confirm an appointment that waits; empty when they can."""
    if is_oneself:
        return "Nobody confirms their own appointment."
    if appointed_it:
        return "Whoever appoints cannot also confirm: a second person must."
    if role not in confirmable:
        also = " or the finance adviser" if role == Role.FINANCE_REVIEWER else ""
        return f"This waits for the Senior Responsible Officer{also}."
    return ""
