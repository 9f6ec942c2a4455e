"""Who may see a benefit, a line, a cost or a figure that was withdrawn: its page can still be read.

Of one in use the form that changes it asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from programme.foundation.views import ActionView
from programme.portfolio.forms.classified import ClassifiedForm

from ..actions import benefits, costs, lines, stated_figures
from ..models import Benefit, BenefitLine, CostLine, StatedFigure
from .line import RELATED


class _ClassifyWithdrawn(ActionView):
    """Subclasses name the action that does it, and what decides who may do it."""

    form_class = ClassifiedForm
    introduction = "It was withdrawn, and its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record.ref} is saved."
    related: ClassVar[tuple[str, ...]] = ("scope__parent__parent",)
    classify: ClassVar[Callable[..., Any]]

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(withdrawn=True).select_related(*self.related)

    def act(self, record: Any, data: dict[str, Any]) -> Any:
        return type(self).classify(record, by=self.request.user, **data)


class ClassifyBenefit(_ClassifyWithdrawn):
    permission = "benefits.change_benefit"
    model = Benefit
    title = "Who may see the benefit"
    introduction = (
        "It was withdrawn, and its page and its history can still be read. "
        "Lines of an exempt benefit are exempt too."
    )
    done = "Who may see {record} is saved."
    classify = benefits.classify


class ClassifyLine(_ClassifyWithdrawn):
    permission = "benefits.change_benefit"
    model = BenefitLine
    title = "Who may see the line"
    related = RELATED
    classify = lines.classify

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(benefit__ref=self.kwargs["benefit"])


class ClassifyCostLine(_ClassifyWithdrawn):
    permission = "benefits.keep_costs"
    model = CostLine
    title = "Who may see the cost line"
    classify = costs.classify


class ClassifyStatedFigure(_ClassifyWithdrawn):
    permission = "benefits.reconcile"
    model = StatedFigure
    title = "Who may see the stated figure"
    classify = stated_figures.classify
