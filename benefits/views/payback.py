"""The payback page: a question in the address, and everything it comes to side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import exports
from programme.foundation.permissions import PermissionRequired
from programme.foundation.tables import address

from ..choices import Computed
from ..forms.payback import PaybackControls, as_saved
from ..models import BenefitLine, BenefitsSettings, PaybackScenario, Reconciliation
from ..pictures import payback as payback_pictures
from ..reading.headlines import findings_on
from ..reading.payback_answer import Answer, answer
from ..reading.payback_inputs import Asked
from ..reading.savings import reading_of
from ..sheets import payback as payback_sheets
from ..words import payback as payback_words
from .downloads import download
from .parts import parts

TITLE = "Payback"
ADDRESS = "/benefits/payback/"
NAMED = 6  # lines without amounts that the page names; the list has them all
REFUSED = "A control could not be understood, so nothing is worked out"


class PaybackPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?basis=run_rate&timing=mid&horizon=10&rate=3.5&horizon_date=…``, and ``?format=xlsx|csv``."""

    permission = "benefits.view_benefits"
    template_name = "benefits/payback.html"

    @cached_property
    def controls(self) -> PaybackControls:
        settled = BenefitsSettings.objects.visible_to(self.request.user).current()
        return PaybackControls(self.request.GET, settled=settled)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if not self.controls.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        found = kept_answer(request.user, self.controls.asked)
        if request.GET.get("format") in exports.FORMATS:
            return download(
                request,
                TITLE,
                lambda: payback_sheets.sheets(found, request.user),
                payback_sheets.LONG,
                lambda: payback_sheets.long_rows(found),
            )
        return self.render_to_response(self.get_context_data(found=found))

    def get_context_data(self, *, found: Answer | None = None, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs) | {
            "title": TITLE,
            "controls": self.controls,
            "refused": REFUSED,
            "parts": parts(user, ADDRESS),
            "scenarios": PaybackScenario.objects.visible_to(user).live(),
            "here": ADDRESS,
        }
        if found is None:
            return context
        asked, kept = found.asked, reading_of(user)
        query = QueryDict(mutable=True)
        for name, values in as_saved(asked).items():
            query.setlist(name, values)
        return context | {
            "found": found,
            "lede": payback_words.in_a_sentence(found),
            "basis": payback_words.BASIS_WORDS[asked.terms.basis],
            "address": address(self.request.GET, format=None)[1:],
            "save_url": f"{ADDRESS}save/?{query.urlencode()}"
            if user.has_perm("benefits.save_scenario")
            else "",
            "outputs": payback_words.beside(found.results, asked),
            "late": [
                payback_words.late_over_the_horizon(one) for one in found.results if not one.lacks_costs
            ],
            "running_totals": payback_pictures.running_totals(found),
            "tornado": payback_pictures.leanings(found.lines) if found.lines else None,
            "findings": kept.once("findings on payback", lambda: findings_on(found.payback, user)),
            "reconciliation": _open_reconciliation(user),
            "not_quantified": kept.once("named on payback", lambda: _not_quantified(user)),
        }


def kept_answer(user: Any, asked: Asked) -> Answer:
    """The answer to this question, worked out again only when something changes."""
    return reading_of(user).once(("payback", asked), lambda: answer(user, asked))


def _open_reconciliation(user: Any) -> Reconciliation | None:
    """The one that bridges the lines' net by year to the stated table's, whichever way round."""
    ends = [Computed.LINES_NET_BY_YEAR, Computed.STATED_NET_BY_YEAR]
    rows = Reconciliation.objects.visible_to(user).live()
    return rows.filter(from_computed__in=ends, to_computed__in=ends).first()


def _not_quantified(user: Any) -> dict[str, Any]:
    """The first few lines without amounts, which stand in every report, and whether there are more."""
    lines = BenefitLine.objects.visible_to(user).live().exclude(not_quantified_because="")
    found = list(lines.filter(benefit__withdrawn=False)[: NAMED + 1])
    return {"lines": found[:NAMED], "more": len(found) > NAMED}
