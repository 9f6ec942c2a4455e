from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class BenefitsConfig(AppConfig):
    name = "benefits"
    label = "benefits"
    verbose_name = "Benefits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import locks

        post_migrate.connect(locks.install, sender=self)
        checks.register(locks.check, checks.Tags.database)
