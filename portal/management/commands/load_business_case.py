"""Loads the business case; see docs/business-case.md."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.business_case import loading
from portal.business_case.parsing import parse
from portal.business_case.tree import FactsRefused
from programme.people.models import User


class Command(BaseCommand):
    help = "Loads the business case's facts. Loading them again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=loading.FACTS, help="Facts other than the portal's own."
        )
        parser.add_argument("--by", metavar="USERNAME", help="Who loads; without it, the installation.")

    def handle(self, *, file: Path, by: str | None, **_: object) -> None:
        try:
            facts = parse(file)
            outcome = loading.load(facts, by=_person(by))
        except FactsRefused as refused:
            raise CommandError(f"{refused} Nothing was loaded.") from refused
        except ValidationError as invalid:
            words = "; ".join(invalid.messages)
            raise CommandError(f"{file.name}: {words} Nothing was loaded.") from invalid
        if outcome.nothing_changed:
            self.stdout.write("The business case is loaded already; nothing changed.")
        else:
            counts = (
                f"{outcome.added} records added, {outcome.changed} changed, {outcome.withdrawn} withdrawn"
            )
            self.stdout.write(f"The business case is loaded. Records: {counts}.")
        for kept in outcome.kept:
            self.stdout.write(f"Left as people changed it: {kept}.")


def _person(username: str | None) -> User:
    if username is None:
        return User.objects.installer()
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as missing:
        raise CommandError(f"Nobody signs in as “{username}”.") from missing
