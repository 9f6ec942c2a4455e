from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "programme.foundation"
    label = "foundation"
    verbose_name = "Foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .immutability import check_triggers, install_triggers

        post_migrate.connect(install_triggers, sender=self)
        checks.register(check_triggers, checks.Tags.database)
