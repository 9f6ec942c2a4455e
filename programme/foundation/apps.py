from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "programme.foundation"
    label = "foundation"
    verbose_name = "Foundation"
    default_auto_field = "django.db.models.BigAutoField"
