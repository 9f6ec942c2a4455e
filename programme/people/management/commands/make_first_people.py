from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programme.foundation import calendar
from programme.people import actions
from programme.people.choices import Role, ScopeKind
from programme.people.models import Appointment, Scope, User

REASON = "The first people of the portal"


class Command(BaseCommand):
    help = (
        "Makes the first programme manager and the first Senior Responsible Officer, so that a council can "
        "begin: everybody else is made and appointed on the portal's pages. Also fills a vacancy that the "
        "pages cannot, when nobody holds one of the two roles. Passwords are asked for, or read from the "
        "standard input, one a line, the programme manager's first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme-manager", required=True, metavar="USERNAME")
        parser.add_argument("--sro", required=True, metavar="USERNAME")
        parser.add_argument("--programme-manager-post", default="Programme Manager", metavar="POST")
        parser.add_argument("--sro-post", default="Senior Responsible Officer", metavar="POST")

    def handle(self, *arguments: Any, **options: Any) -> None:
        if options["programme_manager"] == options["sro"]:
            raise CommandError("The programme manager and the SRO are two people: each checks the other.")
        programme = Scope.objects.live().filter(kind=ScopeKind.PROGRAMME).first()
        if programme is None:
            raise CommandError("There is no programme yet: run manage.py load_business_case first.")
        board = Scope.objects.live().filter(kind=ScopeKind.BODY, key="programme-board").first() or programme
        try:
            with transaction.atomic():
                self._fill(programme, board, options)
        except (ValidationError, PermissionDenied) as refused:
            raise CommandError(" ".join(getattr(refused, "messages", [str(refused)]))) from refused

    def _fill(self, programme: Scope, board: Scope, options: dict[str, Any]) -> None:
        held = set(Appointment.objects.in_force().values_list("role", flat=True))
        if {Role.PROGRAMME_MANAGER, Role.SRO} <= held:
            raise CommandError("There is a programme manager and an SRO: make people on the portal's pages.")
        if Role.PROGRAMME_MANAGER not in held:
            manager = self._person(options["programme_manager"], options["programme_manager_post"])
            self._appoint(manager, Role.PROGRAMME_MANAGER, programme)
        if Role.SRO not in held:
            sro = self._person(options["sro"], options["sro_post"])
            appointment = self._appoint(sro, Role.SRO, board)
            manager = User.objects.get(username=options["programme_manager"])
            actions.confirm_first_sro(appointment, by=manager, reason=REASON)

    def _appoint(self, person: User, role: str, scope: Scope) -> Appointment:
        installer, today = User.objects.installer(), calendar.today()
        appointment = actions.appoint(
            person, role=role, scope=scope, starts=today, by=installer, reason=REASON
        )
        self.stdout.write(f"{person.username} is {Role(role).label} from {today}.")
        return appointment

    def _person(self, username: str, post: str) -> User:
        """The person of that name, made now unless there is one."""
        person = User.objects.filter(username=username).first()
        return person or actions.make_person(
            username=username,
            post=post,
            password=self._ask(username),
            by=User.objects.installer(),
            reason=REASON,
        )

    def _ask(self, username: str) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass(f"Password for {username}: ")
        if first != getpass.getpass("The same again: "):
            raise CommandError("The two passwords differ. Nothing was made.")
        return first
