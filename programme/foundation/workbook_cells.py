"""The cells of a workbook: their values, types and styles, written as openpyxl would, and much faster.

Openpyxl makes a tree of elements of every cell before it writes it. Here a cell is text at once: the same
text, to the letter (the tests hold the two beside each other). Styles and everything else are openpyxl's.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from programme.foundation.cells import FORMULA_STARTS, NUMERIC, Column, local_time, safe_text

Numbers = Decimal | int | float
Cell = tuple[str, str]  # the letters of its column, and all that follows the number of its row
Styles = dict[tuple[bool, bool, str, str], str]  # of numbers, bold, which rule, number format


class Row:
    """The cells of one column layout. ``styles`` belong to the whole workbook: each is looked up once."""

    def __init__(
        self,
        page: Any,
        columns: Sequence[Column],
        styles: Styles,
        *,
        bold: bool = False,
        rule: str = "",
    ) -> None:
        self.columns = [(get_column_letter(n), column.kind) for n, column in enumerate(columns, 1)]
        self.page, self.styles, self.bold, self.rule = page, styles, bold, rule

    def cells(self, row: Sequence[Any]) -> list[Cell]:
        """What is unknown leaves its cell out, or empty where the row is ruled."""
        return [
            (letters, self._cell(kind, value))
            for (letters, kind), value in zip(self.columns, row, strict=True)
            if value is not None or self.rule
        ]

    def _cell(self, kind: str, value: Any) -> str:
        content, form, type_ = _content(kind, value)
        key = (kind in NUMERIC, self.bold, self.rule, form)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._style(*key)
        return _text(content, type_, style)

    def _style(self, right: bool, bold: bool, rule: str, form: str) -> str:
        cell = WriteOnlyCell(self.page)
        cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="right" if right else None)
        if bold:
            cell.font = Font(bold=True)
        if rule:
            cell.border = Border(**{rule: Side(style="thin", color="1D4D4F")})
        if form == "quoted":
            cell.quotePrefix = True
        elif form:
            cell.number_format = form
        return f' s="{cell.style_id}"'


def write_through(page: Any) -> None:
    """Let ``page`` write rows of such cells from now on. Its columns and panes must be set up before."""
    page._get_writer()
    page._values_to_row = lambda cells, row: cells
    page._writer.write_row = _write_row


def _write_row(stream: Any, cells: Sequence[Cell], row: int) -> None:
    written = "".join([f'<c r="{letters}{row}"{rest}' for letters, rest in cells])
    stream._file(f'<row r="{row}">{written}</row>')


def _text(content: str, type_: str, style: str) -> str:
    """The cell after its address: nothing stands in an empty one, and text keeps the spaces at its ends."""
    if not content:
        return f'{style} t="{type_}" />'
    if type_ == "n":
        return f'{style} t="n"><v>{content}</v></c>'
    kept = content.strip()
    space = ' xml:space="preserve"' if kept and kept != content else ""
    return f'{style} t="inlineStr"><is><t{space}>{escape(content)}</t></is></c>'


def _content(kind: str, value: Any) -> tuple[str, str, str]:
    """A value as a sheet holds it, its number format, and its type: a number (as dates are too) or text."""
    if value is None:
        return "", "", "n"
    if kind in NUMERIC and isinstance(value, Numbers) and not isinstance(value, bool):
        return _number(kind, value if isinstance(value, Decimal) else Decimal(str(value)))
    if isinstance(value, datetime):
        return _serial(local_time(value)), "d mmmm yyyy hh:mm", "n"
    if isinstance(value, date):
        if value.year >= 1900:
            return _serial(value), "d mmmm yyyy", "n"
        return value.isoformat(), "", "inlineStr"
    text = safe_text(value)
    form = "quoted" if text.lstrip().startswith(FORMULA_STARTS) else ""
    return text, form, "inlineStr"


@lru_cache(maxsize=4096)
def _serial(moment: date) -> str:
    """The days since Excel's first, as dates stand in a sheet."""
    return _digits(to_excel(moment))


def _digits(number: Any) -> str:
    """As many digits as Excel keeps."""
    return f"{float(number):.16g}"


def _number(kind: str, value: Decimal) -> tuple[str, str, str]:
    if not value.is_finite():
        return str(value), "", "inlineStr"
    whole = value == value.to_integral_value()
    if kind == "money":
        digits = "#,##0" if whole else "#,##0.00"
        return _digits(value), f'"£"{digits};"−£"{digits}', "n"
    if kind == "thousands":
        return _digits(value), '#,##0,;"−"#,##0,', "n"
    if kind == "percent":
        return _digits(value / 100), '0%;"−"0%' if whole else '0.0#%;"−"0.0#%', "n"
    return _digits(value), '#,##0;"−"#,##0' if whole else '#,##0.0##;"−"#,##0.0##', "n"


def line_cell(page: Any, text: str, *, bold: bool = False) -> Cell:
    """A line above or below the table, as text."""
    style = ""
    if bold:
        cell = WriteOnlyCell(page)
        cell.font = Font(bold=True, size=14)
        style = f' s="{cell.style_id}"'
    return "A", _text(safe_text(text), "inlineStr", style)
