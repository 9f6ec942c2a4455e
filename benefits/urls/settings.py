"""What is settled about benefits."""

from django.urls import path

from ..views import settings

urlpatterns = [
    path("settings/", settings.SettingsPage.as_view(), name="benefits-settings"),
    path("settings/change/", settings.ChangeSettings.as_view(), name="benefits-settings-change"),
]
