"""Warnings that a saving may be counted twice, each naming the lines it is about. Pure rules.

Source: the domain's "Benefits": the same post reference or contract on two live lines; savings on one budget
code and year above that budget; and, a hint only, a line of cost avoidance beside a cashable one with equal
amounts on one enabling project. Savings are held against expenditure budgets: income lines are rightly left
out, since they raise an income budget rather than spend less of one. Amounts are pounds. The work grows with
the number of lines, not with the number of pairs: of three lines with one post, the first is named with the
second, the second with the third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from programme.foundation.money import FinancialYear, Profile, pounds

from ..choices import CASHABLE, DoubleCountingRule, Kind, ReferenceKind

# Whose amounts come out of the expenditure budget of a code, which they cannot exceed. An income line raises
# an income budget, which has no such ceiling, and what releases no cash leaves a budget alone.
OUT_OF_BUDGET = frozenset({Kind.CASH_RELEASING_EFFICIENCY, Kind.REDUCTION_OF_SCOPE, Kind.COST_AVOIDANCE})
NOTHING = Decimal(0)
LONGEST = 500  # characters of the reason why a warning is dismissed

# The rule, the lines that it is about by nature, the subject and the year.
Identity = tuple[str, tuple[int | None, ...], str, FinancialYear | None]


def identity(rule: str, first: int, second: int | None, subject: str, year: FinancialYear | None) -> Identity:
    """What makes a warning this one and no other.

    One about a budget is about its code and year: which of the savings on it are the largest changes with
    every forecast. The others are about their two lines.
    """
    lines = () if rule == DoubleCountingRule.ABOVE_BUDGET else (first, second)
    return (rule, lines, subject, year)


@dataclass(frozen=True)
class Line:
    """A live line as the rules read it. ``amounts`` are what it is now expected to bring, by year.

    ``references`` are its posts and contracts as (kind, reference), ``projects`` what enables its benefit.
    """

    key: int
    ref: str
    name: str
    kind: str
    budget_code: str = ""
    amounts: Mapping[FinancialYear, Decimal] = field(default_factory=Profile)
    references: tuple[tuple[str, str], ...] = ()
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Warned:
    """One warning. ``lines`` are all it is about, ``subject`` the post, contract, budget code or project.

    ``budget`` is in pounds, of a warning about a budget.
    """

    rule: str
    lines: tuple[Line, ...]
    subject: str
    year: FinancialYear | None
    words: str
    budget: Decimal | None = None

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def second(self) -> Line | None:
        return self.lines[1] if len(self.lines) > 1 else None

    @property
    def key(self) -> Identity:
        """What a dismissal of it is found by; whether it still holds, :func:`grown` says."""
        second = self.second.key if self.second else None
        return identity(self.rule, self.first.key, second, self.subject, self.year)

    def expected(self, line: Line) -> Decimal:
        """What one of its lines is expected to bring: in the warning's year, or in all years together."""
        years = [self.year] if self.year else list(line.amounts)
        return sum((max(line.amounts.get(year, NOTHING), NOTHING) for year in years), NOTHING)

    @property
    def known(self) -> dict[str, Any]:
        """What it rests on, as a dismissal keeps it: pounds by the line's number, and the budget."""
        lines = {str(line.key): str(self.expected(line)) for line in self.lines}
        return {"lines": lines} | ({} if self.budget is None else {"budget": str(self.budget)})


def grown(warned: Warned, known: Mapping[str, Any]) -> tuple[str, ...]:
    """What there is more of than when the warning was dismissed, in sentences: then the dismissal has lapsed.

    ``known`` is what :attr:`Warned.known` said then. A line that brings less is covered by what was said of
    more; another line, a larger amount or a smaller budget is not.
    """
    return tuple(_grown(warned, known["lines"], known.get("budget")))


def _grown(warned: Warned, lines: Mapping[str, str], budget: str | None) -> Iterator[str]:
    for line in warned.lines:
        now, then = warned.expected(line), lines.get(str(line.key))
        if then is None:
            yield f"{line.ref} was not among its lines."
        elif now > Decimal(then):
            yield f"{line.ref} was expected to bring {pounds(Decimal(then))}, not {pounds(now)}."
    if budget is not None and warned.budget is not None and warned.budget < Decimal(budget):
        yield f"The budget was {pounds(Decimal(budget))}, not {pounds(warned.budget)}."


def warnings(
    lines: Iterable[Line], *, budgets: Mapping[tuple[str, FinancialYear], Decimal]
) -> tuple[Warned, ...]:
    """Every warning about these lines, posts and contracts first, the hints last.

    ``budgets`` are pounds by code and year; a code without a budget in a year gives no warning.
    """
    ordered = sorted(lines, key=lambda one: (one.key, one.ref))
    return (*_same_reference(ordered), *_above_budget(ordered, budgets), *_avoided_and_saved(ordered))


def _same_reference(lines: list[Line]) -> Iterator[Warned]:
    holders: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        for kind, reference in dict.fromkeys((kind, _plain(one)) for kind, one in line.references):
            holders[kind, reference].append(line)
    for (kind, reference), found in sorted(holders.items(), key=lambda item: item[0]):
        what = ReferenceKind(kind).label
        for pair in pairwise(found):
            words = f"{what} {reference} stands on both lines."
            yield Warned(DoubleCountingRule.SAME_REFERENCE, pair, f"{what} {reference}", None, words)


def _above_budget(
    lines: list[Line], budgets: Mapping[tuple[str, FinancialYear], Decimal]
) -> Iterator[Warned]:
    budget_of = {(_plain(code), year): amount for (code, year), amount in budgets.items()}
    on_code: dict[tuple[str, FinancialYear], list[Line]] = defaultdict(list)
    for line in lines:
        if line.budget_code and line.kind in OUT_OF_BUDGET:
            for year, amount in line.amounts.items():
                if amount > NOTHING:
                    on_code[_plain(line.budget_code), year].append(line)
    for (code, year), found in sorted(on_code.items(), key=lambda item: item[0]):
        budget = budget_of.get((code, year))
        total = sum((line.amounts[year] for line in found), NOTHING)
        if budget is None or total <= max(budget, NOTHING):
            continue
        largest = sorted(found, key=lambda one: (-one.amounts[year], one.key))
        words = f"Savings of {pounds(total)} on {code} in {year} stand against a budget of {pounds(budget)}."
        yield Warned(DoubleCountingRule.ABOVE_BUDGET, tuple(largest), code, year, words, budget)


def _avoided_and_saved(lines: list[Line]) -> Iterator[Warned]:
    """Only a hint: equal amounts in the same years on one project are seldom chance."""
    saved: dict[Hashable, Line] = {}
    for line in lines:
        if line.kind in CASHABLE:
            for place in _places(line):
                saved.setdefault(place, line)
    for line in lines:
        if line.kind != Kind.COST_AVOIDANCE:
            continue
        named: set[int] = set()
        for place in _places(line):
            other = saved.get(place)
            if other is not None and other.key not in named:
                named.add(other.key)
                project = str(place[0])
                words = (
                    f"Cost avoidance and a cashable saving have equal amounts, and {project} enables both: "
                    "perhaps they are one saving."
                )
                rule = DoubleCountingRule.AVOIDANCE_BESIDE_CASH
                yield Warned(rule, (other, line), project, None, words)


def _places(line: Line) -> Iterator[tuple[str, frozenset[tuple[FinancialYear, Decimal]]]]:
    """Each enabling project with the line's amounts; none where there are no amounts."""
    amounts = frozenset((year, amount) for year, amount in line.amounts.items() if amount)
    if amounts:
        for project in line.projects:
            yield project, amounts


def _plain(reference: str) -> str:
    """A reference as it is compared: blanks and the size of letters make no difference."""
    return " ".join(reference.split()).upper()
