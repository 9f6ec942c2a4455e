"""What became of the risks since a day, as list and picture."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.tables import address, day_in_words
from programme.foundation.views import RecordListView

from ..choices import Movement
from ..filters.movement import MovementFilters
from ..models import Risk
from ..pictures.movement import MOST, Way, picture, ways
from ..reading import movements
from ..reading.movements import Moved, Since
from ..reading.yardstick import yardstick
from ..rules.reviewing import months_after
from ..tables.movement import MovementTable
from ..words import movement as words
from .parts import parts

LOOKS = {"sort", "per", "page"}
MONTHS = {1: "a month ago", 3: "three months ago", 12: "a year ago"}


class MovementPage(RecordListView):
    """``?since=2022-10-30`` (the ``usual`` day unless said), ``?kind=up``, and the filters of the matrix.

    What stayed as it was is counted only. The portal knows a day that is more usual than a month ago.
    """

    permission = "risks.view_risks"
    model = Risk
    table_class = MovementTable
    filters_class = MovementFilters
    title = "Movement of risks"
    empty = "Nothing has moved since that day."
    template_name = "risks/movement.html"

    def get_queryset(self) -> Any:
        return Risk.objects.visible_to(self.request.user)

    @cached_property
    def usual(self) -> tuple[datetime.date, str]:
        """The day that is compared with unless another is asked for, and what it is called."""
        return months_after(calendar.today(), -1), MONTHS[1]

    @property
    def day(self) -> datetime.date:
        """The day that is compared with: how the risks stood at its end."""
        return self.filters.form.cleaned_data.get("since") or self.usual[0]

    @cached_property
    def since(self) -> Since:
        """Everything, before a kind is chosen."""
        if not self.filters_hold:
            return Since((), 0)
        return movements.since(self.request.user, self.day, risks=self.filters.qs)

    @cached_property
    def shown(self) -> list[Moved]:
        """Those of the kind that is asked for, the most important first."""
        kind = self.filters.form.cleaned_data.get("kind") if self.filters_hold else ""
        if kind:
            return [one for one in self.since.moved if kind in one.movements]
        return list(self.since.ordered)

    @cached_property
    def table(self) -> MovementTable:  # type: ignore[override]
        table = MovementTable(self.shown, query=self.request.GET, caption=self.title)
        table.sort(self.request.GET.get("sort", ""))
        return table

    @cached_property
    def ways(self) -> list[Way]:
        kind = self.filters.form.cleaned_data.get("kind") or "all"
        return self.since.once(f"ways of {kind}", lambda: ways(self.shown))

    @property
    def introduction(self) -> str:  # type: ignore[override]
        if not self.filters_hold:
            return ""
        called = "" if self.filters.form.cleaned_data.get("since") else self.usual[1]
        return words.in_a_sentence(self.since.tally, self.day, called)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        whole = {"parts": parts(self.request.user, self.request.path), "choices": self._choices()}
        if self.filters_hold:
            held = yardstick()
            whole |= {
                "kinds": self._kinds(),
                "figure": picture(self.ways, held, summary=self._summary()),
                "cut": len(self.ways) > MOST,
                "most": MOST,
                "stayed": words.stayed(self.since.same),
                # Nothing but a day was asked for, so no filter is to blame.
                "still": not self.since.moved and set(self.request.GET) <= {"since", *LOOKS},
            }
        return context | whole | {"noun": "risk" if context["count"] == 1 else "risks"}

    def _summary(self) -> str:
        went = sum(len(way.risks) for way in self.ways)
        counted = "1 risk" if went == 1 else f"{went:,} risks"
        return (
            f"{counted} came, went or changed place since {day_in_words(self.day)}. An arrow says how many "
            "went that way, or which one; + and − how many came in and left there."
        )

    def _choices(self) -> list[dict[str, Any]]:
        today, query = calendar.today(), self.request.GET
        months = {words: months_after(today, -number) for number, words in MONTHS.items()}
        days = {self.usual[1]: self.usual[0]} | months
        current = self.day if self.filters_hold else None
        return [
            {"label": label, "url": address(query, since=day, page=None), "current": day == current}
            for label, day in days.items()
        ]

    def _kinds(self) -> list[dict[str, Any]]:
        """What happened, each with its number; a risk may count under several."""
        counts, query = self.since.tally, self.request.GET
        asked = query.get("kind", "")
        every = {"label": "All that moved", "url": address(query, kind=None, page=None), "current": not asked}
        told = [
            {
                "label": f"{what.label} {counts[what]:,}",
                "url": address(query, kind=what.value, page=None),
                "current": asked == what,
            }
            for what in Movement
            if counts[what] and what != Movement.SAME
        ]
        return [every, *told]
