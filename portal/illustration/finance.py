"""Tells what finance was made up to do: requirements, costs by year, the reserve's ledger, movements."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from benefits.actions import costs, dismissals, reconciliations, requirements, reserve, scenarios
from benefits.models import CostLine, Reconciliation, ReserveEntry
from benefits.reading.double_counting import flags
from programme.foundation.money import FinancialYear
from programme.foundation.sources import Basis
from programme.people.models import User
from programme.portfolio.models import Programme

from .made_up import MADE_UP, SOURCE

Step = tuple[datetime.date, Callable[[], Any]]


class Finance:
    """The steps of the finance reviewer, from the same story as the savings."""

    def __init__(self, story: dict[str, Any], people: Mapping[str, User]):
        self.story, self.people, self.finance = story, people, people["finance"]
        self.commitments: dict[str, ReserveEntry] = {}

    def steps(self) -> Iterator[Step]:
        yield self.story["required"]["date"], self._require
        for day, *cost in self.story["costs"]:
            yield day, partial(self._cost, *cost)
        for one in self.story["reserve"]:
            yield one["date"], partial(self._enter, one)
        for one in self.story["movements"]:
            yield one["date"], partial(self._move, one)
        yield self.story["dismissed"]["date"], self._dismiss
        yield self.story["scenario"]["date"], self._save_scenario

    def _require(self) -> None:
        one = self.story["required"]
        for kind in ("budget_gap", "medium_term_plan"):
            for year, amount in _amounts(one[kind]).items():
                requirements.state(
                    scope=Programme.objects.get().scope,
                    kind=kind,
                    year=year,
                    amount=amount,
                    source_document=one["source"],
                    source_as_at=one["date"],
                    basis=Basis.BUDGET,
                    by=self.finance,
                    reason=f"{MADE_UP}what the budget asks of each year",
                )

    def _cost(self, ref: str, kind: str, amounts: Mapping[str, int]) -> None:
        costs.set_years(
            CostLine.objects.select_related("scope").get(ref=ref),
            kind=kind,
            amounts=_amounts(amounts),
            by=self.finance,
            reason=f"{MADE_UP}{kind} by year, from the monthly monitoring",
        )

    def _enter(self, one: dict[str, Any]) -> None:
        entry = reserve.enter(
            kind=one["kind"],
            date=one["date"],
            amount=Decimal(one["amount"]),
            words=one["words"],
            scope=Programme.objects.get().scope,
            cost_line=CostLine.objects.get(ref=one["cost_line"]) if "cost_line" in one else None,
            commitment=self.commitments[one["draws"]] if "draws" in one else None,
            source_document=SOURCE,
            source_as_at=one["date"],
            by=self.finance,
            reason=f"{MADE_UP}entered from the ledger",
        )
        if "called" in one:
            self.commitments[one["called"]] = entry

    def _move(self, one: dict[str, Any]) -> None:
        reconciliations.add_movement(
            Reconciliation.objects.get(ref=one["reconciliation"]),
            kind=one["kind"],
            year=None,
            amount=Decimal(one["amount"]),
            words=one["words"],
            by=self.finance,
            reason=f"{MADE_UP}found while the figures were compared",
        )

    def _dismiss(self) -> None:
        one = self.story["dismissed"]
        standing = next(found for found in flags(self.finance) if found.warned.subject == one["subject"])
        dismissals.dismiss(standing.warned, by=self.finance, reason=f"{MADE_UP}{one['reason']}")

    def _save_scenario(self) -> None:
        one = self.story["scenario"]
        scenarios.save(
            name=one["name"],
            assumptions=one["assumptions"],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}to look at again after each forecast",
        )


def _amounts(stated: Mapping[str, int]) -> dict[FinancialYear, Decimal]:
    return {FinancialYear.parse(year): Decimal(amount) for year, amount in stated.items()}
