"""Payback in words and rows: every output of an appraisal beside its like, for page, comparison and file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programme.foundation.calendar import in_words
from programme.foundation.money import JOINED, MINUS, FinancialYear, pounds

from ..choices import AmountKind, Deliverability, Kind
from ..reading.payback_answer import Answer, Result
from ..reading.payback_inputs import Asked
from ..rules.appraisal import PaybackBasis, Terms

BASIS_WORDS = {
    PaybackBasis.NEW_IN_YEAR: "New in year: a change in annual run-rate set against cash cost.",
    PaybackBasis.RUN_RATE: "Run-rate carried forward: recurring savings go on, set against cash cost.",
}
NONE = "–"
COUNTED = "Savings counted"
UNKNOWN = "Not known without costs"


@dataclass(frozen=True)
class Output:
    """One output of an appraisal: its value (pounds, per cent, years or a year; None: there is none), and the
    words that stand for it. ``kind`` is that of a spreadsheet's column."""

    label: str
    kind: str
    value: Decimal | int | str | None
    words: str

    def less(self, other: Output) -> str:
        """By how much this exceeds the other, in words; a dash where they cannot be subtracted."""
        if self.words == other.words and not isinstance(self.value, Decimal):
            return "same"
        if self.words == str(self.value) and other.words == str(other.value) and self.kind == "number":
            return _whole_years(int(self.words) - int(other.words))
        if not isinstance(self.value, Decimal) or not isinstance(other.value, Decimal):
            return NONE
        gap = self.value - other.value
        said = {"money": whole_pounds, "percent": _points, "number": _years}[self.kind](gap)
        return f"+{JOINED if said.startswith('£') else ''}{said}" if gap > 0 else said


def outputs(result: Result, asked: Asked) -> tuple[Output, ...]:
    """Everything that the domain asks of an appraisal, in the same order always."""
    found, turning = result.appraisal, result.switching
    rows = [
        _year("Payback: stays above nought from", found.payback, found.first_above),
        _number("Simple payback: cost ÷ final run-rate", found.simple_payback),
        _money(COUNTED, found.benefit),
        _money("Costs", found.total_cost),
        _money("Net gain, undiscounted", found.net_gain),
        _money(f"Net present value at {rate_words(asked.terms.rate)}", found.net_present_value),
    ]
    if found.split:
        rows.append(_money(f"Net before {in_words(found.split.date)}", found.split.before))
        rows.append(_money(f"Net from {in_words(found.split.date)}", found.split.after))
    rows += [
        _percent("Savings may fall by", turning.savings_may_fall, "must rise by"),
        _percent("Costs may rise by", turning.costs_may_rise, "must fall by"),
        _slip(turning.may_slip, len(found.years)),
        _money("Net gain if all savings come a year later", turning.a_year_late.net_gain),
    ]
    if not result.lacks_costs:
        return tuple(rows)
    return tuple(one if one.label == COUNTED else Output(one.label, one.kind, None, UNKNOWN) for one in rows)


def in_a_sentence(one: Answer) -> str:
    """How things stand, on the lines where they may be seen, else on the stated table."""
    result = one.stated if one.lacks_costs else one.lines or one.stated
    if result is None:
        return ""
    found = result.appraisal
    gain = f"a net gain of {whole_pounds(found.net_gain)}" if found.net_gain >= 0 else _loss(found.net_gain)
    span = f"over {found.years[0]} to {found.years[-1]}" if len(found.years) > 1 else f"in {found.years[0]}"
    when = f"payback in {found.payback}" if found.payback else "no payback within the years counted"
    told = f"{result.name}, {one.asked.terms.basis.label.lower()}: {when}, {gain} {span}"
    return f"{told}, {whole_pounds(found.net_present_value)} at {rate_words(one.asked.terms.rate)}."


def assumptions(asked: Asked) -> list[tuple[str, str]]:
    """The question in words, each assumption with its label."""
    terms = asked.terms
    rows = [("Basis", BASIS_WORDS[terms.basis])]
    timing = terms.timing.label if terms.carries_forward else "Does not apply to new in year"
    rows += [("Timing", timing), ("Horizon", horizon_words(terms)), ("Discount rate", rate_words(terms.rate))]
    date = f"{in_words(terms.horizon_date)}, an assumption" if terms.horizon_date else "None"
    rows += [
        ("Horizon date", date),
        ("Amounts", AmountKind(asked.amounts).label),
        ("Deliverability", ", ".join(Deliverability(one).label for one in asked.deliverability)),
        ("Kinds", ", ".join(Kind(one).label for one in asked.kinds)),
        ("Investment", asked.investment.label),
    ]
    return rows


def horizon_words(terms: Terms) -> str:
    return (
        "1 year: year 0" if terms.horizon == 1 else f"{terms.horizon} years: years 0 to {terms.horizon - 1}"
    )


def rate_words(rate: Decimal) -> str:
    return f"{rate.normalize():f} % real"


def whole_pounds(amount: Decimal) -> str:
    """Rounded to the pound, because a discounted sum has no pence of its own."""
    return pounds(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def late_over_the_horizon(result: Result) -> str:
    """What a year's delay means on the basis, since new in year ends with the table's own years."""
    late = result.switching.a_year_late
    years = late.years
    over = f"{_counted(len(years))} {years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    return f"{result.name}: slipped by a year, {whole_pounds(late.net_gain)} over {over}."


def _counted(years: int) -> str:
    names = {2: "the two years", 3: "the three years", 10: "the ten years"}
    return names.get(years, f"the {years} years")


def _loss(gain: Decimal) -> str:
    return f"a net loss of {whole_pounds(-gain)}"


def _money(label: str, amount: Decimal) -> Output:
    return Output(label, "money", amount, whole_pounds(amount))


def _number(label: str, years: Decimal | None) -> Output:
    return Output(label, "number", years, "No saving a year" if years is None else _years(years))


def _years(years: Decimal) -> str:
    return f"{years:,.2f} years".replace("-", MINUS)


def _whole_years(gap: int) -> str:
    return f"{gap:+,} {'year' if abs(gap) == 1 else 'years'}".replace("-", MINUS)


def _points(gap: Decimal) -> str:
    return f"{gap:,.1f} points".replace("-", MINUS)


def _percent(label: str, value: Decimal | None, otherwise: str) -> Output:
    """Below nought the words turn: what must happen for it to break even."""
    if value is None:
        return Output(label, "percent", None, NONE)
    size = f"{abs(value):,.1f} %"
    return Output(label, "percent", value, size if value >= 0 else f"{otherwise} {size} to break even")


def _year(label: str, year: FinancialYear | None, earlier: FinancialYear | None) -> Output:
    words = str(year) if year else "Not within these years"
    note = f" (above it in {earlier} already, but not to stay)" if earlier else ""
    return Output(label, "text", str(year) if year else None, f"{words}{note}")


def _slip(years: int | None, appraised: int) -> Output:
    label = "Delivery may slip by, whole years"
    if years is None:
        return Output(label, "number", None, "Does not pay even on time")
    if years >= appraised:
        return Output(label, "number", years, "Any delay")
    return Output(label, "number", years, str(years))


def beside(results: Sequence[Result], asked: Asked) -> list[tuple[Output, ...]]:
    """The outputs of several results, each kind of output in a row."""
    return list(zip(*(outputs(one, asked) for one in results), strict=True))
