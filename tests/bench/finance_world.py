"""Made-up costs, budgets, reserve, stated figures, reconciliations and scenarios, beside as many benefits."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from benefits import models as benefits
from benefits.choices import Computed, CostKind, EntryKind
from benefits.choices import Measure as What
from programme.people.models import Scope, User
from programme.portfolio.models import Project

from .benefit_world import SOURCE, YEARS, Write, class_of

WORKED_OUT = (Computed.LINES_FORECAST, Computed.LINES_DELIVERED, Computed.INVESTMENT_LINES)
INTERNAL = {"classification": "internal"}


class Finance:
    """Fills the portal of :class:`tests.bench.world.World`, whose way of writing it is given."""

    def __init__(self, number: int, write: Write) -> None:
        self.number, self.write = number, write
        self.programme = Scope.objects.get(kind="programme")

    def fill(self, projects: list[Project]) -> None:
        lines = self._costs(projects)
        self._budgets()
        self._reserve(lines)
        self._reconciliations()
        lead = User.objects.get(username="lead-digital")
        assumptions = {"basis": ["run_rate"], "timing": ["start"]}
        self.write([benefits.PaybackScenario(name="Made up", assumptions=assumptions, owner=lead)])

    def _costs(self, projects: list[Project]) -> list[Any]:
        """A line for every five benefits, with three years of each kind."""
        lines = self.write([self._cost(number, projects) for number in range(self.number // 5)])
        self.write(
            [
                benefits.CostAmount(line=line, year=year, kind=kind, amount=Decimal(4_000))
                for line in lines
                for kind in CostKind
                for year in YEARS[:3]
            ]
        )
        return lines

    def _cost(self, number: int, projects: list[Project]) -> benefits.CostLine:
        project = projects[number % len(projects)]
        return benefits.CostLine(
            ref=f"C-{1001 + number}",
            name=f"Technology for {project.name}",
            category="technology",
            amount=Decimal(12_000),
            position=number + 100,
            scope=project.scope,
            **SOURCE,
            **class_of(number),
        )

    def _budgets(self) -> None:
        codes = range(min(400, self.number))
        self.write(
            [
                benefits.Budget(code=f"K{number:04}", year=year, amount=Decimal(90_000), **SOURCE)
                for number in codes
                for year in YEARS
            ]
        )

    def _reserve(self, lines: list[Any]) -> None:
        """What the cost lines come to is allocated; each is promised, and half of each is spent."""
        self.write([self._entry(0, EntryKind.ALLOCATION, Decimal(12_000) * max(1, len(lines)))])
        promised = self.write(
            [
                self._entry(number, EntryKind.COMMITMENT, line.amount, cost_line=line)
                for number, line in enumerate(lines)
            ]
        )
        self.write(
            [
                self._entry(
                    number + 30, EntryKind.SPENDING, one.amount / 2, cost_line=one.cost_line, commitment=one
                )
                for number, one in enumerate(promised)
            ]
        )

    def _entry(self, number: int, kind: str, amount: Decimal, **about: Any) -> benefits.ReserveEntry:
        day = datetime.date(2022, 7, 6) + datetime.timedelta(days=number % 100)
        words = f"{EntryKind(kind).label} {number + 1}"
        standing = {"scope": self.programme} | SOURCE | class_of(number if "cost_line" in about else 0)
        return benefits.ReserveEntry(kind=kind, date=day, amount=amount, words=words, **about, **standing)

    def _reconciliations(self) -> None:
        """Stated figures, set against the next one or against what the portal works out, in five steps."""
        figures = self.write([self._figure(number) for number in range(20 + self.number // 20)])
        bridges = self.write([self._bridge(number, figures) for number in range(len(figures))])
        self.write(
            [
                benefits.Movement(
                    reconciliation=one, kind="timing", amount=Decimal(1_000), words=f"Step {step + 1}"
                )
                for one in bridges
                for step in range(5)
            ]
        )

    def _bridge(self, number: int, figures: list[Any]) -> benefits.Reconciliation:
        beside = figures[(number + 1) % len(figures)]
        end = {"to_computed": WORKED_OUT[number // 2 % 3]} if number % 2 else {"to_figure": beside}
        return benefits.Reconciliation(
            ref=f"R-{1001 + number}",
            title=f"Stated savings {number + 1} set against others",
            from_figure=figures[number],
            position=number + 100,
            scope=self.programme,
            **end,
            **INTERNAL,
        )

    def _figure(self, number: int) -> benefits.StatedFigure:
        return benefits.StatedFigure(
            ref=f"F-{1001 + number}",
            measure=What.ANNUAL_SAVINGS,
            amount=Decimal(500_000 + 1_000 * number),
            covers=f"savings of report {number + 1}",
            position=number + 100,
            scope=self.programme,
            **SOURCE,
            **INTERNAL,
        )


def places() -> dict[str, str]:
    """Records that stand for all others of their kind, none of them exempt."""
    entry = benefits.ReserveEntry.objects.filter(kind=EntryKind.SPENDING, commitment__isnull=False)[0]
    return {
        "cost_line": "C-1001",
        "reserve_entry": str(entry.pk),
        "reconciliation": "R-1001",
        "computed_reconciliation": "R-1002",
        "figure": "F-1001",
        "scenario": str(benefits.PaybackScenario.objects.get(name="Made up").pk),
    }
