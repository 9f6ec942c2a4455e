"""Tells what was made up about savings: who keeps them, what was added, approved, forecast and claimed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benefits.actions import benefits, budgets, claims, lines, profiles
from benefits.choices import Status
from benefits.models import Benefit, BenefitLine, Budget, Claim
from benefits.rules import budget_changes
from benefits.rules.budget_file import Row
from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import Scope, User
from programme.performance.actions import measures
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.actions import decisions
from programme.portfolio.choices import Outcome
from programme.portfolio.models import Body, Project

from .finance import Finance
from .made_up import MADE_UP, SOURCE

STORY = Path(__file__).with_name("savings.yaml")

Day = datetime.date
Step = tuple[Day, Callable[[], Any]]


class Savings:
    """Turns the story of savings into dated steps, each done by its person through the portal's actions."""

    def __init__(self, people: Mapping[str, User]):
        self.story = yaml.safe_load(STORY.read_text())
        self.people = people
        self.manager, self.finance = people["programme-manager"], people["finance"]

    def steps(self) -> Iterator[Step]:
        for one in self.story["kept"]:
            yield one["date"], partial(self._keep, one)
        for one in self.story["enabled"]:
            yield one["date"], partial(self._enable, one["milestones"], self.manager)
        for one in self.story["measures"]:
            yield one["date"], partial(self._measure, one)
        for one in self.story["added"]:
            yield one["date"], partial(self._add, one)
            if "agreed" in one:
                yield one["agreed"], partial(self._agree, one)
        yield self.story["budgets"]["date"], self._load_budgets
        for day, *change in self.story["forecast"]:
            yield day, partial(self._forecast, *change)
        yield self.story["approved"]["date"], self._approve
        for one in self.story["claims"]:
            yield from self._claiming(one)
        yield from Finance(self.story, self.people).steps()

    def _keep(self, one: dict[str, Any]) -> None:
        for ref, facts in one["benefits"].items():
            benefits.change(
                _benefit(ref),
                by=self.people[one["by"]],
                reason=f"{MADE_UP}owners named with the workstreams",
                **self._links(facts),
            )

    def _links(self, facts: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {name: facts[name] for name in ("starts", "ends") if name in facts}
        if "owner" in facts:
            found["owner"] = self.people[facts["owner"]]
        if "measure" in facts:
            found["measure"] = Measure.objects.get(ref=facts["measure"])
        return found

    def _enable(self, milestones: dict[str, list[str]], by: User) -> None:
        for ref, names in milestones.items():
            for name in names:
                benefits.enable(
                    _benefit(ref),
                    activity=Activity.objects.get(ref=name),
                    by=by,
                    reason=f"{MADE_UP}the milestone it waits for",
                )

    def _measure(self, one: dict[str, Any]) -> None:
        facts = {name: one[name] for name in ("ref", "name", "unit", "direction", "frequency")}
        measures.add(
            home=_home(one["home"]),
            baseline=Decimal(one["baseline"]),
            target=Decimal(one["target"]),
            source_document=SOURCE,
            source_as_at=one["date"],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}what shows whether a benefit comes",
            **facts,
        )

    def _add(self, one: dict[str, Any]) -> None:
        by, reason = self.people[one["by"]], f"{MADE_UP}benefit found in the workstream"
        added = benefits.add(
            scope=_home(one["home"]),
            ref=one["ref"],
            name=one["name"],
            description=one["description"],
            method=one["method"],
            disbenefits=one.get("disbenefits", ""),
            by=by,
            reason=reason,
            **self._links(one),
        )
        line = lines.add(
            benefit=added,
            name=one["name"],
            source_document=SOURCE,
            source_as_at=one["date"],
            by=by,
            reason=reason,
            **one["line"],
        )
        if "contract" in one:
            lines.refer(line, kind="contract", reference=one["contract"], by=by, reason=reason)
        if "forecast" in one:
            said: dict[str, Any] = {"source_document": SOURCE, "source_as_at": one["date"]}
            profiles.forecast(line, amounts=_amounts(one["forecast"]), **said, by=by, reason=reason)
        self._enable({one["ref"]: one["milestones"]}, by)

    def _agree(self, one: dict[str, Any]) -> None:
        benefits.agree(
            _benefit(one["ref"]),
            measure=Measure.objects.get(ref=one["measure"]),
            method=one["method"],
            by=self.finance,
            reason=f"{MADE_UP}finance agreed how it is measured",
        )

    def _approve(self) -> None:
        """The board's decision, and on its authority the amounts and the benefits' status."""
        one = self.story["approved"]
        decision = decisions.enter(
            body=Body.objects.get(slug="programme-board"),
            date=one["date"],
            question=one["question"],
            outcome=Outcome.APPROVED,
            reasons=one["reasons"],
            by=self.manager,
            reason=f"{MADE_UP}decision of the board entered from paper",
        )
        planned = {added["ref"]: added["forecast"] for added in self.story["added"] if "forecast" in added}
        said: dict[str, Any] = {
            "by": self.manager,
            "reason": f"{MADE_UP}as the board approved in {decision.reference}",
        }
        for ref in one["benefits"]:
            profiles.approve(_line(f"{ref}-L1"), amounts=_amounts(planned[ref]), decision=decision, **said)
            benefits.move(_benefit(ref), to=Status.APPROVED, decision=decision, **said)
            benefits.move(_benefit(ref), to=Status.IN_DELIVERY, **said)

    def _forecast(self, person: str, ref: str, amounts: dict[str, int], reason: str) -> None:
        profiles.forecast(
            _line(ref),
            amounts=_amounts(amounts),
            source_document=SOURCE,
            source_as_at=calendar.today(),
            by=self.people[person],
            reason=f"{MADE_UP}{reason}",
        )

    def _load_budgets(self) -> None:
        one = self.story["budgets"]
        rows = [
            Row(number, code, FinancialYear.parse(year), Decimal(amount), name)
            for number, (code, name, year, amount) in enumerate(one["rows"], 2)
        ]
        shown = budget_changes.compare(rows, Budget.objects.none()).digest
        budgets.load(
            rows=rows,
            source=one["source"],
            as_at=one["date"],
            shown=shown,
            by=self.finance,
            reason=f"{MADE_UP}budgets that savings come from",
        )

    def _claiming(self, one: dict[str, Any]) -> Iterator[Step]:
        made: list[Claim] = []
        yield one["date"], lambda: made.append(self._claim(one))
        if "verified" in one:
            yield one["verified"]["date"], lambda: self._verify(made[0], one["verified"])
        if "sent_back" in one:
            yield one["sent_back"]["date"], lambda: self._send_back(made[0], one["sent_back"])

    def _claim(self, one: dict[str, Any]) -> Claim:
        return claims.claim(
            line=_line(one["line"]),
            year=FinancialYear.parse(one["year"]),
            amount=Decimal(one["amount"]),
            words=one["words"],
            evidence_link=one["link"],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}claimed with the monthly figures",
        )

    def _verify(self, claim: Claim, verdict: dict[str, Any]) -> None:
        claims.verify(
            claim,
            full_year=Decimal(verdict["full_year"]),
            cash=Decimal(verdict["cash"]),
            budget_code=verdict["budget_code"],
            words=verdict["words"],
            by=self.finance,
            reason=f"{MADE_UP}verified against the ledger",
        )

    def _send_back(self, claim: Claim, verdict: dict[str, Any]) -> None:
        claims.send_back(claim, by=self.finance, reason=f"{MADE_UP}{verdict['reason']}")


def _home(project: str) -> Scope:
    return Project.objects.select_related("scope__parent__parent").get(ref=project).scope


def _benefit(ref: str) -> Benefit:
    return Benefit.objects.select_related("scope").get(ref=ref)


def _line(ref: str) -> BenefitLine:
    return BenefitLine.objects.select_related("benefit", "scope").get(ref=ref)


def _amounts(stated: Mapping[str, int]) -> dict[FinancialYear, Decimal]:
    return {FinancialYear.parse(year): Decimal(amount) for year, amount in stated.items()}
