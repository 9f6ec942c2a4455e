from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "programme.portfolio"
    label = "portfolio"
    verbose_name = "Programme, workstreams and projects"
    default_auto_field = "django.db.models.BigAutoField"
