"""The register of risks, and each risk."""

from django.urls import path

from ..views import register

urlpatterns = [
    path("risks/", register.RiskList.as_view(), name="risks"),
]
