"""The cells of a workbook: their values, types and styles, as openpyxl writes them quickly."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

from programme.foundation.cells import FORMULA_STARTS, NUMERIC, Column, local_time, safe_text

Styles = dict[tuple[bool, bool, str, str], Any]  # of numbers, bold, which rule, number format


class Row:
    """The cells of one column layout, made once and filled again for each row.

    ``styles`` belong to the whole workbook: openpyxl takes long to find out that two styles are the same.
    """

    def __init__(
        self,
        page: Any,
        columns: Sequence[Column],
        styles: Styles,
        *,
        bold: bool = False,
        rule: str = "",
    ) -> None:
        self.kinds = [column.kind for column in columns]
        self.page, self.styles, self.bold, self.rule = page, styles, bold, rule
        self.cells: dict[tuple[int, str], Any] = {}

    def values(self, row: Sequence[Any]) -> list[Any]:
        pairs = zip(self.kinds, row, strict=True)
        return [self._filled(place, kind, value) for place, (kind, value) in enumerate(pairs)]

    def _filled(self, place: int, kind: str, value: Any) -> Any:
        if value is None and not self.rule:
            return None
        content, form, type_ = _content(kind, value)
        key = (place, form)
        cell = self.cells.get(key)
        if cell is None:
            cell = self.cells[key] = self._cell(kind, form)
        # Not cell.value: it would guess the type, and look every text through once more.
        cell._value, cell.data_type = content, type_
        return cell

    def _cell(self, kind: str, form: str) -> Any:
        cell = WriteOnlyCell(self.page)
        key = (kind in NUMERIC, self.bold, self.rule, form)
        if key not in self.styles:
            self._style(cell, *key)
            self.styles[key] = cell._style
        cell._style = self.styles[key]
        return cell

    def _style(self, cell: Any, right: bool, bold: bool, rule: str, form: str) -> None:
        cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="right" if right else None)
        if bold:
            cell.font = Font(bold=True)
        if rule:
            cell.border = Border(**{rule: Side(style="thin", color="1D4D4F")})
        if form == "quoted":
            cell.quotePrefix = True
        elif form:
            cell.number_format = form


def placed(cells: Sequence[Any], row: int) -> Iterator[Any]:
    """The cells of a row, each in its place, for openpyxl: its own way tries each as a plain value first."""
    for column, cell in enumerate(cells, 1):
        if cell is not None:
            cell.column, cell.row = column, row
            yield cell


def _content(kind: str, value: Any) -> tuple[Any, str, str]:
    """A value as openpyxl takes it, its number format, and its type: number, date or string (text)."""
    if value is None:
        return None, "", "n"
    if kind in NUMERIC and isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return _number(kind, value if isinstance(value, Decimal) else Decimal(str(value)))
    if isinstance(value, datetime):
        return local_time(value), "d mmmm yyyy hh:mm", "d"
    if isinstance(value, date):
        return (value, "d mmmm yyyy", "d") if value.year >= 1900 else (value.isoformat(), "", "s")
    text = safe_text(value)
    return text, "quoted" if text.lstrip().startswith(FORMULA_STARTS) else "", "s"


def _number(kind: str, value: Decimal) -> tuple[Any, str, str]:
    if not value.is_finite():
        return str(value), "", "s"
    whole = value == value.to_integral_value()
    if kind == "money":
        digits = "#,##0" if whole else "#,##0.00"
        return value, f'"£"{digits};"−£"{digits}', "n"
    if kind == "thousands":
        return value, '#,##0,;"−"#,##0,', "n"
    if kind == "percent":
        return value / 100, '0%;"−"0%' if whole else '0.0#%;"−"0.0#%', "n"
    return value, '#,##0;"−"#,##0' if whole else '#,##0.0##;"−"#,##0.0##', "n"


def line_cell(page: Any, text: str, *, bold: bool = False) -> Any:
    """A line above or below the table, as text."""
    cell = WriteOnlyCell(page, value=safe_text(text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True, size=14)
    return cell
