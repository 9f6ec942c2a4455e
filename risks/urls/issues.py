"""The register of issues, and each issue with what can be done to it."""

from django.urls import path

from ..views import issue, issue_changes, issues

ISSUE = "issues/<str:ref>/"

urlpatterns = [
    path("issues/", issues.IssueList.as_view(), name="issues"),
    path("issues/raise/", issue_changes.RaiseIssue.as_view(), name="issue-raise"),
    path(ISSUE, issue.IssuePage.as_view(), name="issue"),
    path(f"{ISSUE}change/", issue_changes.ChangeIssue.as_view(), name="issue-change"),
    path(f"{ISSUE}ask/", issue_changes.AskDecision.as_view(), name="issue-ask"),
    path(f"{ISSUE}answer/", issue_changes.NameDecision.as_view(), name="issue-answer"),
    path(f"{ISSUE}resolve/", issue_changes.ResolveIssue.as_view(), name="issue-resolve"),
    path(f"{ISSUE}reopen/", issue_changes.ReopenIssue.as_view(), name="issue-reopen"),
    path(f"{ISSUE}class/", issue_changes.ClassifyIssue.as_view(), name="issue-class"),
    path(f"{ISSUE}withdraw/", issue_changes.WithdrawIssue.as_view(), name="issue-withdraw"),
]
