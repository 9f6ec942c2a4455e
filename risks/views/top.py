"""The top risks, each with its path over time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import calendar
from programme.foundation.permissions import PermissionRequired
from programme.foundation.tables import address

from ..filters.top import NUMBERS, TopFilters
from ..models import MatrixCell, Risk
from ..pictures.top import picture
from ..reading.top import top
from ..words import top as words
from .parts import parts


class TopPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?n=5|10|20`` and the filters of the matrix: severe and high risks, the most severe first."""

    permission = "risks.view_risks"
    template_name = "risks/top.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        filters = TopFilters(request.GET, Risk.objects.visible_to(request.user), request=request)
        context: dict[str, Any] = {
            "title": "Top risks",
            "filters": filters,
            "chosen": filters.described,
            "parts": parts(request.user, request.path),
        }
        if not filters.form.is_valid():
            return self.render_to_response(self.get_context_data(**context), status=400)
        matrix = MatrixCell.objects.matrix()
        found = top(request.user, matrix, filters.number, condition=filters.condition)
        context |= {
            "lede": words.in_a_sentence(found),
            "rows": [{"one": one, "path": words.path(one)} for one in found.risks],
            "not_scored": found.not_scored,
            "figure": picture(found.risks, calendar.today()),
            "today": calendar.today(),
            "numbers": [
                {
                    "label": str(number),
                    "url": address(request.GET, n=number),
                    "current": number == filters.number,
                }
                for number in NUMBERS
            ],
        }
        return self.render_to_response(self.get_context_data(**context))
