from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class RisksConfig(AppConfig):
    name = "risks"
    label = "risks"
    verbose_name = "Risks and issues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .installing import defaults, locks

        post_migrate.connect(defaults.install, sender=self)
        post_migrate.connect(locks.install, sender=self)
        checks.register(locks.check, checks.Tags.database)
