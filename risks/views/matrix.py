"""The matrix: where the risks stand and where they are to go, now or on a past day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation.permissions import PermissionRequired
from programme.foundation.tables import address

from ..filters.cells import key
from ..filters.matrix import MatrixFilters
from ..models import Risk
from ..reading.cells import Filling, fillings
from ..reading.yardstick import Yardstick, yardstick
from ..rules.scoring import CELLS, Score
from ..words import matrix as matrix_words
from ..words.grid import Grid, Inside, grid
from .parts import parts

TITLE = "Risk matrix"
IN_A_CELL = 3  # references that fit into one
NAMES = {"current": "cell", "target": "target"}  # what the register's filters are called


class MatrixPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?workstream=digital&owner=7`` and ``?as_at=2022-12-31``: counted as they stood, by the matrix then.

    Each count leads to the register filtered to exactly those risks, or of a past day to a list of those
    that stood there then; the names lead to the risks as they stood.
    """

    permission = "risks.view_risks"
    template_name = "risks/matrix.html"

    @cached_property
    def filters(self) -> MatrixFilters:
        rows = Risk.objects.visible_to(self.request.user)
        return MatrixFilters(self.request.GET, rows, request=self.request)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        context = {
            "title": TITLE,
            "filters": self.filters,
            "chosen": self.filters.described,
            "parts": parts(request.user, request.path),
        }
        if not self.filters.form.is_valid():
            return self.render_to_response(self.get_context_data(**context), status=400)
        return self.render_to_response(self.get_context_data(**context, **self._found()))

    def _found(self) -> dict[str, Any]:
        day = self.filters.day
        held = yardstick(day)
        current, target = fillings(self.request.user, self.filters.condition, day)
        links = self._links("/risks/matrix/risks/" if day else "/risks/")
        return {
            "as_at": day,
            "today_url": self.request.path + address(self.request.GET, as_at=None),
            "lede": matrix_words.in_a_sentence(held, current, target, past=day is not None),
            "grids": [
                {
                    "title": title,
                    "grid": _grid(held, found, kind, links),
                    "unscored": Inside(found.counts[None], url=links.get((kind, None), "")),
                }
                for title, kind, found in (
                    ("Now" if day is None else "Then", "current", current),
                    ("Target, after the planned actions", "target", target),
                )
            ],
            "rows": matrix_words.cell_rows(held, current, target, links),
            "query": f"?as_at={day}" if day else "",
            "total": current.total,
            "register": "" if day else "/risks/" + address(self.request.GET, as_at=None),
        }

    def _links(self, listed: str) -> dict[tuple[str, Score | None], str]:
        """Where each cell, and what is not yet scored, is ``listed`` with the filters and the day kept."""
        kept = listed + address(self.request.GET)
        more = kept if kept.endswith("?") else f"{kept}&"
        return {
            (kind, score): f"{more}{name}={key(score)}"
            for kind, name in NAMES.items()
            for score in [*CELLS, None]
        }


def _grid(held: Yardstick, found: Filling, kind: str, links: dict[tuple[str, Score | None], str]) -> Grid:
    def inside(score: Score) -> Inside:
        names = tuple(one.ref for one in found.names.get(score, ())[:IN_A_CELL])
        return Inside(found.counts[score], names, links.get((kind, score), ""))

    return grid(held.matrix, held.likelihood, held.impact, inside=inside)
