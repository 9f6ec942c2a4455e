from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_save


class FoundationConfig(AppConfig):
    name = "programme.foundation"
    label = "foundation"
    verbose_name = "Foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .history import refuse_untracked
        from .immutability import check_triggers, install_triggers

        pre_save.connect(refuse_untracked)
        post_migrate.connect(install_triggers, sender=self)
        checks.register(check_triggers, checks.Tags.database)
