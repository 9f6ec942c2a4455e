"""The people of the demonstration: one for each way of looking at the portal. Never in production.

Posts and places are those of the business case. They hold their roles from 4 July 2022, the day after
which the business case was reported, and all share one password: ``DEMO_PASSWORD``, or a random one kept
in ``DATA_DIR/demo-password`` where only its owner can read it.
"""

from __future__ import annotations

import datetime
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from programme.foundation import calendar

from . import actions
from .choices import Role, ScopeKind, Speciality
from .models import Appointment, Scope, User

BEGINNING = datetime.datetime(2022, 7, 4, 9, tzinfo=calendar.LONDON)
REASON = "Set up for the demonstration"

Place = tuple[str, str]
PROGRAMME: Place = (ScopeKind.PROGRAMME, "transforming-east-herts")
BOARD: Place = (ScopeKind.BODY, "programme-board")
AGILE: Place = (ScopeKind.WORKSTREAM, "agile-sustainable")
COMMERCIAL: Place = (ScopeKind.WORKSTREAM, "commercial")
DIGITAL: Place = (ScopeKind.WORKSTREAM, "digital")
DIGITAL_GROUP: Place = (ScopeKind.BODY, "delivery-digital")
CRM: Place = (ScopeKind.PROJECT, "dig-01")


class DemonstrationRefused(Exception):
    """The demonstration's people cannot be made here; the sentence says why."""


@dataclass(frozen=True)
class Part:
    """A person of the demonstration, with roles as (role, place), and an adviser's speciality."""

    username: str
    post: str
    roles: tuple[tuple[str, Place], ...]
    speciality: str = ""


# In this order: each who confirms others comes before them.
PARTS = (
    Part("programme-manager", "Programme Manager", ((Role.PROGRAMME_MANAGER, PROGRAMME),)),
    Part("sro", "Deputy Chief Executive", ((Role.SRO, BOARD),)),
    Part("chief-executive", "Chief Executive", ((Role.BOARD_MEMBER, BOARD),)),
    Part("legal", "Head of Legal and Democratic Services", ((Role.BOARD_MEMBER, BOARD),)),
    Part(
        "finance",
        "Head of Strategic Finance and Property",
        ((Role.SPECIALIST_ADVISER, BOARD), (Role.FINANCE_REVIEWER, PROGRAMME), (Role.RISK_OWNER, PROGRAMME)),
        Speciality.FINANCE,
    ),
    Part(
        "hr",
        "Head of HR and OD",
        ((Role.SPECIALIST_ADVISER, BOARD), (Role.RISK_OWNER, PROGRAMME)),
        Speciality.HR,
    ),
    Part(
        "communications",
        "Communications Manager",
        ((Role.SPECIALIST_ADVISER, BOARD), (Role.COMMUNICATIONS, PROGRAMME)),
        Speciality.COMMUNICATIONS,
    ),
    Part(
        "lead-agile",
        "Lead for Be Agile and Sustainable",
        ((Role.WORKSTREAM_LEAD, AGILE), (Role.BENEFIT_OWNER, AGILE), (Role.GROUP_MEMBER, DIGITAL_GROUP)),
    ),
    Part(
        "lead-commercial",
        "Lead for Be Commercial",
        ((Role.WORKSTREAM_LEAD, COMMERCIAL), (Role.GROUP_MEMBER, DIGITAL_GROUP)),
    ),
    Part(
        "lead-digital",
        "Lead for Be Digital",
        ((Role.WORKSTREAM_LEAD, DIGITAL), (Role.RISK_OWNER, PROGRAMME)),
    ),
    Part(
        "pm-crm",
        "Project Manager, single view of the customer",
        ((Role.PROJECT_MANAGER, CRM), (Role.RISK_OWNER, CRM), (Role.AUTHOR, CRM)),
    ),
    Part("auditor", "Internal Auditor", ((Role.AUDITOR, PROGRAMME),)),
    Part("staff", "Customer Services Adviser", ((Role.STAFF, PROGRAMME),)),
)


@transaction.atomic
def load() -> list[User]:
    """Makes, appoints and confirms everybody of the demonstration; running it again changes nothing.

    Raises :class:`DemonstrationRefused` in production, before the business case is loaded, and where one of
    the user names belongs to somebody who is not of the demonstration.
    """
    if settings.PRODUCTION:
        raise DemonstrationRefused("Production has no demonstration: nothing was made.")
    places = _places()
    people = [_person(part) for part in PARTS]
    keep_password(password())
    for part, person in zip(PARTS, people, strict=True):
        for role, place in part.roles:
            _appoint(person, role, places[place], part.speciality if role == Role.SPECIALIST_ADVISER else "")
    return people


def _places() -> dict[Place, Scope]:
    wanted = {place for part in PARTS for _, place in part.roles}
    found = {
        (scope.kind, scope.key): scope for scope in Scope.objects.live() if (scope.kind, scope.key) in wanted
    }
    if missing := sorted(f"{kind} {key}" for kind, key in wanted - set(found)):
        raise DemonstrationRefused(
            f"There is no {', no '.join(missing)}: run manage.py load_business_case first. Nothing was made."
        )
    return found


def _person(part: Part) -> User:
    person = User.objects.filter(username=part.username).first()
    if person is not None and not person.is_demo:
        raise DemonstrationRefused(
            f"“{part.username}” is somebody's own user name already: nothing was made."
        )
    return person or actions.make_person(
        username=part.username,
        post=part.post,
        password=None,
        is_demo=True,
        by=User.objects.installer(),
        reason=REASON,
        effective=BEGINNING,
    )


def _appoint(person: User, role: str, scope: Scope, speciality: str) -> None:
    """Unless they hold or once held it: what somebody ended since then stays ended."""
    if (
        Appointment.objects.live().filter(person=person, role=role, scope=scope).exists()
        or not person.is_active
    ):
        return
    appointment = actions.appoint(
        person,
        role=role,
        scope=scope,
        speciality=speciality,
        starts=BEGINNING.date(),
        by=User.objects.installer(),
        reason=REASON,
        effective=BEGINNING,
    )
    if not appointment.is_waiting:
        return
    second = User.objects.get(username="programme-manager" if role == Role.SRO else "sro")
    confirm = actions.confirm_first_sro if role == Role.SRO else actions.confirm
    confirm(appointment, by=second, reason=REASON, effective=BEGINNING)


def password() -> str:
    """The password that all of them share: set in the environment, or random and kept with the data."""
    return settings.DEMO_PASSWORD or _kept_password(Path(settings.DATA_DIR) / "demo-password")


def _kept_password(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = "-".join(secrets.token_hex(2) for _ in range(4))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{made}\n")
    return made


def keep_password(plain: str) -> None:
    """Gives everybody of the demonstration this password, unless it is theirs already; hashed once."""
    people = User.objects.filter(is_demo=True)
    hashes = set(people.values_list("password", flat=True))
    if len(hashes) == 1 and check_password(plain, hashes.pop()):
        return
    people.update(password=make_password(plain))


def sign_ins() -> list[tuple[str, str, str]]:
    """User name, post and roles of everybody of the demonstration who can sign in, in the order above."""
    order = [part.username for part in PARTS]
    people = User.objects.filter(is_demo=True, is_active=True)
    rows = [(one.username, one.post, ", ".join(one.standing.labels)) for one in people]
    return sorted(rows, key=lambda row: order.index(row[0]) if row[0] in order else len(order))
