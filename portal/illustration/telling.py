"""Tells the story: every made-up change is done by its person, on its day, through the portal's own actions.

The clock is stopped at each day in turn, so the history says when a change took effect; when it was
recorded stays the database's own time. All or nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from cms import illustration as news
from programme.foundation import calendar
from programme.foundation.models import Clock
from programme.people.choices import Classification
from programme.people.models import User
from programme.plan.actions import activities as plan
from programme.plan.actions import dependencies as links
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio.actions import decisions, projects
from programme.portfolio.choices import Stage
from programme.portfolio.models import Body, CorporatePriority, Decision, DesignPrinciple, Project, Workstream

from .made_up import MADE_UP, exemption
from .risk_story import Risks
from .savings import Savings

STORY = Path(__file__).with_name("story.yaml")
PLANNED_ON = datetime.date(2022, 7, 6)
FORECASTS = {
    "start": "forecast_start",
    "finish": "forecast_finish",
    "began": "actual_start",
    "done": "actual_finish",
}

LEADS = {"agile-sustainable": "lead-agile", "commercial": "lead-commercial", "digital": "lead-digital"}

Day = datetime.date
Step = tuple[datetime.date, Callable[[], Any]]


class CannotTell(Exception):
    """The illustration cannot be loaded; the message says why and what to do."""


@transaction.atomic
def tell() -> bool:
    """Loads the illustration and stops the clock. False when that was done before.

    Raises :class:`CannotTell` in production and where the business case or the demo people are missing.
    """
    if settings.PRODUCTION:
        raise CannotTell("Production holds real work only: the illustration is refused there.")
    if Clock.objects.exists():
        return False
    if not Project.objects.filter(ref="DIG-01").exists():
        raise CannotTell("Load the business case first: manage.py load_business_case.")
    if not User.objects.filter(username="lead-digital").exists():
        raise CannotTell("Load the demo people first: manage.py load_demo_people.")
    story = yaml.safe_load(STORY.read_text())
    _refuse_among_real_work(story["clock"])
    teller = Teller(story)
    for day, step in sorted(teller.steps(), key=lambda one: one[0]):
        with calendar.clock_stopped(day):
            step()
    Clock(pk=1, fixed_on=story["clock"]).save()
    return True


def _refuse_among_real_work(clock: Day) -> None:
    """Work done after the day at which the clock would stop would lie in the future of every page."""
    after = {"history_date__gt": calendar.end_of_day(clock)}
    if any(model.history.filter(**after).exists() for model in (Project, Activity, Decision)):
        raise CannotTell(
            "The portal holds work of its own. Load the illustration into an empty one: another DATA_DIR."
        )


class Teller:
    """Turns the story into dated steps. Steps of one day keep their order."""

    def __init__(self, story: dict[str, Any]):
        self.story = story
        self.people = {person.username: person for person in User.objects.all()}
        self.manager = self.people["programme-manager"]

    def steps(self) -> Iterator[Step]:
        yield PLANNED_ON, self._plan
        yield PLANNED_ON, self._serve
        for one in self.story["stages"]:
            yield one["date"], partial(self._move, one)
        for one in self.story["proposals"]:
            yield one["date"], partial(self._propose, one)
        for change in self.story["changes"]:
            yield change[0], partial(self._change, *change[1:])
        for one in self.story["decisions"]:
            yield one["date"], partial(self._decide, one)
        yield from Savings(self.people).steps()
        yield from Risks(self.people).steps()
        yield self.story["clock"], self._tell_the_news

    def _tell_the_news(self) -> None:
        """News is words, not records: each page carries its date, whenever it is written."""
        news.publish(by=self.people["communications"], until=self.story["clock"])

    def _plan(self) -> None:
        """All activities and milestones as first planned, with their dependencies."""
        for ref, rows in self.story["plan"].items():
            project = Project.objects.get(ref=ref)
            for name, *facts in rows:
                self._add(project, name, *facts)
        at = {one.ref: one for one in Activity.objects.select_related("project__scope__parent__parent")}
        for before, after, kind, lag in self.story["dependencies"]:
            links.link(
                predecessor=at[before],
                successor=at[after],
                kind=kind,
                lag=lag,
                by=self.manager,
                reason=f"{MADE_UP}dependency between projects found at the planning day",
            )

    def _add(self, project: Project, ref: str, name: str, *dates: Day) -> None:
        kind = Kind.ACTIVITY if len(dates) == 2 else Kind.MILESTONE
        added = plan.add(
            project=project,
            kind=kind,
            name=name,
            forecast_start=dates[0] if kind == Kind.ACTIVITY else None,
            forecast_finish=dates[-1],
            by=self.manager,
            reason=f"{MADE_UP}first plan",
        )
        if added.ref != ref:
            raise CannotTell(
                f"The story calls {added.ref} “{ref}”: load it into a portal without a plan of its own."
            )

    def _move(self, one: dict[str, Any]) -> None:
        projects.move(
            Project.objects.get(ref=one["project"]),
            to=Stage(one["to"]),
            decision=None,
            by=self.people[one["by"]],
            reason=f"{MADE_UP}{one['reason']}",
        )

    def _propose(self, one: dict[str, Any]) -> None:
        by, reason = self.people[one["by"]], f"{MADE_UP}proposal entered"
        proposal = projects.add(
            workstream=Workstream.objects.select_related("scope").get(slug=one["workstream"]),
            ref=one["ref"],
            name=one["name"],
            purpose=one["purpose"],
            stage=Stage.PROPOSAL,
            estimated_cost=Decimal(one["cost"]),
            estimated_saving=Decimal(one["saving"]) if "saving" in one else None,
            by=by,
            reason=reason,
            **exemption(one),
        )
        _say(proposal, one["principles"], one["priorities"], by=by, reason=reason)

    def _serve(self) -> None:
        """What the projects serve, as the lead of each workstream says."""
        for project in Project.objects.filter(ref__in=self.story["serves"]).select_related("workstream"):
            lead = self.people[LEADS[project.workstream.slug]]
            reason = f"{MADE_UP}said at the planning day"
            _say(project, *self.story["serves"][project.ref], by=lead, reason=reason)

    def _change(self, person: str, ref: str, facts: dict[str, Day], reason: str) -> None:
        plan.change(
            Activity.objects.select_related("project").get(ref=ref),
            by=self.people[person],
            reason=f"{MADE_UP}{reason}",
            **{FORECASTS[name]: day for name, day in facts.items()},
        )

    def _decide(self, one: dict[str, Any]) -> None:
        decision = decisions.enter(
            body=Body.objects.get(slug="programme-board"),
            date=one["date"],
            question=one["question"],
            outcome=one["outcome"],
            reasons=one["reasons"],
            by=self.manager,
            reason=f"{MADE_UP}decision of the board entered from paper",
            **exemption(one),
        )
        for ref, stage in one.get("moves", {}).items():
            projects.move(
                Project.objects.get(ref=ref),
                to=Stage(stage),
                decision=decision,
                by=self.manager,
                reason=f"{MADE_UP}as the board decided{_named(decision)}",
            )
        if "baseline" in one:
            self._rebaseline(one["baseline"], decision)

    def _rebaseline(self, refs: list[str] | str, decision: Decision) -> None:
        chosen = Activity.objects.live()
        if refs != "all":
            chosen = chosen.filter(ref__in=refs)
        reason = f"{MADE_UP}baseline as the board approved it{_named(decision)}"
        plan.rebaseline(chosen, decision=decision, by=self.manager, reason=reason)


def _say(project: Project, principles: list[str], priorities: list[str], *, by: User, reason: str) -> None:
    projects.say_what_it_serves(
        project,
        principles=DesignPrinciple.objects.filter(text__in=principles),
        priorities=CorporatePriority.objects.filter(name__in=priorities),
        by=by,
        reason=reason,
    )


def _named(decision: Decision) -> str:
    """Its reference, for a reason that whoever sees the record reads; an exempt one is not told of there."""
    return "" if decision.classification == Classification.EXEMPT else f" in {decision.reference}"
