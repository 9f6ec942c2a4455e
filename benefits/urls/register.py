"""The register of benefits, and each benefit with its lines."""

from django.urls import path

from ..views import benefit, benefit_changes, benefit_moves, classes, line, line_changes, register, threats

LINE = "<str:benefit>/lines/<str:ref>/"

urlpatterns = [
    path("list/", register.LineList.as_view(), name="benefit-lines"),
    path("list/benefits/", register.BenefitList.as_view(), name="benefit-list"),
    path("add/", benefit_changes.AddBenefit.as_view(), name="benefit-add"),
    path("<str:ref>/", benefit.BenefitPage.as_view(), name="benefit"),
    path("<str:ref>/change/", benefit_changes.ChangeBenefit.as_view(), name="benefit-change"),
    path("<str:ref>/shares/", benefit_changes.Share.as_view(), name="benefit-shares"),
    path("<str:ref>/milestones/add/", benefit_changes.AddMilestone.as_view(), name="benefit-milestone-add"),
    path(
        "<str:ref>/milestones/<int:pk>/end/",
        benefit_changes.EndMilestone.as_view(),
        name="benefit-milestone-end",
    ),
    path("<str:ref>/threats/add/", threats.AddThreat.as_view(), name="benefit-threat-add"),
    path("<str:ref>/threats/<int:pk>/end/", threats.EndThreat.as_view(), name="benefit-threat-end"),
    path("<str:ref>/class/", classes.ClassifyBenefit.as_view(), name="benefit-class"),
    path("<str:ref>/withdraw/", benefit_changes.WithdrawBenefit.as_view(), name="benefit-withdraw"),
    path("<str:ref>/agree/", benefit_moves.Agree.as_view(), name="benefit-agree"),
    path("<str:ref>/take-back/", benefit_moves.TakeBack.as_view(), name="benefit-take-back"),
    path("<str:ref>/approve/", benefit_moves.Approve.as_view(), name="benefit-approve"),
    path("<str:ref>/status/", benefit_moves.MoveStatus.as_view(), name="benefit-status"),
    path("<str:ref>/lines/add/", line_changes.AddLine.as_view(), name="line-add"),
    path(LINE, line.LinePage.as_view(), name="line"),
    path(f"{LINE}change/", line_changes.ChangeLine.as_view(), name="line-change"),
    path(f"{LINE}forecast/", line_changes.ChangeForecast.as_view(), name="line-forecast"),
    path(f"{LINE}approved/", line_changes.ChangeApproved.as_view(), name="line-approved"),
    path(f"{LINE}gap/", line_changes.ClassifyGap.as_view(), name="line-gap"),
    path(f"{LINE}references/add/", line_changes.AddReference.as_view(), name="line-reference-add"),
    path(f"{LINE}references/<int:pk>/end/", line_changes.EndReference.as_view(), name="line-reference-end"),
    path(f"{LINE}class/", classes.ClassifyLine.as_view(), name="line-class"),
    path(f"{LINE}withdraw/", line_changes.WithdrawLine.as_view(), name="line-withdraw"),
]
