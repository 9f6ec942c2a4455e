"""The register of risks, and what can be done to each. A risk's own page is composed in the portal."""

from django.urls import path

from ..views import mitigations, register, risk_changes, risk_moves

RISK = "risks/<str:ref>/"
ACTION = f"{RISK}actions/<int:pk>/"

urlpatterns = [
    path("risks/", register.RiskList.as_view(), name="risks"),
    path("risks/raise/", risk_changes.RaiseRisk.as_view(), name="risk-raise"),
    path(f"{RISK}change/", risk_changes.ChangeRisk.as_view(), name="risk-change"),
    path(f"{RISK}review/", risk_changes.ReviewRisk.as_view(), name="risk-review"),
    path(f"{RISK}class/", risk_changes.ClassifyRisk.as_view(), name="risk-class"),
    path(f"{RISK}withdraw/", risk_changes.WithdrawRisk.as_view(), name="risk-withdraw"),
    path(f"{RISK}escalate/", risk_moves.Escalate.as_view(), name="risk-escalate"),
    path(f"{RISK}take-back/", risk_moves.TakeBack.as_view(), name="risk-take-back"),
    path(f"{RISK}accept/", risk_moves.Accept.as_view(), name="risk-accept"),
    path(f"{RISK}acceptance/end/", risk_moves.EndAcceptance.as_view(), name="risk-acceptance-end"),
    path(f"{RISK}materialise/", risk_moves.Materialise.as_view(), name="risk-materialise"),
    path(f"{RISK}close/", risk_moves.Close.as_view(), name="risk-close"),
    path(f"{RISK}reopen/", risk_moves.Reopen.as_view(), name="risk-reopen"),
    path(f"{RISK}actions/plan/", mitigations.PlanAction.as_view(), name="risk-action-plan"),
    path(f"{ACTION}change/", mitigations.ChangeAction.as_view(), name="risk-action-change"),
    path(f"{ACTION}complete/", mitigations.CompleteAction.as_view(), name="risk-action-complete"),
    path(f"{ACTION}take-back/", mitigations.TakeBackAction.as_view(), name="risk-action-take-back"),
    path(f"{ACTION}withdraw/", mitigations.WithdrawAction.as_view(), name="risk-action-withdraw"),
]
