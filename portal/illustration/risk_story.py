"""Tells what was made up about risks: kinds, first scores, reviews, treatment, acceptances, issues."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benefits.actions import threats
from benefits.models import Benefit
from programme.people.models import Scope, User
from programme.plan.models import Activity
from programme.portfolio.models import Body, Decision
from risks.actions import acceptances, issues, mitigations, moves, risks, settings
from risks.actions.risks import Planned
from risks.choices import Response
from risks.models import Issue, Risk, RiskAction, RiskCategory
from risks.models.scored import KINDS
from risks.rules.scoring import Score, Scores

from .made_up import MADE_UP, SOURCE, exemption

STORY = Path(__file__).with_name("risks.yaml")
WORDS = ("title", "cause", "event", "effect", "controls", "proximity", "knowledge", "response")

Step = tuple[datetime.date, Callable[[], Any]]


class Risks:
    """Turns the story of risks into dated steps, each done by its person through the portal's actions."""

    def __init__(self, people: Mapping[str, User]):
        self.story = yaml.safe_load(STORY.read_text())
        self.people = people

    def steps(self) -> Iterator[Step]:
        yield self.story["categories"]["date"], self._categorise
        for day, *review in self.story["reviews"]:
            yield day, partial(self._review, *review)
        told: dict[str, Callable[[dict[str, Any]], Any]] = {
            "taken_up": self._take_up,
            "raised": self._raise,
            "escalated": self._escalate,
            "accepted": self._accept,
            "closed": self._close,
            "materialised": self._materialise,
            "issues": self._raise_issue,
            "threats": self._threaten,
        }
        for chapter, tell in told.items():
            for one in self.story[chapter]:
                yield one["date"], partial(tell, one)
        for day, *action in self.story["done"]:
            yield day, partial(self._complete, day, *action)
        for one in self.story["issues"]:
            if "resolved" in one:
                yield one["resolved"]["date"], partial(self._resolve, one)

    def _categorise(self) -> None:
        for one in self.story["categories"]["rows"]:
            reason = f"{MADE_UP}appetite as an example"
            settings.add_category(**one, by=self.people["programme-manager"], reason=reason)

    def _take_up(self, one: dict[str, Any]) -> None:
        """A risk of the business case: its words stay; who owns it, what is done and its scores are added."""
        risk, by = _risk(one["ref"]), self.people["programme-manager"]
        said: dict[str, Any] = {"by": by, "reason": f"{MADE_UP}{one['reason']}"}
        for planned in self._planned(one):
            mitigations.plan(risk, what=planned.what, owner=planned.owner, due=planned.due, **said)
        risks.change(risk, **self._facts(one), response=Response.TREAT, **said)
        risks.review(risk, scores=_scores(risk, one["scores"]), **said)

    def _raise(self, one: dict[str, Any]) -> None:
        risks.raise_risk(
            ref=one["ref"],
            scope=_place(one["place"]),
            actions=self._planned(one),
            source_document=SOURCE,
            by=self.people[one["by"]],
            reason=f"{MADE_UP}found where the work is done",
            **self._facts(one),
            **exemption(one),
            **_cells(one.get("scores", {})),
        )

    def _facts(self, one: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {name: one[name] for name in WORDS if name in one}
        if "category" in one:
            found["category"] = RiskCategory.objects.get(name=one["category"])
        return found | {
            "owner": self.people[one["owner"]],
            "contributors": [self.people[name] for name in one.get("contributors", [])],
            "milestones": list(Activity.objects.filter(ref__in=one.get("milestones", []))),
        }

    def _planned(self, one: dict[str, Any]) -> list[Planned]:
        return [Planned(what, self.people[owner], due) for what, owner, due in one.get("actions", [])]

    def _review(self, person: str, ref: str, changed: dict[str, list[int]], reason: str) -> None:
        risk = _risk(ref)
        said: dict[str, Any] = {"by": self.people[person], "reason": f"{MADE_UP}{reason}"}
        risks.review(risk, scores=_scores(risk, changed), **said)

    def _complete(self, day: datetime.date, person: str, ref: str, what: str, how: str) -> None:
        mitigations.complete(
            RiskAction.objects.get(risk__ref=ref, what__startswith=what),
            done_on=day,
            how_it_went=how,
            by=self.people[person],
            reason=f"{MADE_UP}done",
        )

    def _escalate(self, one: dict[str, Any]) -> None:
        moves.escalate(_risk(one["ref"]), to=one["to"], **self._said(one))

    def _accept(self, one: dict[str, Any]) -> None:
        named = Decision.objects.get(question=one["decision"]) if "decision" in one else None
        acceptances.accept(_risk(one["ref"]), expires=one["until"], decision=named, **self._said(one))

    def _close(self, one: dict[str, Any]) -> None:
        moves.close(_risk(one["ref"]), **self._said(one))

    def _materialise(self, one: dict[str, Any]) -> None:
        facts = {
            name: one[name]
            for name in ("title", "what_happened", "severity", "plan", "due", "decision_asked")
        }
        moves.materialise(
            _risk(one["ref"]),
            ref=one["issue"],
            asked_of=Body.objects.get(slug=one["asked_of"]),
            **facts,
            **self._said(one),
        )

    def _raise_issue(self, one: dict[str, Any]) -> None:
        facts = {name: one[name] for name in ("ref", "title", "what_happened", "severity", "plan", "due")}
        issues.raise_issue(
            scope=_place(one["place"]),
            owner=self.people[one["owner"]],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}it happened",
            **facts,
        )

    def _resolve(self, one: dict[str, Any]) -> None:
        issues.resolve(
            Issue.objects.get(ref=one["ref"]),
            how_resolved=one["resolved"]["how"],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}settled",
        )

    def _threaten(self, one: dict[str, Any]) -> None:
        threats.link(
            Benefit.objects.get(ref=one["benefit"]),
            risk=_risk(one["risk"]),
            note=one["note"],
            by=self.people[one["by"]],
            reason=f"{MADE_UP}found when the benefit was looked at with its risks",
        )

    def _said(self, one: dict[str, Any]) -> dict[str, Any]:
        return {"by": self.people[one["by"]], "reason": f"{MADE_UP}{one['reason']}"}


def _risk(ref: str) -> Risk:
    return Risk.objects.select_related("scope__parent__parent", "category").get(ref=ref)


def _place(key: str) -> Scope:
    """A project by its reference or a workstream by its name in addresses."""
    return Scope.objects.select_related("parent__parent").get(key=key.lower())


def _scores(risk: Risk, changed: Mapping[str, list[int]]) -> Scores:
    """Those of the risk, but for what changed."""
    return Scores(*(Score(*changed[kind]) if kind in changed else getattr(risk, kind) for kind in KINDS))


def _cells(scores: Mapping[str, list[int]]) -> dict[str, Any]:
    return {
        f"{kind}_{part}": value
        for kind, score in scores.items()
        for part, value in zip(("likelihood", "impact"), score, strict=True)
    }
