"""Payback and its scenarios."""

from django.urls import path

from ..views import payback_scenarios as scenarios
from ..views.payback import PaybackPage

urlpatterns = [
    path("payback/", PaybackPage.as_view(), name="payback"),
    path("payback/save/", scenarios.SaveScenario.as_view(), name="save-scenario"),
    path("payback/compare/", scenarios.ComparePage.as_view(), name="compare-scenarios"),
    path("payback/scenarios/<int:pk>/", scenarios.ScenarioPage.as_view(), name="scenario"),
    path("payback/scenarios/<int:pk>/withdraw/", scenarios.WithdrawScenario.as_view()),
]
