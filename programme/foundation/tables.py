"""Tables of records, declared once: the same columns give the page, the sheet and the CSV.

A table is a django-tables2 table whose columns are the classes below. django-tables2 keeps the
declaration, the accessors, the ordering and the pages; the rows are written here: each column is prepared
once a table, and a cell costs one read, one rendering and one join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

import django_tables2
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from . import kept_answers, workbook
from .columns import (
    EMPTY,
    BooleanColumn,
    DateColumn,
    FinancialYearColumn,
    LinkColumn,
    MoneyColumn,
    NumberColumn,
    RatingColumn,
    TagColumn,
    TextColumn,
    day_in_words,
    escaped,
)
from .row_readers import caller, reader

__all__ = [
    "EMPTY",
    "BaseTable",
    "BooleanColumn",
    "DateColumn",
    "FinancialYearColumn",
    "LinkColumn",
    "MoneyColumn",
    "NumberColumn",
    "RatingColumn",
    "TagColumn",
    "TextColumn",
    "address",
    "day_in_words",
]

PAGE_SIZES = (25, 50, 100)


class Pages(Paginator):
    """The pages of a table, which counts its rows itself."""

    def __init__(self, table: BaseTable, size: int) -> None:
        super().__init__(table.rows, size)
        self.table = table

    @cached_property
    def count(self) -> int:
        return self.table.count


class BaseTable(django_tables2.Table):
    """A register. Subclasses declare columns; a view gives it a queryset and the address's ``sort``.

    ``row_header`` names the column that names the row (default the first), read out by screen readers
    before each cell. ``row_class(record)`` may give a row a class, for example for lateness.
    ``stacked``: on a phone each row stands as a card, its cells below each other with their headings.
    ``page_reads`` names all that a page reads of its rows, where they have much else for the sheet.
    """

    row_header: str | None = None
    page_reads: ClassVar[tuple[str, ...]] = ()
    stacked = False
    query: QueryDict | None = None
    sorted: str = ""

    def __init__(self, data: Any, *, query: QueryDict | None = None, caption: str = "", **options: Any):
        super().__init__(data, **{"default": EMPTY, "template_name": "tables/table.html"} | options)
        self.query, self.caption = query, caption
        for bound in self.columns.iterall():
            field = self._field(bound)
            if getattr(field, "choices", None) and bound.column.labels is None:
                bound.column.labels = dict(field.flatchoices)

    def row_class(self, record: Any) -> str:
        """The class of a row; empty for most."""
        return ""

    def prepared(self, records: Iterable[Any]) -> Iterable[Any]:
        """The records as they are shown and exported: for what no query can work out. As read for most."""
        return records

    def sort(self, asked: str) -> None:
        """Sorts by a column named in an address (``due`` or ``-due``); anything else changes nothing.

        Rows with equal values keep one order (by primary key), so that no row is on two pages; empty
        values stand last whichever way the column is sorted, on both databases alike.
        """
        if asked.removeprefix("-") in self._sortable:
            self.order_by, self.sorted = asked, asked
        if not self.data.model:
            return
        rows = self.data.data
        keys = rows.query.order_by or (self.data.model._meta.ordering if rows.query.default_ordering else ())
        if not {"pk", "-pk", "id", "-id"} & {key for key in keys if isinstance(key, str)}:
            self.data.data = rows.order_by(*(self._nulls_last(key) for key in keys), "pk")

    def show_page(self, number: str, size: str) -> None:
        """Cuts the register to one page; a page or size that does not exist becomes the nearest that does."""
        # Not by ``paginate``, which would read the first page before the one that is asked for.
        if self.page_reads and self.data.model:
            self.data.data = self.data.data.only(*self.page_reads)
        self.paginator = Pages(self, int(size) if size in map(str, PAGE_SIZES) else PAGE_SIZES[0])
        self.page = self.paginator.get_page(number)

    @property
    def count(self) -> int:
        """How many rows there are on all pages together."""
        return self._register.count if self.data.model else len(self.data)

    @cached_property
    def _register(self) -> kept_answers.Register:
        """The rows as filtered and sorted: nothing is asked before both are done."""
        return kept_answers.Register(self.data.data)

    @property
    def size_links(self) -> list[dict[str, Any]]:
        """Links to more or fewer rows a page."""
        return [
            {
                "number": size,
                "address": address(self.query, per=size, page=None),
                "current": size == self.paginator.per_page,
            }
            for size in PAGE_SIZES
        ]

    @cached_property
    def _sortable(self) -> set[str]:
        """Columns that the database can sort by: real fields and annotations, not properties."""
        known = set(self.data.data.query.annotations) if self.data.model else set()
        return {
            bound.name
            for bound in self.columns.iterorderable()
            if not self.data.model
            or bound.column.order_by
            or str(bound.accessor) in known
            or self._field(bound) is not None
        }

    def _field(self, bound: Any) -> models.Field | None:
        """The concrete model field a column reads, or None when it reads something else."""
        return _follow(self.data.model, tuple(bound.accessor.bits)) if self.data.model else None

    def _nulls_last(self, key: Any) -> Any:
        """The ordering key with empty values last; untouched where there are none, to keep its index."""
        if not isinstance(key, str):
            return key
        name = key.removeprefix("-")
        field = _follow(self.data.model, tuple(name.split("__")))
        if field is None or not field.null or field.is_relation:
            return key
        return F(name).desc(nulls_last=True) if key.startswith("-") else F(name).asc(nulls_last=True)

    @property
    def heads(self) -> Iterator[dict[str, Any]]:
        """The heading cells: words, class, and where sorting is possible its address and direction."""
        for bound in self._shown:
            current = self.order_by.get(bound.name, None) if self.order_by else None
            down = bool(current and current.startswith("-"))
            first = "-" if bound.column.initial_sort_descending else ""
            following = first + bound.name if current is None else ("" if down else "-") + bound.name
            sortable = self.query is not None and bound.name in self._sortable
            yield {
                "name": bound.name,
                "words": bound.header,
                "css": bound.column.css.replace("cell--", "header--"),
                "sort": address(self.query, sort=following, page=None) if sortable else None,
                "direction": ("descending" if down else "ascending") if current else "none",
            }

    @property
    def body(self) -> SafeString:
        """All rows of the current page as HTML; every cell is escaped unless its column made it."""
        write_cells = [self._cell_writer(bound) for bound in self._shown]
        marked = type(self).row_class is not BaseTable.row_class
        parts = []
        for record in self.prepared(self.on_this_page):
            css = f" {conditional_escape(self.row_class(record))}".rstrip() if marked else ""
            parts.append(f'<tr class="govuk-table__row{css}">')
            parts += [write(record) for write in write_cells]
            parts.append("</tr>\n")
        return SafeString("".join(parts))

    @cached_property
    def on_this_page(self) -> Iterable[Any]:
        """The rows of the current page, read once; ``show_page`` has cut it."""
        if not self.data.model:
            return self.paginated_rows.data
        first = (self.page.number - 1) * self.paginator.per_page
        return self._register.page(first, first + self.paginator.per_page)

    def _cell_writer(self, bound: Any) -> Callable[[Any], str]:
        """A function from a record to its cell in this column, with everything else worked out before."""
        column, css = bound.column, bound.column.css
        if bound.name == (self.row_header or next(iter(self.columns)).name):
            opening = format_html('<th scope="row" class="govuk-table__header {}">', css)
            closing = "</th>"
        else:
            label = format_html(' data-label="{}"', bound.header) if self.stacked else ""
            opening = format_html('<td{} class="govuk-table__cell {}">', label, css)
            closing = "</td>"
        empty = f"{opening}{conditional_escape(bound.default)}{closing}"
        read, render = reader(bound.accessor.bits), caller(bound.render, self, bound)
        empty_values = column.empty_values

        def write(record: Any) -> str:
            value = read(record)
            if value in empty_values:
                return empty
            return f"{opening}{escaped(render(value, record))}{closing}"

        return write

    def sheet_columns(self) -> list[workbook.Column]:
        """The columns shown, as the sheet and the CSV have them."""
        return [
            workbook.Column(str(bound.header), bound.column.kind, bound.column.width)
            for bound in self._exported
        ]

    def sheet_rows(self) -> Iterator[list[Any]]:
        """All rows (not only the page's) as typed values, read from the database a thousand at a time."""
        read_cells = [self._value_reader(bound) for bound in self._exported]
        rows = self.data.data
        for record in self.prepared(rows.iterator(chunk_size=1000) if self.data.model else rows):
            yield [read(record) for read in read_cells]

    @property
    def _shown(self) -> list[Any]:
        return [bound for bound in self.columns if not getattr(bound.column, "sheet_only", False)]

    @property
    def _exported(self) -> list[Any]:
        return [bound for bound in self.columns if not bound.column.exclude_from_export]

    def _value_reader(self, bound: Any) -> Callable[[Any], Any]:
        read, empty_values = reader(bound.accessor.bits), bound.column.empty_values
        plain = caller(getattr(self, f"value_{bound.name}", bound.column.plain), self, bound)

        def value_of(record: Any) -> Any:
            value = read(record)
            return None if value in empty_values else plain(value, record)

        return value_of


@lru_cache(maxsize=4096)
def _follow(model: type[models.Model], bits: tuple[str, ...]) -> models.Field | None:
    """The concrete field at the end of a path of relations from ``model``, or None."""
    field = None
    for bit in bits:
        try:
            field = model._meta.get_field(bit)
        except (FieldDoesNotExist, AttributeError):
            return None
        model = field.related_model
    return field if getattr(field, "concrete", False) else None


def address(query: QueryDict, **changes: Any) -> str:
    """The address of the same list with ``changes`` made; None takes a value out, empty ones are dropped."""
    kept = {name: values for name, values in query.lists() if name not in changes and any(values)}
    added = {name: [value] for name, value in changes.items() if value is not None}
    return "?" + urlencode(kept | added, doseq=True)
