"""Who may see a benefit, a line, a cost or a figure that was withdrawn: its page can still be read.

Of one in use the form that changes it asks.
"""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView
from programme.portfolio.forms.classified import ClassifiedForm

from ..actions import benefits, costs, lines, stated_figures
from ..models import Benefit, BenefitLine, CostLine, StatedFigure
from .line import RELATED


class ClassifyBenefit(ActionView):
    permission = "benefits.change_benefit"
    model = Benefit
    form_class = ClassifiedForm
    title = "Who may see the benefit"
    introduction = (
        "It was withdrawn, and its page and its history can still be read. "
        "Lines of an exempt benefit are exempt too."
    )
    button = "Save who may see it"
    done = "Who may see {record} is saved."

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(withdrawn=True).select_related("scope__parent__parent")

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.classify(benefit, by=self.request.user, **data)


class ClassifyLine(ActionView):
    permission = "benefits.change_benefit"
    model = BenefitLine
    form_class = ClassifiedForm
    title = "Who may see the line"
    introduction = "It was withdrawn, and its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record.ref} is saved."

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(benefit__ref=self.kwargs["benefit"], withdrawn=True)
        return rows.select_related(*RELATED)

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return lines.classify(line, by=self.request.user, **data)


class ClassifyCostLine(ActionView):
    permission = "benefits.keep_costs"
    model = CostLine
    form_class = ClassifiedForm
    title = "Who may see the cost line"
    introduction = "It was withdrawn, and its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record.ref} is saved."

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(withdrawn=True).select_related("scope__parent__parent")

    def act(self, line: CostLine, data: dict[str, Any]) -> CostLine:
        return costs.classify(line, by=self.request.user, **data)


class ClassifyStatedFigure(ActionView):
    permission = "benefits.reconcile"
    model = StatedFigure
    form_class = ClassifiedForm
    title = "Who may see the stated figure"
    introduction = "It was withdrawn, and its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record.ref} is saved."

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(withdrawn=True).select_related("scope__parent__parent")

    def act(self, figure: StatedFigure, data: dict[str, Any]) -> StatedFigure:
        return stated_figures.classify(figure, by=self.request.user, **data)
