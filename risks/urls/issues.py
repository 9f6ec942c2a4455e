"""The register of issues, and each issue."""

from django.urls import path

from ..views import issues

urlpatterns = [
    path("issues/", issues.IssueList.as_view(), name="issues"),
]
