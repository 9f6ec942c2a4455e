"""The register of risks, and each risk."""

from django.urls import path

from ..views import register, risk

urlpatterns = [
    path("risks/", register.RiskList.as_view(), name="risks"),
    path("risks/<str:ref>/", risk.RiskPage.as_view(), name="risk"),
]
