"""Many risks at once: choose, look at what would change, save with one reason; all or none."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from programme.foundation.tables import address
from programme.foundation.views import ActionView

from ..actions import several as actions
from ..filters.register import RiskFilters
from ..forms.several import MOST, SeveralForm
from ..models import Risk
from ..reading import listed
from ..words import several as words

SHOWN = 200  # to tick, and in the preview; the whole filter can be chosen beyond them
SAVE, AGAIN = "save", "again"
KEPT = ("every", "owner", "category", "place", "project", "reason")
MEANWHILE = "One of these risks was changed just now: look at what would change, then save again"


class ChangeSeveral(ActionView):
    """``?workstream=digital``: the register's filters say which risks are listed.

    The first POST shows what would change, old beside new, and changes nothing; the second saves exactly
    what was shown, or nothing where one of them was changed meanwhile. From what would change a button leads
    back to the choices, as they were made.
    """

    permission = "risks.change_many"
    lookup = ""
    form_class = SeveralForm
    title = "Change several risks"
    introduction = "Owner, category or place, with one reason: all of them or none."
    template_name = "risks/several.html"

    @cached_property
    def filters(self) -> RiskFilters:
        return RiskFilters(self.request.GET, listed.risks(self.request.user), request=self.request)

    def form_options(self, record: None) -> dict[str, Any]:
        rows = listed.risks(self.request.user)
        asked = self.filters.qs if self.filters.form.is_valid() else rows.none()
        # The filters above the form have boxes of the same names.
        return {"viewer": self.request.user, "rows": rows, "asked": asked, "auto_id": "new_%s"}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("step") == SAVE:
            return super().post(request, **kwargs)
        if request.POST.get("step") == AGAIN:
            typed = {name: request.POST.get(name, "") for name in KEPT}
            return self._page(self.form_class(initial=typed, **self.form_options(None)))
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        return self._page(form, **self._preview(form))

    def act(self, record: None, data: dict[str, Any]) -> list[Risk]:
        return actions.change(data["risks"], by=self.request.user, reason=data["reason"], **data["facts"])

    def done_message(self, outcome: list[Risk]) -> str:
        return f"{words.counted(len(outcome))} changed." if outcome else "Nothing was to change."

    def get_success_url(self, outcome: Any) -> str:
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return "/risks/" + address(self.request.GET) if self.request.GET else "/risks/"

    def _page(self, form: Any, *, status: int = 200, **extra: Any) -> HttpResponseBase:
        """Where a risk was changed after the preview, the preview comes back as things stand now."""
        if status == 409:
            form.add_error(None, MEANWHILE)
            form.risks = list(form.rows.filter(pk__in=[risk.pk for risk in form.risks]).order_by("pk"))
            extra = self._preview(form)
        elif status == 422 and form.moved_on and not form.has_error("reason"):
            status, extra = 409, self._preview(form)
        return super()._page(form, status=status, **extra)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.filters.qs if self.filters.form.is_valid() else Risk.objects.none()
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "listed": list(asked[:SHOWN]) if "differences" not in kwargs else [],
            "count": asked.count(),
            "most": MOST,
            "ticked": self._ticked(),
        }

    def _ticked(self) -> set[int]:
        """The risks that were chosen one by one, on this page or before what would change was shown."""
        sent = self.request.POST
        seen = [] if sent.get("every") else [one.partition(":")[0] for one in sent.get("seen", "").split(",")]
        return {int(key) for key in [*sent.getlist("risk"), *seen] if key.isdecimal() and len(key) < 10}

    def _preview(self, form: SeveralForm) -> dict[str, Any]:
        data = form.cleaned_data
        found = words.differences(form.risks, data["facts"])
        kept = [(name, form.data.get(name, "")) for name in KEPT]
        return {
            "differences": found[:SHOWN],
            "more": len(found) - len(found[:SHOWN]),
            "changing": words.counted(len(found)),
            "staying": words.counted(len(form.risks) - len(found)) if len(found) < len(form.risks) else "",
            "kept": kept,
            "seen": form.versions,
        }
