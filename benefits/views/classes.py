"""Who may see a benefit or a line, also one that was withdrawn: its page can still be read."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView
from programme.portfolio.forms.classified import ClassifiedForm

from ..actions import benefits, lines
from ..models import Benefit, BenefitLine
from .line import RELATED


class ClassifyBenefit(ActionView):
    permission = "benefits.change_benefit"
    model = Benefit
    form_class = ClassifiedForm
    title = "Who may see the benefit"
    introduction = (
        "Also where it was withdrawn: its page and its history can still be read. "
        "Lines of an exempt benefit are exempt too."
    )
    button = "Save who may see it"
    done = "Who may see {record} is saved."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent")

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.classify(benefit, by=self.request.user, **data)


class ClassifyLine(ActionView):
    permission = "benefits.change_benefit"
    model = BenefitLine
    form_class = ClassifiedForm
    title = "Who may see the line"
    introduction = "Also where it was withdrawn: its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record.ref} is saved."

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(benefit__ref=self.kwargs["benefit"])
        return rows.select_related(*RELATED)

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return lines.classify(line, by=self.request.user, **data)
