"""Claims, budgets, closing years and double counting."""

from django.urls import path

from ..views import budgets, claiming, claims, double_counting, years

urlpatterns = [
    path("<slug:benefit>/lines/<slug:ref>/claim/", claiming.MakeClaim.as_view(), name="claim"),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<slug:ref>/", claims.ClaimPage.as_view(), name="claim-page"),
    path("claims/<slug:ref>/evidence/", claims.Evidence.as_view(), name="claim-evidence"),
    path("claims/<slug:ref>/again/", claiming.ClaimAgain.as_view(), name="claim-again"),
    path("claims/<slug:ref>/confirm/", claiming.Confirm.as_view(), name="claim-confirm"),
    path("claims/<slug:ref>/correct/", claiming.Correct.as_view(), name="claim-correct"),
    path("claims/<slug:ref>/return/", claiming.SendBackByOffice.as_view(), name="claim-return"),
    path("claims/<slug:ref>/send-back/", claiming.SendBack.as_view(), name="claim-send-back"),
    path("claims/<slug:ref>/verify/", claiming.Verify.as_view(), name="claim-verify"),
    path("claims/<slug:ref>/withdraw/", claiming.Withdraw.as_view(), name="claim-withdraw"),
    path("budgets/", budgets.BudgetList.as_view(), name="budgets"),
    path("budgets/load/", budgets.LoadBudgets.as_view(), name="budgets-load"),
    path("budgets/<int:pk>/withdraw/", budgets.WithdrawBudget.as_view(), name="budget-withdraw"),
    path("years/", years.YearsPage.as_view(), name="years"),
    path("years/<slug:year>/close/", years.CloseYear.as_view(), name="year-close"),
    path("double-counting/", double_counting.DoubleCountingPage.as_view(), name="double-counting"),
    path("double-counting/<slug:slug>/dismiss/", double_counting.Dismiss.as_view(), name="warning-dismiss"),
    path("double-counting/<slug:slug>/take-back/", double_counting.TakeBack.as_view(), name="warning-back"),
]
