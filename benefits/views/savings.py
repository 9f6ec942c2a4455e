"""The savings page: target, approved, forecast, claimed and verified, cut as the address asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import exports
from programme.foundation.permissions import PermissionRequired
from programme.foundation.tables import address

from ..filters.addresses import RUN_RATE
from ..filters.savings import SavingsFilters
from ..pictures.savings import picture
from ..reading.outlook import CUTS, Outlook, outlook
from ..reading.outlook_lines import moved, not_quantified, unexplained
from ..reading.savings import Reading, reading_of
from ..reading.targets import target_for
from ..rules.totals import Axis
from ..sheets import savings as savings_sheets
from ..tables.breakdowns import HEADINGS, BlockTable
from ..words import savings as savings_words
from .downloads import download
from .parts import parts

TITLE = "Benefits"


class SavingsPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?by=category``, ``?basis=run-rate``, filters, and ``?format=xlsx|csv`` of everything cut so."""

    permission = "benefits.view_benefits"
    template_name = "benefits/outlook.html"

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.request.user)

    @cached_property
    def filters(self) -> SavingsFilters:
        return SavingsFilters(self.request.GET, names=self.reading.places.names)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.filters.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        if request.GET.get("format") in exports.FORMATS:
            return self._download()
        return self.render_to_response(self.get_context_data(found=outlook(self.reading, self.filters.asked)))

    def get_context_data(self, *, found: Outlook | None = None, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs) | {
            "title": TITLE,
            "filters": self.filters,
            "parts": parts(user, "/benefits/"),
            "cuts": self._cuts(),
            "bases": self._bases(),
        }
        if found is None:
            return context
        asked, names = found.asked, self.reading.places.names
        return context | {
            "address": address(self.request.GET, format=None)[1:],
            "lede": savings_words.in_a_sentence(found),
            "withheld": found.withheld,
            "figures": savings_words.figures(found, self.reading.once("target", lambda: target_for(user))),
            "picture": self.reading.once(("picture", asked), lambda: picture(found, names)),
            "tables": self._tables(found, found.parts),
            "wholes": self._tables(found, found.wholes, linked=False),
            "gaps": found.gaps,
            "moved": moved(user, self.reading, asked),
            "not_quantified": not_quantified(user, self.reading, asked),
            "unexplained": unexplained(user, self.reading),
        }

    def _tables(self, found: Outlook, which: Any, *, linked: bool = True) -> list[BlockTable]:
        lasts = {one.block: str(one.last) for one in found.standings}
        names = self.reading.places.names
        return [BlockTable(one, names, found.asked.chosen, lasts[one.block], linked) for one in which]

    def _cuts(self) -> list[dict[str, Any]]:
        """The axes as links that keep the filters."""
        query, current = self.request.GET, self.filters.axis
        return [
            {
                "label": HEADINGS[axis],
                "url": address(query, format=None, by=None if axis is Axis.YEAR else axis.value, basis=None),
                "current": axis is current,
            }
            for axis in CUTS
        ]

    def _bases(self) -> list[dict[str, Any]]:
        """New in each year, or running on; only by year."""
        if self.filters.axis is not Axis.YEAR:
            return []
        query, carried = self.request.GET, self.filters.carried
        return [
            {
                "label": "New in each year",
                "url": address(query, format=None, basis=None),
                "current": not carried,
            },
            {
                "label": "Running on from year to year",
                "url": address(query, format=None, basis=RUN_RATE),
                "current": carried,
            },
        ]

    def _download(self) -> HttpResponseBase:
        user, asked = self.request.user, self.filters.asked
        content = savings_sheets.Content(
            outlook=outlook(self.reading, asked),
            cuts=tuple(outlook(self.reading, one) for one in savings_sheets.every_cut(asked)),
            names=self.reading.places.names,
            target=target_for(user),
            not_quantified=not_quantified(user, self.reading, asked, most=None),
            moved=moved(user, self.reading, asked, most=None),
            filters=self.filters.described,
        )
        return download(self.request, "Savings", content.sheets, savings_sheets.LONG, content.long_rows)
