"""The register of risks: its columns on the page, in the sheet and in the CSV."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from programme.foundation import calendar, tables, workbook
from programme.foundation.columns import escaped
from programme.people.choices import ScopeKind
from programme.people.classification import exempt_in_words
from programme.people.models import User
from programme.portfolio.tables import ClassColumn

from ..choices import Status
from ..models import Risk
from ..offline.columns import COLUMNS, GUIDE
from ..reading import guide, listed, people
from ..reading.yardstick import Yardstick
from ..rules.reviewing import is_overdue
from ..rules.scoring import Score
from ..words import guide as words

STATUSES: dict[str, str] = {
    Status.ESCALATED: "orange",
    Status.OPEN: "blue",
    Status.MATERIALISED: "red",
    Status.CLOSED: "grey",
}


@lru_cache(maxsize=256)
def band_and_words(band: str, score: str) -> SafeString:
    """The component, drawn once for each of the 25 scores, however many rows and pages show it."""
    return SafeString(render_to_string("components/band.html", {"band": band, "score": score}).strip())


class ReferenceColumn(tables.LinkColumn):
    """A reference, never broken over two lines."""

    css = "pp-table__date"


class NameColumn(tables.LinkColumn):
    """What a risk or an issue is called, and that it is exempt: who reads a list out must know."""

    def render(self, value: Any, record: Any) -> SafeString:  # type: ignore[override]
        said = exempt_in_words(record.classification, record.exempt_paragraphs)
        return with_exempt(super().render(value, record), said)


def with_exempt(name: Any, said: str) -> SafeString:
    """A name with ``said`` below it, where it is exempt."""
    more = f'<br><span class="pp-quiet">{escaped(said[0].upper() + said[1:])}</span>' if said else ""
    return SafeString(f"{escaped(name)}{more}")


class ScoreColumn(tables.TextColumn):
    """A score in words, its number and its band with letter and shape; without one, "not yet scored"."""

    empty_values = ()

    def render(self, value: Score | None, table: RiskTable) -> SafeString:  # type: ignore[override]
        return table.drawn(value)

    def plain(self, value: Score | None, table: RiskTable) -> str:  # type: ignore[override]
        return table.yardstick.in_full(value)


class PlaceColumn(tables.TextColumn):
    """Where it belongs, a project by its reference on the page and by its name in the sheet.

    The name is the row's ``place``; a project that is kept from the reader has none and is not named.
    """

    empty_values = ()

    def render(self, value: Any, record: Any) -> str:  # type: ignore[override]
        scope = record.scope
        if not value or scope.kind != ScopeKind.PROJECT:
            return self.plain(value)
        return SafeString(f'<span class="pp-table__date">{escaped(scope.key.upper())}</span>')

    def plain(self, value: Any) -> str:
        return value or listed.UNKNOWN_PLACE


class NobodyColumn(tables.TextColumn):
    """A person, or that there is none: unowned is something to do, not a blank."""

    empty_values = ()

    def plain(self, value: Any) -> str:
        return str(value or "Nobody yet")


class ReviewColumn(tables.DateColumn):
    """The day of the next review; past it, the row says so in words."""

    def render(self, value: Any) -> Any:
        words = super().render(value)
        if not is_overdue(value, calendar.today()):
            return words
        return SafeString(f'<span class="pp-late">{words}, <br>overdue</span>')


def _text(name: str, width: int = 48) -> tables.TextColumn:
    """A column that is edited in the workbook and has no room on the page."""
    return tables.TextColumn(COLUMNS[name].title, width=width, sheet_only=True, orderable=False)


def _step(name: str) -> tables.NumberColumn:
    return tables.NumberColumn(COLUMNS[name].title, width=12, sheet_only=True, orderable=False)


class RiskTable(tables.BaseTable):
    """``yardstick`` is set by the page before a row is written.

    The sheet has every column that can be edited offline, and the version that says which state was edited.
    """

    yardstick: Yardstick

    ref = ReferenceColumn("Reference", width=11)
    title = NameColumn("Risk", width=48)
    current = ScoreColumn("Current", order_by="current_likelihood", initial_sort_descending=True, width=34)
    target = ScoreColumn("Target", order_by="target_likelihood", initial_sort_descending=True, width=34)
    category = tables.TextColumn("Category", order_by="category__name", width=24)
    place = PlaceColumn("Place", width=36)
    owner = NobodyColumn("Owner", order_by="owner__profile__post", width=32)
    response = tables.TextColumn("Response", width=12)
    review_due = ReviewColumn("Next review")
    status = tables.TagColumn("Status", choices=Status, colours=STATUSES, width=14)
    cause = _text("cause")
    event = _text("event")
    effect = _text("effect")
    controls = _text("controls")
    proximity = _text("proximity", 24)
    knowledge = _text("knowledge", 24)
    inherent_likelihood = _step("inherent_likelihood")
    inherent_impact = _step("inherent_impact")
    current_likelihood = _step("current_likelihood")
    current_impact = _step("current_impact")
    target_likelihood = _step("target_likelihood")
    target_impact = _step("target_impact")
    version = _step("version")
    classification = ClassColumn("Class", sheet_only=True, orderable=False)

    stacked = True
    row_header = "title"
    page_reads = (
        *("ref", "title", "category__name", "scope__kind", "scope__key", "owner__profile__post"),
        *("current_likelihood", "current_impact", "target_likelihood", "target_impact"),
        *("response", "review_due", "status", "escalated_to", "withdrawn"),
        *("classification", "exempt_paragraphs"),
    )

    def guide(self, user: User) -> workbook.Sheet:
        """The sheet that says how the workbook is edited."""
        columns = [
            workbook.Column(title, width=width)
            for title, width in zip(words.COLUMN_NAMES, (26, 48, 80), strict=True)
        ]
        return workbook.Sheet(GUIDE, columns, guide.rows(user), note=words.STEPS, caption=GUIDE)

    def drawn(self, score: Score | None) -> SafeString:
        """A score as its cell shows it."""
        said = self.yardstick.words(score) if score else ""
        return band_and_words(self.yardstick.band(score) or "", said)

    def render_status(self, record: Risk) -> SafeString:
        words = escaped(record.status_words)
        return SafeString(f'<strong class="govuk-tag govuk-tag--{STATUSES[record.status]}">{words}</strong>')

    def value_owner(self, record: Risk) -> str:
        """The post; where several hold it, with the number that says which of them."""
        owner = record.owner
        if owner is not None and owner.post in self._shared_posts:
            return f"{owner.post} ({owner.number})"
        return str(owner or "Nobody yet")

    @cached_property
    def _shared_posts(self) -> frozenset[str]:
        return people.shared_posts()

    def value_status(self, record: Risk) -> str:
        return record.status_words

    def order_current(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return rows.order_by(listed.by_score("current", descending=is_descending), "pk"), True

    def order_target(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return rows.order_by(listed.by_score("target", descending=is_descending), "pk"), True
