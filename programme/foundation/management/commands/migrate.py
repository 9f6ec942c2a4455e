from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own, also where a trigger is missing: migrating is what puts triggers back."""

    def check(self, *arguments: Any, **options: Any) -> None:
        super().check(*arguments, **{**options, "databases": None})
