from django.core.management.base import BaseCommand, CommandError

from programme.people import demonstration


class Command(BaseCommand):
    help = "Makes the people of the demonstration, with their appointments. Running it again changes nothing."

    def handle(self, *arguments: object, **options: object) -> None:
        try:
            people = demonstration.load()
        except demonstration.DemonstrationRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The {len(people)} people of the demonstration are there.")
