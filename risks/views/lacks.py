"""What the register lacks: what is overdue, unowned, unscored or unanswered, for who keeps it true."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation.permissions import PermissionRequired

from ..models import RiskSettings
from ..reading import findings
from ..words import lacks as words
from .parts import parts

TITLE = "What the register lacks"


class LacksPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    permission = "risks.view_risks"
    template_name = "risks/lacks.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        counts = findings.counts(request.user)
        months = RiskSettings.objects.current().untouched_months
        context = self.get_context_data(
            title=TITLE,
            parts=parts(request.user, request.path),
            lede=words.in_a_sentence(counts),
            columns=words.COLUMNS,
            rows=words.rows(counts, untouched_months=months),
        )
        return self.render_to_response(context)
