"""Investment and the transformation reserve."""

from django.urls import path

from ..views import classes, cost_changes, investment, reserve

_LINE = "investment/<str:ref>/"

urlpatterns = [
    path("investment/", investment.Investment.as_view(), name="investment"),
    path("investment/add/", cost_changes.AddCostLine.as_view(), name="add-cost-line"),
    path(_LINE, investment.CostLinePage.as_view(), name="cost-line"),
    path(f"{_LINE}change/", cost_changes.ChangeCostLine.as_view()),
    path(f"{_LINE}class/", classes.ClassifyCostLine.as_view()),
    path(f"{_LINE}withdraw/", cost_changes.WithdrawCostLine.as_view()),
    path(f"{_LINE}budget/", cost_changes.BudgetYears.as_view()),
    path(f"{_LINE}forecast/", cost_changes.ForecastYears.as_view()),
    path(f"{_LINE}actual/", cost_changes.ActualYears.as_view()),
    path("reserve/", reserve.ReserveLedger.as_view(), name="reserve"),
    path("reserve/enter/", reserve.Enter.as_view(), name="enter-into-reserve"),
    path("reserve/<int:pk>/", reserve.EntryPage.as_view(), name="reserve-entry"),
    path("reserve/<int:pk>/take-back/", reserve.TakeBack.as_view()),
]
