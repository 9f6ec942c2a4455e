"""What stands in one cell of an export: the kinds of columns, and text that is safe in a spreadsheet.

A column's ``kind`` says what its values are:

=========  ============================================  =====================================
kind       value in a row                                in the sheet
=========  ============================================  =====================================
text       anything; shown as its ``str``                text
money      ``Decimal`` pounds                            a number, shown as £1,950,000
thousands  ``Decimal`` pounds                            pounds, shown in thousands: 1,950
number     ``int`` or ``Decimal``                        a number
percent    ``Decimal``, 90 for 90 %                      0.9, shown as 90%
date       ``date`` or ``datetime``                      a date
=========  ============================================  =====================================

``None`` is unknown and leaves the cell empty: it is never written as zero.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

KINDS = ("text", "money", "thousands", "number", "percent", "date")
NUMERIC = ("money", "thousands", "number", "percent")
WIDTHS = {"text": 32, "money": 16, "thousands": 12, "number": 12, "percent": 10, "date": 20}
LONGEST_TEXT = 32_767  # the most that one Excel cell holds
SHORTENED = "… (shortened: longer than a cell can hold)"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the kind of its values, and its width in characters."""

    title: str
    kind: str = "text"
    width: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of column; choose one of {', '.join(KINDS)}.")


def clean_text(value: object) -> str:
    """Text without the characters that XML forbids; line ends as one newline."""
    text = str(value)
    if text.isprintable():  # as nearly all is: then it holds neither line ends nor anything forbidden
        return text
    return FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_text(value: object) -> str:
    """Text as a workbook can hold it: no forbidden characters, no accidental escapes, not too long."""
    text = clean_text(value)
    if "_x" in text:
        text = LOOKS_ESCAPED.sub("_x005F_", text)
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(SHORTENED)] + SHORTENED
    return text


def csv_text(value: object) -> str:
    """Text that no spreadsheet reads as a formula: such text gets a leading apostrophe (OWASP)."""
    raw = str(value)
    text = clean_text(raw)
    return f"'{text}" if raw.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def safe_title(title: str, taken: set[str]) -> str:
    """A sheet's name that Excel accepts: 31 characters, none of ``[]:*?/\\``, unlike any in ``taken``."""
    name = re.sub(r"[\[\]:*?/\\\n\t\ufffd]+", " ", clean_text(title))
    name = re.sub(r"\s+", " ", name).strip(" '")[:31].rstrip(" '") or "Sheet"
    if name.casefold() == "history":  # a name that Excel keeps for itself
        name = "History list"
    unique, count = name, 1
    while unique.casefold() in taken:
        count += 1
        ending = f" ({count})"
        unique = name[: 31 - len(ending)].rstrip() + ending
    taken.add(unique.casefold())
    return unique


def csv_value(kind: str, value: Any) -> object:
    if value is None:
        return ""
    if isinstance(value, Decimal | int) and not isinstance(value, bool) and kind in NUMERIC:
        return f"{value / 1000 if kind == 'thousands' else value:f}" if isinstance(value, Decimal) else value
    if isinstance(value, datetime):
        return local_time(value).isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else csv_text(value)


def local_time(moment: datetime) -> datetime:
    return moment.astimezone(LONDON).replace(tzinfo=None) if moment.tzinfo else moment
