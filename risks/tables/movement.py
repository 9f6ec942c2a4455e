"""What became of risks, as a register: what happened, how each stood before and stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from programme.foundation import tables
from programme.foundation.columns import EMPTY, escaped

from ..models import Risk
from ..reading.movements import Moved
from ..rules.movement import Moment
from ..words import movement as words
from .register import with_exempt

CHUNK = 500


class MomentColumn(tables.TextColumn):
    """Score and band at one moment, by the matrix then in force; on one line where there is room."""

    css = "pp-table__date"
    empty_values = ()

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **{"orderable": False, "width": 24} | options)

    def render(self, value: Moment | None) -> Any:
        if value is None:  # the page says beside it that the risk is new
            return EMPTY
        context = {"band": value.band or "", "score": str(value.score) if value.score else ""}
        return SafeString(render_to_string("components/band.html", context).strip())

    def plain(self, value: Moment | None) -> str:
        return words.moment(value)


class WhatColumn(tables.TextColumn):
    css = "pp-table__wide"


class MovementTable(tables.BaseTable):
    ref = tables.LinkColumn("Reference", accessor="risk__ref", to="risk", width=11)
    title = tables.LinkColumn("Risk", accessor="risk__title", to="risk", width=48)
    what = WhatColumn("What happened", accessor="movements", orderable=False, width=40)
    before = MomentColumn("Then")
    now = MomentColumn("Now")
    owner = tables.TextColumn("Owner", accessor="risk", orderable=False, empty_values=(), width=32)

    stacked = True
    row_header = "title"

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.owners: dict[int, str] = {}
        self.exempt: dict[int, str] = {}

    def prepared(self, records: Iterable[Moved]) -> Iterator[Moved]:
        """With the owners and classes of those that are shown, a part at a time."""
        part: list[Moved] = []
        for one in records:
            part.append(one)
            if len(part) == CHUNK:
                yield from self._with_more(part)
                part = []
        yield from self._with_more(part)

    def render_title(self, value: str, record: Moved) -> SafeString:
        name = self.columns["title"].column.render(value, record)
        return with_exempt(name, self.exempt.get(record.risk.pk, ""))

    def render_what(self, record: Moved) -> SafeString:
        told = (
            f'<span class="pp-move" aria-hidden="true">{escaped(arrow)}</span> {escaped(said)}'
            for arrow, said in words.of(record)
        )
        return SafeString("<br>".join(told))

    def value_what(self, record: Moved) -> str:
        return words.plain(record)

    def render_owner(self, record: Moved) -> str:
        return self.value_owner(record)

    def value_owner(self, record: Moved) -> str:
        return self.owners.get(record.risk.pk, "") or "Nobody yet"

    def _with_more(self, part: list[Moved]) -> list[Moved]:
        rows = Risk.objects.filter(pk__in=[one.risk.pk for one in part]).select_related("owner__profile")
        read = list(rows.only("classification", "exempt_paragraphs", "owner__profile"))
        self.owners |= {risk.pk: str(risk.owner) for risk in read if risk.owner_id}
        self.exempt |= {risk.pk: risk.exempt_words for risk in read}
        return part
