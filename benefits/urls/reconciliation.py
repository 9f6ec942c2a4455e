"""Reconciliations, their movements, and the stated figures that they bridge."""

from django.urls import path

from ..views import classes, reconciliation, stated_figures
from ..views import reconciliation_changes as changes

_ONE = "reconciliation/<str:ref>/"
_FIGURES = "reconciliation/figures/"

urlpatterns = [
    path("reconciliation/", reconciliation.ReconciliationList.as_view(), name="reconciliations"),
    path("reconciliation/add/", changes.AddReconciliation.as_view(), name="add-reconciliation"),
    path(_FIGURES, stated_figures.StatedFigureList.as_view(), name="stated-figures"),
    path(f"{_FIGURES}add/", stated_figures.AddStatedFigure.as_view(), name="add-stated-figure"),
    path(f"{_FIGURES}<str:ref>/", stated_figures.StatedFigurePage.as_view(), name="stated-figure"),
    path(f"{_FIGURES}<str:ref>/correct/", stated_figures.CorrectStatedFigure.as_view()),
    path(f"{_FIGURES}<str:ref>/class/", classes.ClassifyStatedFigure.as_view()),
    path(f"{_FIGURES}<str:ref>/withdraw/", stated_figures.WithdrawStatedFigure.as_view()),
    path(_ONE, reconciliation.ReconciliationPage.as_view(), name="reconciliation"),
    path(f"{_ONE}change/", changes.ChangeReconciliation.as_view()),
    path(f"{_ONE}withdraw/", changes.WithdrawReconciliation.as_view()),
    path(f"{_ONE}sign-off/", changes.SignOff.as_view()),
    path(f"{_ONE}take-back/", changes.TakeBack.as_view()),
    path(f"{_ONE}movements/add/", changes.AddMovement.as_view()),
    path(f"{_ONE}movements/<int:pk>/", changes.ChangeMovement.as_view()),
    path(f"{_ONE}movements/<int:pk>/withdraw/", changes.WithdrawMovement.as_view()),
]
