"""The register of issues."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import RecordListView

from ..filters.issues import IssueFilters
from ..models import Issue
from ..reading import listed
from ..tables.issues import IssueTable
from .parts import parts


class IssueList(RecordListView):
    """The severest first."""

    permission = "risks.view_risks"
    model = Issue
    table_class = IssueTable
    filters_class = IssueFilters
    title = "Issues"
    template_name = "risks/register.html"
    empty = "No issues yet. A risk that has happened becomes one on its page; others are raised here."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        """Says that the list begins with what is open, since nothing in the address does."""
        what = "What has happened and hurts now, who deals with it, and which decisions it asks for."
        return what if self.request.GET.get("status") else f"{what} These are open, the severest first."

    @property
    def parts(self) -> list[dict[str, Any]]:
        return parts(self.request.user, self.request.path)

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("risks.raise_risk")
        return [("Raise an issue", "/issues/raise/")] if may else []

    def get_queryset(self) -> Any:
        return listed.issues(self.request.user)
