"""Financial years: how each stands, and closing one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import ActionView

from ..actions import years
from ..forms.years import CloseForm
from ..models import ClosedYear
from ..reading.standing import said
from ..reading.years import YearReading, one_year
from ..reading.years import years as readings

QUEUE = "/benefits/claims/?status={status}&booked={year}"
COLUMNS = [
    "Year",
    {"label": "Claimed", "numeric": True},
    {"label": "Delivered", "numeric": True},
    {"label": "Wait", "numeric": True},
    {"label": "Sent back", "numeric": True},
    "Status",
]


class YearsPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """Whoever sees savings sees how the years stand, of the claims that they may see."""

    permission = "benefits.view_benefits"
    template_name = "benefits/years.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        found = readings(user)
        may = user.has_perm("benefits.close_year")
        open_ones = [one for one in found if one.has_ended and not one.is_closed]
        context = self.get_context_data(
            columns=COLUMNS,
            rows=[_row(one) for one in found],
            actions=[(f"Close {one.year}", _address(one.year)) for one in reversed(open_ones)] if may else [],
            all_seen=user.standing.reads_all_exempt,
        )
        return self.render_to_response(context)


class CloseYear(ActionView):
    """Says first what still waits in it."""

    permission = "benefits.close_year"
    lookup = ""
    form_class = CloseForm
    button = "Close the year"
    template_name = "benefits/close_year.html"

    @cached_property
    def reading(self) -> YearReading:
        """The year of the address. Raises ``Http404``."""
        try:
            found = one_year(self.request.user, FinancialYear.parse(self.kwargs["year"]))
        except ValueError:
            found = None
        if found is None:
            raise Http404("There is no such financial year here.")
        return found

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Close {self.reading.year}"

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return (
            "What was claimed and verified in it is locked then, and nothing opens it again. What turns out "
            "wrong is corrected by a dated entry in an open year."
        )

    def get_cancel_url(self) -> str:
        return "/benefits/years/"

    def get_success_url(self, outcome: ClosedYear) -> str:
        return "/benefits/years/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.reading
        facts = [
            {"key": "Claimed in it", "value": said(one.claimed)},
            {"key": "Delivered in it", "value": said(one.verified)},
        ]
        return super().get_context_data(**kwargs) | {"facts": facts, "notices": _still(one)}

    def act(self, record: None, data: dict[str, Any]) -> ClosedYear:
        return years.close(year=self.reading.year, by=self.request.user, **data)

    def done_message(self, outcome: ClosedYear) -> str:
        return f"{outcome.year} is closed."


def _address(year: FinancialYear) -> str:
    return f"/benefits/years/{str(year).replace('/', '-')}/close/"


def _row(one: YearReading) -> list[Any]:
    claims = (
        {"text": f"{count:,}", "url": QUEUE.format(status=status, year=one.year) if count else ""}
        for count, status in ((one.waiting, "waiting"), (one.sent_back, "sent_back"))
    )
    figures = [{"text": said(one.claimed)}, {"text": said(one.verified)}, *claims]
    if one.closed_on:
        status = f"Closed on {calendar.in_words(one.closed_on.date())} by {one.closed_by}"
    else:
        status = "Open, ended" if one.has_ended else "Open"
    return [str(one.year), *(figure | {"numeric": True} for figure in figures), status]


def _still(one: YearReading) -> list[dict[str, str]]:
    """What waits in the year: verdicts stand in the way; what was sent back can only be withdrawn after."""
    found = []
    if one.is_closed:
        found.append({"words": "It is closed already."})
    if not one.has_ended:
        ends = calendar.in_words(one.year.last)
        found.append({"words": f"It runs until {ends} and can be closed after that."})
    if one.waiting:
        claims = "1 claim waits" if one.waiting == 1 else f"{one.waiting:,} claims wait"
        words = (
            f"{claims} for a verdict, and the year cannot be closed before. Finance verifies or sends back; "
            "what releases no cash is for the programme office."
        )
        found.append({"words": words, "url": QUEUE.format(status="waiting", year=one.year)})
    if one.sent_back:
        claims = "1 claim was" if one.sent_back == 1 else f"{one.sent_back:,} claims were"
        words = f"{claims} sent back and not put right. Once the year is closed they can only be withdrawn."
        found.append({"words": words, "url": QUEUE.format(status="sent_back", year=one.year)})
    return found
