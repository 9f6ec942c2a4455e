"""The payback page as sheets, and its figures as one long table for CSV: pounds and pence, with sources."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear
from programme.foundation.workbook import Column, Sheet
from programme.people.models import User

from ..choices import AmountKind, Investment
from ..models import BenefitLine
from ..reading.payback_answer import Answer, Result
from ..reading.payback_inputs import amounts_of, costs_of
from ..reading.withholding import Source
from ..words.payback import Output, assumptions, beside, outputs

SOURCES = (Column("Source", width=48), Column("Place", width=36), Column("As at", "date"), Column("Basis"))
LONG = (
    Column("Appraisal", width=32),
    Column("Row", width=44),
    Column("Year"),
    Column("Value", "number", 18),
    Column("In words", width=28),
    Column("Source", width=60),
)
CONFIRMED = ("confirmed_by__profile", "forecast_confirmed_by__profile")
WORKED_OUT = "Worked out from the savings lines, each with its source in the workbook"


def sheets(one: Answer, user: User) -> list[Sheet]:
    """Assumptions, outputs side by side, each result year by year, and what went into the lines."""
    found = [_assumptions(one)]
    if one.results:
        found.append(_outputs(one))
    found += [_years(result, one) for result in one.results]
    if one.lines:
        found += [_lines(one, user)]
        if one.asked.investment != Investment.STATED:
            found.append(_costs(one, user))
    return found


def long_rows(one: Answer) -> Iterator[list[Any]]:
    """Assumptions, outputs and every amount of every year, each on a row of its own, for ``LONG``."""
    for label, words in assumptions(one.asked):
        yield ["Assumption", label, None, None, words, None]
    for result in one.results:
        source = source_words(result, one)
        for output in outputs(result, one.asked):
            yield [result.name, output.label, None, number(output), output.words, source]
        for label, amounts in result.rows:
            for year, amount in zip(result.appraisal.years, amounts, strict=True):
                yield [result.name, label, str(year), amount, None, source]


def source_words(result: Result, one: Answer) -> str:
    table = one.payback.table
    return str(table.source) if result is one.stated and table else WORKED_OUT


def _assumptions(one: Answer) -> Sheet:
    return Sheet(
        "Assumptions",
        (Column("Assumption"), Column("As chosen", width=90)),
        assumptions(one.asked),
        caption="What the payback page was asked",
        note=one.withheld,
        after=[_part(part) for part in one.inputs.parts],
    )


def _part(part: Any) -> str:
    counted = "Counted" if part.counted else "Left out"
    return f"{counted}: {part.label}, £{part.recurring:,.2f} a year and £{part.one_off:,.2f} once."


def _outputs(one: Answer) -> Sheet:
    """Each output as a number, to be worked on, and as the page writes it."""
    columns = [Column("Output", width=44)]
    for result in one.results:
        columns += [Column(result.name, "number", 30), Column(f"{result.short}, in words", width=28)]
    rows = [
        [row[0].label, *(cell for output in row for cell in (number(output), output.words))]
        for row in beside(one.results, one.asked)
    ]
    return Sheet("Outputs", columns, rows, caption="All outputs side by side: pounds, per cent or years")


def number(output: Output) -> Any:
    """The value of an output where it is a number."""
    return None if isinstance(output.value, str) else output.value


def _years(result: Result, one: Answer) -> Sheet:
    found = result.appraisal
    columns = (Column("Year"), *(Column(label, "money", 18) for label in result.headings))
    rows = [list(row) for row in zip(map(str, found.years), *(a for _, a in result.rows), strict=True)]
    return Sheet(
        result.short,
        columns,
        rows,
        caption=f"{result.name}, £. {dict(assumptions(one.asked))['Basis']}",
        after=[source_words(result, one)],
    )


def _lines(one: Answer, user: User) -> Sheet:
    """Every line that is counted with its amounts by year, and where they come from."""
    amounts: dict[int, dict[FinancialYear, Decimal]] = {}
    rows = amounts_of(user, one.asked).filter(one.asked.chosen)
    for line, year, amount in rows.values_list("line", "year", "amount"):
        amounts.setdefault(line, {})[year] = amount
    years = sorted({year for profile in amounts.values() for year in profile})
    lines = BenefitLine.objects.visible_to(user).filter(pk__in=rows.values("line"))
    of = Source.of_forecast if one.asked.amounts == AmountKind.FORECAST else Source.of
    return Sheet(
        "Savings counted",
        (
            *(Column("Line"), Column("Name", width=48), Column("Kind"), Column("Deliverability")),
            *(Column("Often"), *(Column(str(year), "money") for year in years), *SOURCES),
        ),
        (
            [
                *(line.ref, line.name, line.get_kind_display(), line.get_deliverability_display()),
                line.get_frequency_display(),
                *(amounts[line.pk].get(year) for year in years),
                *_source(of(line)),
            ]
            for line in lines.select_related(*CONFIRMED).order_by("ref")
        ),
        caption="The savings lines that are counted, £ by year",
    )


def _costs(one: Answer, user: User) -> Sheet:
    rows = costs_of(user, one.asked).select_related("line__confirmed_by__profile")
    left_out = one.inputs.not_profiled
    return Sheet(
        "Costs counted",
        (Column("Line"), Column("Name", width=48), Column("Year"), Column("£", "money"), *SOURCES),
        (
            [row.line.ref, row.line.name, str(row.year), row.amount, *_source(Source.of(row.line))]
            for row in rows.order_by("line__ref", "year")
        ),
        caption="The cost lines’ amounts that are counted, £",
        note=f"Left out, having no years: {left_out.lines} lines of £{left_out.amount:,.2f} together."
        if left_out.lines
        else "",
    )


def _source(source: Source) -> list[Any]:
    return [source.document, source.place, source.as_at, source.basis]
