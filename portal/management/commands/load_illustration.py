from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.illustration.telling import CannotTell, tell


class Command(BaseCommand):
    help = "Load made-up work over six months and stop the clock at 30 November 2022. Refused in production."

    def handle(self, *arguments: Any, **options: Any) -> None:
        try:
            told = tell()
        except CannotTell as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "The illustration is loaded; every page says so."
            if told
            else "The illustration was loaded before."
        )
