"""The savings page, and savings against the budget gap."""

from django.urls import path

from ..views import requirements
from ..views.budget_gap import BudgetGapPage
from ..views.savings import SavingsPage

urlpatterns = [
    path("", SavingsPage.as_view(), name="benefits"),
    path("gap/", BudgetGapPage.as_view(), name="budget-gap"),
    path("gap/add/", requirements.StateRequirement.as_view(), name="requirement-add"),
    path("gap/<int:pk>/correct/", requirements.CorrectRequirement.as_view(), name="requirement-correct"),
    path("gap/<int:pk>/withdraw/", requirements.WithdrawRequirement.as_view(), name="requirement-withdraw"),
]
