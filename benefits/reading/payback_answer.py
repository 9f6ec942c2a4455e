"""What the payback page answers: the stated table and the savings lines, appraised on the same terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..rules import arithmetic
from ..rules.appraisal import Appraisal, Flows, Terms, appraise
from ..rules.switching import Switching, switching
from ..rules.tornado import Leaning, Swing, tornado
from .payback_inputs import Asked, LineInputs, line_inputs
from .payback_leanings import largest
from .stated_payback import Payback, PaybackTable, payback_as_stated

STATED, LINES = "As the business case states it", "From the savings lines"
SHORT = {STATED: "As stated", LINES: "From the lines"}
RUNNING = "Running total"
BENEFIT_ROW, COST_ROW = "Savings, as the table states them", "Costs, as the table states them"


@dataclass(frozen=True)
class Result:
    """One appraisal under its name, with its switching values and the lines it leans on most."""

    name: str
    flows: Flows
    appraisal: Appraisal
    switching: Switching
    tornado: tuple[Swing, ...]

    @property
    def short(self) -> str:
        return SHORT[self.name]

    @property
    def lacks_costs(self) -> bool:
        """Whether no cost is known in any year: then what comes out is not known either."""
        return not self.flows.cost

    @property
    def rows(self) -> list[tuple[str, tuple[Decimal | None, ...]]]:
        """The appraisal's rows by year, each with its heading; one-offs only where there are any.

        What goes in has None in a year without an amount; what comes out counts such a year as nothing.
        """
        found = self.appraisal
        once = [("One-off", self._given(self.flows.one_off))] if any(found.one_off) else []
        return [
            ("New a year", self._given(self.flows.recurring)),
            *once,
            ("Savings counted", found.counted),
            ("Cost", self._given(self.flows.cost)),
            ("Net", found.net),
            (RUNNING, found.cumulative),
            (f"Net at {found.terms.rate.normalize():f} %", found.discounted),
        ]

    def _given(self, profile: Profile) -> tuple[Decimal | None, ...]:
        return tuple(profile.get(year) for year in self.appraisal.years)

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _ in self.rows]

    @property
    def by_year(self) -> list[tuple[FinancialYear, list[Decimal | None]]]:
        """Each year with its amounts to the penny, discounted ones rounded to the pound."""
        given = zip(*(amounts for _, amounts in self.rows[:-1]), strict=True)
        each = zip(self.appraisal.years, given, self.appraisal.discounted, strict=True)
        return [(year, [*amounts, discounted.quantize(Decimal(1))]) for year, amounts, discounted in each]

    @property
    def has_blanks(self) -> bool:
        return any(amount is None for _, row in self.rows for amount in row)

    @property
    def totals(self) -> list[Decimal | None]:
        """Summed before rounding; a running total has none."""
        sums = [None if heading == RUNNING else arithmetic.total(row) for heading, row in self.rows[:-1]]
        return [*sums, self.appraisal.net_present_value.quantize(Decimal(1))]


@dataclass(frozen=True)
class Answer:
    """Both results, either None where it is withheld or has no amounts, with what belongs beside them."""

    asked: Asked
    payback: Payback
    stated: Result | None
    inputs: LineInputs
    lines: Result | None

    @property
    def results(self) -> tuple[Result, ...]:
        return tuple(one for one in (self.stated, self.lines) if one)

    @property
    def withheld(self) -> str:
        return self.inputs.withheld or self.payback.withheld

    @property
    def lacks_costs(self) -> bool:
        """Whether the lines are set against no cost at all, which nobody must take for free savings."""
        return self.lines is not None and self.lines.lacks_costs

    @property
    def mixes_prices(self) -> bool:
        """Whether a real rate meets money of the day: the business case's table is in money of the day."""
        nominal = self.inputs.nominal and self.lines is not None
        return self.asked.terms.rate > 0 and (nominal or self.stated is not None)


def answer(user: User, asked: Asked, payback: Payback | None = None) -> Answer:
    """The answer to one question. ``payback`` saves reading the stated table again; without it about twenty
    queries, however many lines there are."""
    payback = payback or payback_as_stated(user)
    table = payback.table
    stated_cost = Profile(zip(table.years, table.cost, strict=True)) if table else Profile()
    inputs = line_inputs(user, asked, stated_cost, payback.withheld)
    return Answer(
        asked=asked,
        payback=payback,
        stated=of_table(table, asked.terms) if table else None,
        inputs=inputs,
        lines=_from_lines(user, asked, inputs),
    )


def of_table(table: PaybackTable, terms: Terms) -> Result:
    """The stated table, appraised. Its savings are taken as recurring; its two rows are varied, as it has no
    lines."""
    flows = Flows(
        recurring=Profile(zip(table.years, table.benefit, strict=True)),
        cost=Profile(zip(table.years, table.cost, strict=True)),
    )
    appraisal = appraise(flows, terms)
    rows = [Leaning("1", BENEFIT_ROW, appraisal.benefit), Leaning("2", COST_ROW, -appraisal.total_cost)]
    return _result(STATED, flows, terms, appraisal, rows)


def _from_lines(user: User, asked: Asked, inputs: LineInputs) -> Result | None:
    """Nothing without savings: costs alone are no payback."""
    if not inputs.flows.recurring and not inputs.flows.one_off:
        return None
    appraisal = appraise(inputs.flows, asked.terms)
    return _result(LINES, inputs.flows, asked.terms, appraisal, largest(user, asked, appraisal))


def _result(name: str, flows: Flows, terms: Terms, appraisal: Appraisal, lines: list[Leaning]) -> Result:
    swings = tornado(appraisal.net_gain, lines)
    return Result(name, flows, appraisal, switching(flows, terms, appraisal), swings)
