"""Reading a CSV of budgets by code and year: all of it, or a list of what to put right. Pure.

A finance system's export is taken as it comes: headings in any order and under their usual names, commas,
semicolons or tabs, pounds with signs and separators, the ``="0123"`` by which spreadsheets keep noughts.
What is doubtful is refused with its row and column, because a budget read wrongly hides double counting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from programme.foundation.csv_files import Problem, Unreadable, csv_rows, csv_text
from programme.foundation.form_fields import refuse_control_characters
from programme.foundation.money import FinancialYear, parse_pounds

from ..choices import BUDGET_CODE

MOST_ROWS = 10_000
MOST_BYTES = 1_000_000
LONGEST_NAME = 120

HEADINGS = {
    "code": {"code", "budget code", "cost centre", "cost center", "cost code", "account", "account code"},
    "year": {"year", "financial year", "fy", "budget year"},
    "amount": {"amount", "budget", "budget amount", "pounds", "value", "current budget", "approved budget"},
    "name": {"name", "description", "budget name", "title", "cost centre name", "account name"},
}
NEEDED = ("code", "year", "amount")
ASK_FOR = "The first row names the columns: code, year, amount, and name if you like."


@dataclass(frozen=True)
class Row:
    """One budget, in pounds; ``number`` is the row of the file."""

    number: int
    code: str
    year: FinancialYear
    amount: Decimal
    name: str = ""


def read(data: bytes) -> list[Row]:
    """The budgets in the file, in its order. Raises :class:`Unreadable` with every problem found."""
    rows = csv_rows(csv_text(data, most_bytes=MOST_BYTES))
    head = next(rows, None)
    if head is None:
        raise Unreadable([Problem(0, "", f"The file is empty. {ASK_FOR}")])
    places = _places(head.cells)
    found: list[Row] = []
    problems: list[Problem] = []
    for number, cells in rows:
        if len(found) + len(problems) >= MOST_ROWS:
            words = f"A file can hold {MOST_ROWS:,} budgets. Send it in parts, a year at a time for example."
            raise Unreadable([Problem(0, "", words)])
        one, wrong = _row(number, cells, places, width=len(head.cells))
        problems += wrong
        if one:
            found.append(one)
    problems += _twice(found)
    if problems:
        raise Unreadable(sorted(problems, key=lambda problem: problem.row))
    if not found:
        raise Unreadable([Problem(0, "", f"There are no budgets below the headings. {ASK_FOR}")])
    return found


def _places(head: Sequence[str]) -> dict[str, int]:
    """Which column is which. Raises :class:`Unreadable` for one missing, or named twice, or in thousands."""
    names = [_heading(cell) for cell in head]
    places: dict[str, int] = {}
    problems = []
    for place, name in enumerate(names):
        kind = next((kind for kind, known in HEADINGS.items() if name in known), None)
        if kind in places:
            problems.append(Problem(1, head[place], f"Two columns could be the {kind}. Leave one out."))
        elif kind:
            places[kind] = place
        elif "000" in head[place]:
            problems.append(Problem(1, head[place], "Amounts are read in pounds, not in thousands."))
    missing = [kind for kind in NEEDED if kind not in places]
    if missing and not problems:
        problems.append(Problem(1, "", f"There is no column {' or '.join(missing)}. {ASK_FOR}"))
    if problems:
        raise Unreadable(problems)
    return places


def _heading(cell: str) -> str:
    """``Budget_Code``, ``BUDGET CODE`` and ``Amount (£)`` as the words they mean."""
    words = cell.casefold().replace("_", " ").replace("-", " ").replace("£", " ").replace("()", " ")
    return " ".join(words.replace("( )", " ").split())


def _row(
    number: int, cells: Sequence[str], places: dict[str, int], *, width: int
) -> tuple[Row | None, list[Problem]]:
    if any(cells[width:]):
        words = "There are more cells than headings: perhaps an amount holds a comma and no quotation marks."
        return None, [Problem(number, "", words)]
    values = {kind: cells[place] if place < len(cells) else "" for kind, place in places.items()}
    problems = []
    parsed: dict[str, object] = {}
    for kind, parse in PARSERS.items():
        if kind in values:
            try:
                parsed[kind] = parse(values[kind])
            except ValueError as wrong:
                problems.append(Problem(number, kind, str(wrong)))
    return (None, problems) if problems else (Row(number, **parsed), [])  # type: ignore[arg-type]


def _code(text: str) -> str:
    if not text:
        raise ValueError("There is no budget code.")
    try:
        BUDGET_CODE(text)
    except ValidationError as wrong:
        raise ValueError(f"“{_shown(text)}” is no budget code. {BUDGET_CODE.message}") from wrong
    return text


def _year(text: str) -> FinancialYear:
    if not text:
        raise ValueError("There is no financial year; write it like 2022/23.")
    return FinancialYear.parse(text)


def _amount(text: str) -> Decimal:
    if not text:
        raise ValueError("There is no amount; write 0 where the budget is nothing.")
    return parse_pounds(text)


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters.")
    try:
        refuse_control_characters(text, lines=False)
    except ValidationError as wrong:
        raise ValueError(wrong.messages[0]) from wrong
    return text


def _shown(text: str) -> str:
    return "".join(sign for sign in text[:30] if sign.isprintable())


PARSERS = {"code": _code, "year": _year, "amount": _amount, "name": _name}


def _twice(rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, FinancialYear], int] = {}
    for row in rows:
        key = (row.code.casefold(), row.year)
        if key in first:
            words = f"{row.code} has a budget for {row.year} already, in row {first[key]}. Keep one of them."
            yield Problem(row.number, "code", words)
        else:
            first[key] = row.number
