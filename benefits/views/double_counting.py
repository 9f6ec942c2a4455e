"""Warnings of double counting: all that a reader may know of, and dismissing one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import ActionView

from ..actions import dismissals
from ..choices import DoubleCountingRule
from ..forms.double_counting import DismissForm, TakeBackForm
from ..models import Dismissal
from ..reading.double_counting import Flag, flag, flags, signed
from ..reading.standing import said
from ..rules.double_counting import Line
from .parts import parts

TITLE = "Double counting"
A_PAGE = 25  # warnings
COLUMNS = ["Line", "Name", "Expected, £"]
MEANINGS = {
    DoubleCountingRule.SAME_REFERENCE: "One post or contract can be saved once.",
    DoubleCountingRule.ABOVE_BUDGET: (
        "A budget cannot give more than it holds. Income lines are not counted here: they raise an income "
        "budget."
    ),
    DoubleCountingRule.AVOIDANCE_BESIDE_CASH: "A hint only: it may be chance.",
}


class DoubleCountingPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    permission = "benefits.view_benefits"
    template_name = "benefits/double_counting.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        found = flags(request.user)
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        shown = signed(page)
        standing = [one for one in shown if one.dismissal is None]
        number = sum(one.dismissal is None for one in found)
        context = self.get_context_data(
            title=TITLE,
            parts=parts(request.user, request.path),
            lede=_in_a_sentence(number, len(found) - number),
            groups=[
                {"title": rule.label, "meaning": MEANINGS[rule], "flags": _shown(standing, rule)}
                for rule in DoubleCountingRule
                if _shown(standing, rule)
            ],
            dismissed=[_card(one) for one in shown if one.dismissal],
            page=page,
            numbers=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            line_columns=COLUMNS,
            may_dismiss=request.user.has_perm("benefits.dismiss_warning"),
        )
        return self.render_to_response(context)


class OfFlag(ActionView):
    """About one warning, found among those this person may know of."""

    permission = "benefits.dismiss_warning"
    lookup = ""
    template_name = "benefits/dismiss.html"

    @cached_property
    def flag(self) -> Flag:
        """Raises ``Http404``."""
        found = flag(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404("There is no such warning here.")
        return found

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return self.flag.warned.words

    def get_permission_object(self) -> None:
        """Not visible is not found."""
        _ = self.flag

    def get_cancel_url(self) -> str:
        return "/benefits/double-counting/"

    def get_success_url(self, outcome: Dismissal) -> str:
        return "/benefits/double-counting/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "card": _card(self.flag),
            "line_columns": COLUMNS,
        }


class Dismiss(OfFlag):
    form_class = DismissForm
    title = "Dismiss the warning"
    button = "Dismiss"
    done = "The warning is dismissed; it stands below, with your reason, until more is at stake."

    def act(self, record: None, data: dict[str, Any]) -> Dismissal:
        return dismissals.dismiss(self.flag.warned, by=self.request.user, **data)


class TakeBack(OfFlag):
    form_class = TakeBackForm
    title = "Let the warning stand again"
    button = "Let it stand"
    done = "The warning stands again."

    def act(self, record: None, data: dict[str, Any]) -> Dismissal:
        if self.flag.dismissal is None:
            raise Http404("This warning is not dismissed.")
        return dismissals.take_back(self.flag.dismissal, by=self.request.user, **data)


def lines_of(one: Flag) -> list[list[Any]]:
    """The lines a warning is about as rows: reference, name, amount in its year or by year."""
    return [[_link(line), line.name, _amounts(one, line)] for line in one.warned.lines]


def _link(line: Line) -> dict[str, str]:
    benefit = line.ref.rpartition("-L")[0]
    return {"text": line.ref, "url": f"/benefits/{benefit}/lines/{line.ref}/"}


def _amounts(one: Flag, line: Line) -> str:
    year = one.warned.year
    if year:
        return said(line.amounts.get(year))
    return ", ".join(f"{said(amount)} in {of}" for of, amount in line.amounts.items()) or "–"


def _shown(found: list[Flag], rule: DoubleCountingRule) -> list[dict[str, Any]]:
    return [_card(one) for one in found if one.warned.rule == rule]


def _card(one: Flag) -> dict[str, Any]:
    """Amounts of one year stand under each other; those of several are words."""
    return {"flag": one, "lines": lines_of(one), "numeric_from": 3 if one.warned.year else None}


def _in_a_sentence(standing: int, dismissed: int) -> str:
    if not standing and not dismissed:
        return "No line that you may see looks as if it were counted twice."
    words = "1 warning stands" if standing == 1 else f"{standing:,} warnings stand"
    return f"{words}; {dismissed:,} {'was' if dismissed == 1 else 'were'} dismissed with a reason."
