from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "programme.people"
    label = "people"
    verbose_name = "People and appointments"
    default_auto_field = "django.db.models.BigAutoField"
