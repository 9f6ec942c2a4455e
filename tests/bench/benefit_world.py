"""Made-up benefits of a given number: lines over ten years, each forecast revised five times, with claims,
measures, enabling milestones and posts. The same for the same number, every time."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from benefits import models as benefits
from benefits.choices import AmountKind, Category, ClaimStatus, Deliverability, Kind, Status
from programme.foundation.calendar import LONDON
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Project

YEARS = [FinancialYear(2022 + number) for number in range(10)]
REVISIONS = 5
REVISED_ON = [datetime.datetime(2022, 7 + number // 2, 8, 12, tzinfo=LONDON) for number in range(REVISIONS)]
SOURCE: dict[str, Any] = {
    "source_document": "Savings plan",
    "source_place": "sheet Savings",
    "source_as_at": datetime.date(2022, 7, 4),
}
KINDS = [Kind.CASH_RELEASING_EFFICIENCY, Kind.INCOME, Kind.COST_AVOIDANCE, Kind.REDUCTION_OF_SCOPE]
CATEGORIES = [Category.SERVICE_REDESIGN, Category.INCOME_GENERATION, Category.STAFFING_REDESIGN]
EXEMPT: dict[str, Any] = {
    "classification": "exempt",
    "exempt_paragraphs": [1, 2, 4],
    "exempt_reason": "Posts could be told from it before people are spoken to.",
    "exempt_review": datetime.date(2023, 6, 30),
}

Write = Callable[[list[Any]], list[Any]]


class Savings:
    """Fills the portal of :class:`tests.bench.world.World`, whose way of writing it is given."""

    def __init__(self, number: int, write: Write, decisions: list[Decision], installer: User) -> None:
        self.number, self.write, self.decisions, self.installer = number, write, decisions, installer
        self.chance = random.Random(2023)  # noqa: S311 (the same world every time)

    def fill(self, projects: list[Project]) -> None:
        self.projects = projects
        self.people = {one.username: one for one in User.objects.all()}
        measures = self.write([self._measure(number) for number in range(self.number // 4)])
        made = self.write([self._benefit(number, measures) for number in range(self.number)])
        milestones = self._milestones()
        enabled = [one for one in made if one.scope_id in milestones]
        self.write(
            [benefits.EnablingMilestone(benefit=one, activity=milestones[one.scope_id]) for one in enabled]
        )
        lines = self.write([self._line(number, one) for number, one in enumerate(made)])
        self._amounts(lines)
        claimed = [one for number, one in enumerate(lines) if number % 7 in (0, 2)]
        self.write([self._claim(number, one) for number, one in enumerate(claimed)])
        self._contracts(lines)
        self._posts([one for one in lines if one.category == Category.STAFFING_REDESIGN])

    def _measure(self, number: int) -> Measure:
        project = self._project(number)
        return Measure(
            ref=f"M-{1001 + number}",
            name=f"Contacts solved at once, service {number + 1}",
            definition="Contacts that need no second one within five working days.",
            unit="per cent",
            direction="up",
            workstream=project.workstream,
            baseline=Decimal(62),
            target=Decimal(85),
            scope=project.scope.parent,
            **SOURCE,
        )

    def _benefit(self, number: int, measures: list[Measure]) -> benefits.Benefit:
        approved = number % 4 != 3
        return benefits.Benefit(
            ref=f"B-{1001 + number}",
            name=f"{self._project(number).name}: benefit {number + 1}",
            scope=self._project(number).scope,
            owner=self.people["lead-digital"] if number % 5 else None,
            measure=measures[number % len(measures)] if approved else None,
            method="Counted monthly from the case system.",
            starts=datetime.date(2022, 4, 1),
            ends=datetime.date(2032, 3, 31),
            status=Status.IN_DELIVERY if approved else Status.IDENTIFIED,
            decision=self.decisions[number % len(self.decisions)] if approved else None,
            position=number + 100,
            **class_of(number),
        )

    def _line(self, number: int, benefit: benefits.Benefit) -> benefits.BenefitLine:
        return benefits.BenefitLine(
            benefit=benefit,
            ref=f"{benefit.ref}-L1",
            name=benefit.name,
            category=CATEGORIES[number // 3 % 3],
            kind=KINDS[number % 4],
            deliverability=list(Deliverability)[number % 3],
            frequency="one_off" if number % 6 == 5 else "recurring",
            budget_code=f"K{number % 400:04}",
            not_quantified_because="Still being explored." if number % 20 == 19 else "",
            position=100,
            scope=benefit.scope,
            **SOURCE,
            **class_of(number),
        )

    def _amounts(self, lines: list[benefits.BenefitLine]) -> None:
        """Ten years of approved and of forecast pounds a line; each forecast was revised five times."""
        approved, forecast = [], []
        for line in lines:
            if line.is_quantified:
                for year in YEARS:
                    amount = Decimal(self.chance.randrange(0, 40) * 250)
                    decided = {"decision_id": line.benefit.decision_id}
                    kept = {"line": line, "year": year, "amount": amount}
                    approved.append(benefits.BenefitAmount(kind=AmountKind.APPROVED, **kept, **decided))
                    forecast.append(benefits.BenefitAmount(kind=AmountKind.FORECAST, **kept))
        self.write(approved)
        self.write(forecast)
        for revision, moment in enumerate(REVISED_ON[1:], 2):
            self._revise(forecast, revision, moment)

    def _revise(self, amounts: list[Any], revision: int, moment: datetime.datetime) -> None:
        for one in amounts:
            one.version, one._history_date = revision, moment
            one._history_user, one._change_reason = self.installer, "Forecast revised"
            one.amount = one.amount + Decimal(250)
        benefits.BenefitAmount.history.bulk_history_create(amounts, batch_size=500, update=True)
        QuerySet(benefits.BenefitAmount).bulk_update(amounts, ["version", "amount"], batch_size=500)

    def _claim(self, number: int, line: benefits.BenefitLine) -> benefits.Claim:
        amount, verified = Decimal(self.chance.randrange(1, 30) * 250), number % 2 == 0
        return benefits.Claim(
            ref=f"CL-{1001 + number}",
            line=line,
            year=YEARS[0],
            booked=YEARS[0],
            amount=amount,
            words="Base budget taken out with the second quarter's monitoring.",
            evidence_link="https://example.org/monitoring",
            status=ClaimStatus.VERIFIED if verified else ClaimStatus.SUBMITTED,
            full_year=amount if verified else None,
            cash=amount / 2 if verified else None,
            budget_code=line.budget_code,
            claimed_by=self.people["lead-digital"],
            verified_by=self.people["programme-manager"] if verified else None,
        )

    def _posts(self, lines: list[benefits.BenefitLine]) -> None:
        self.write(
            [
                benefits.LineReference(line=line, kind="post", reference=f"P{line.pk:05}{place}", fte=1)
                for line in lines
                for place in range(line.pk % 7 + 1)
            ]
        )

    def _contracts(self, lines: list[benefits.BenefitLine]) -> None:
        """Every fourth line names the contract that the line after it names too: perhaps counted twice."""
        self.write(
            [
                benefits.LineReference(line=line, kind="contract", reference=f"Contract {number // 4}")
                for number, line in enumerate(lines)
                if number % 4 < 2
            ]
        )

    def _milestones(self) -> dict[int, Activity]:
        """One milestone of each project, by the project's scope."""
        rows = Activity.objects.milestones().select_related("project").order_by("pk")
        return {one.project.scope_id: one for one in rows}

    def _project(self, number: int) -> Project:
        return self.projects[number % len(self.projects)]


def class_of(number: int) -> dict[str, Any]:
    """One in ten is exempt."""
    return EXEMPT if number % 10 == 2 else {"classification": "internal"}


def places() -> dict[str, str]:
    """Records that stand for all others of their kind: of Be Digital, not exempt, approved and claimed."""
    claims = benefits.Claim.objects.filter(
        line__benefit__ref__gt="B-1000",
        line__benefit__scope__parent__workstream__slug="digital",
        line__benefit__classification="internal",
        line__benefit__measure__isnull=False,
    )
    claim = claims.select_related("line__benefit__measure").order_by("ref")[0]
    benefit = claim.line.benefit
    return {
        "benefit": benefit.ref,
        "line": claim.line.ref,
        "claim": claim.ref,
        "measure": str(benefit.measure).partition(" ")[0],
    }
