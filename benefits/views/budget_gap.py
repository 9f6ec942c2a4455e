"""Savings set by year against the budget gap and the medium-term plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import exports
from programme.foundation.permissions import PermissionRequired

from ..choices import Measure
from ..models import Requirement, StatedFigure
from ..reading.budget_gap import BudgetGap, budget_gap
from ..reading.headlines import headline
from ..reading.savings import reading_of
from ..words import budget_gap as words
from .downloads import download
from .parts import parts
from .requirements import ADDRESS

TITLE = "Savings against the budget gap"


class BudgetGapPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?format=xlsx`` gives its tables as sheets, ``?format=csv`` every figure as a row."""

    permission = "benefits.view_benefits"
    template_name = "benefits/budget_gap.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        reading = reading_of(request.user)
        seen = Requirement.objects.visible_to(request.user).live()
        requirements = list(seen.select_related("confirmed_by__profile"))
        gap = budget_gap(reading.seen, words.by_kind(requirements), begun=reading.begun)
        if request.GET.get("format") in exports.FORMATS:
            sheets = words.sheets(gap, requirements, reading.withheld)
            return download(
                request, TITLE, lambda: sheets, words.LONG, lambda: words.long_rows(gap, requirements)
            )
        context = self.get_context_data(gap=gap, requirements=requirements, withheld=reading.withheld)
        return self.render_to_response(context)

    def get_context_data(
        self, *, gap: BudgetGap, requirements: list[Any], withheld: str, **kwargs: Any
    ) -> dict[str, Any]:
        user = self.request.user
        stated = StatedFigure.objects.visible_to(user).live().filter(measure=Measure.BUDGET_GAP)
        figures = [headline(one) for one in stated.select_related("confirmed_by__profile")]
        may = user.has_perm("benefits.keep_budgets")
        return super().get_context_data(**kwargs) | {
            "title": TITLE,
            "parts": parts(user, ADDRESS),
            "lede": words.in_a_sentence(gap, withheld=withheld),
            "withheld": withheld,
            "gap": gap,
            "table": words.table(gap),
            "picture": words.picture(gap),
            "found": words.found(gap),
            "found_columns": words.FOUND,
            "stated": figures,
            "stated_words": words.stated(figures),
            "requirements": words.sources(requirements),
            "actions": [("Enter what is required", f"{ADDRESS}add/")] if may else [],
            "may_keep": may,
        }
