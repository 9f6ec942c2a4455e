from django.conf import settings
from django.core.management.base import BaseCommand

from programme.people import demonstration


class Command(BaseCommand):
    help = "Prints the portal's address and who can sign in to the demonstration, with the password."

    def handle(self, *arguments: object, **options: object) -> None:
        self.stdout.write(f"Address:   http://localhost:{settings.PORT}/")
        rows = [] if settings.PRODUCTION else demonstration.sign_ins()
        if not rows:
            self.stdout.write("There are no people of the demonstration here.")
            return
        password = demonstration.password()
        demonstration.keep_password(password)
        self.stdout.write(f"Password:  {password}")
        self.stdout.write("Sign in as:")
        for username, post, roles in rows:
            self.stdout.write(f"  {username:<18} {post} ({roles})")
