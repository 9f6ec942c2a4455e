"""Made-up risks of a given number, each scored ten times, with actions, acceptances, issues and threats.

The same for the same number, every time. Histories of ten rows a risk are written inside the database from
the risks themselves: two hundred thousand rows by way of Python would take minutes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import QuerySet

from benefits.models import Benefit, Threat
from programme.foundation.calendar import LONDON
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project
from risks import models as risks
from risks.choices import ENDED, Appetite, Band, EscalatedTo, Response, Severity, Status

TODAY = datetime.date(2022, 11, 30)
RAISED_ON = datetime.date(2022, 7, 6)
CHANGES, APART, GROUPS = (
    10,
    14,
    12,
)  # days between two scores; risks are scored on as many days of a fortnight
CATEGORIES = ("Delivery", "Savings", "Technology", "People", "Customers", "Legal", "Commercial")
STATUSES = [Status.OPEN] * 7 + [Status.ESCALATED, Status.CLOSED, Status.MATERIALISED]
EXEMPT: dict[str, Any] = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "A contract is being negotiated.",
    "exempt_review": datetime.date(2023, 6, 30),
}
UNSCORED_EVERY = 20
# The score after a change, by the risk's key and the number of the change; the same in Python and in SQL.
LIKELIHOOD = "1 + ({key} * 7 + {change} * 3) % 5"
IMPACT = "1 + ({key} / 5 + {change} * 2) % 5"

Write = Callable[[list[Any]], list[Any]]


class Risks:
    """Fills the portal of :class:`tests.bench.world.World`, whose way of writing it is given."""

    def __init__(self, number: int, write: Write, installer: User) -> None:
        self.number, self.write, self.installer = number, write, installer

    def fill(self, projects: list[Project]) -> None:
        self.projects = projects
        people = User.objects.exclude(pk=self.installer.pk).order_by("pk")
        self.people = [*people.filter(username="lead-digital"), *people[:200]]
        self.categories = self.write([_category(place, name) for place, name in enumerate(CATEGORIES, 1)])
        made = [self._risk(number) for number in range(self.number)]
        for one in made[:3]:
            one.full_clean()
        first = risks.Risk.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for key, one in enumerate(made, first + 1):
            one.pk = key
            _settle_scores(one)
        QuerySet(risks.Risk).bulk_create(made, batch_size=500)
        for statement in connection.ops.sequence_reset_sql(no_style(), [risks.Risk]):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        self.made = made
        self._history()
        self._hung_on()

    def _risk(self, number: int) -> risks.Risk:
        project, status = self.projects[number % len(self.projects)], STATUSES[number % len(STATUSES)]
        ended = status in ENDED
        return risks.Risk(
            ref=f"R-{1001 + number}",
            title=f"{project.name}: what may go wrong {number + 1}",
            cause="The supplier works for three other councils at the same time.",
            event="The work is not finished when the services need it.",
            effect="Residents wait longer, and savings begin in a later year.",
            controls="A weekly call with the supplier.",
            category=self.categories[number % 7] if number % 15 else None,
            owner=self.people[number % len(self.people)] if number % 10 else None,
            scope=project.scope.parent if number % 6 == 0 else project.scope,
            proximity="three_months",
            knowledge="medium",
            response=Response.TREAT if number % 3 else Response.TOLERATE,
            status=status,
            escalated_to=EscalatedTo.BOARD if status == Status.ESCALATED else "",
            raised_on=RAISED_ON,
            ended_on=TODAY - datetime.timedelta(days=number % 90) if ended else None,
            review_due=None if ended else TODAY + datetime.timedelta(days=number % 60 - 5),
            version=CHANGES + 1,
            **(EXEMPT if number % 10 == 2 else {"classification": "internal"}),
        )

    def _history(self) -> None:
        """Raised without scores, then scored ten times: rows of the risk's history, and its reviews."""
        first, last = self.made[0].pk, self.made[-1].pk
        begin = datetime.datetime.combine(RAISED_ON, datetime.time(12), LONDON)
        raised = {"current_likelihood": "NULL", "current_impact": "NULL", "target_likelihood": "NULL"}
        raised |= {"target_impact": "NULL", "last_reviewed": "NULL", "version": "1"}
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA cache_size = -262144")  # or every index is read again at each step
            self._copy_risks(cursor, raised, begin, "+", f"id BETWEEN {first} AND {last}")
            for change in range(1, CHANGES + 1):
                for group in range(GROUPS):
                    moment = begin + datetime.timedelta(days=APART * (change - 1) + group + 1)
                    mine = f"id BETWEEN {first} AND {last} AND id % {GROUPS} = {group}"
                    mine += f" AND id % {UNSCORED_EVERY} > 0"
                    scores = {
                        "current_likelihood": LIKELIHOOD.format(key="id", change=change),
                        "current_impact": IMPACT.format(key="id", change=change),
                        "last_reviewed": f"'{moment.date()}'",
                        "version": str(change + 1),
                    }
                    self._copy_risks(cursor, scores, moment, "~", mine)
                    reviewed = self._copy_reviews(cursor, scores, moment, mine)
                    self._copy_history_of_reviews(cursor, moment, reviewed)

    def _copy_risks(
        self, cursor: Any, said: dict[str, str], moment: datetime.datetime, kind: str, which: str
    ) -> None:
        columns = _columns(risks.Risk)
        values = [said.get(name, f'"{name}"') for name in columns]
        into, known = risks.Risk.history.model._meta.db_table, risks.Risk._meta.db_table
        self._insert(cursor, into, columns, values, moment, kind, f"{known} WHERE {which}")

    def _copy_reviews(self, cursor: Any, said: dict[str, str], moment: datetime.datetime, which: str) -> str:
        """Gives the condition for the reviews that it wrote."""
        known = risks.Review._meta.db_table
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {known}")  # noqa: S608
        last = cursor.fetchone()[0]
        kept = [name for name in _columns(risks.Review) if name.startswith(("inherent", "target"))]
        facts = {name: f'"{name}"' for name in kept}
        facts |= {name: value for name, value in said.items() if name.startswith("current")}
        changed = "first_scored" if said["version"] == "2" else "changed"
        facts |= {"version": "1", "withdrawn": "'0'", "risk_id": "id", "reviewer_id": str(self.installer.pk)}
        facts |= {
            "reviewed_on": f"'{moment.date()}'",
            "outcome": f"'{changed}'",
            "words": "'Looked at again'",
        }
        names = ", ".join(f'"{name}"' for name in facts)
        chosen = f"SELECT {', '.join(facts.values())} FROM {risks.Risk._meta.db_table} WHERE {which}"  # noqa: S608
        cursor.execute(f"INSERT INTO {known} ({names}) {chosen}")
        return f"id > {last}"

    def _copy_history_of_reviews(self, cursor: Any, moment: datetime.datetime, which: str) -> None:
        columns, known = _columns(risks.Review), risks.Review._meta.db_table
        into = risks.Review.history.model._meta.db_table
        values = [f'"{name}"' for name in columns]
        self._insert(cursor, into, columns, values, moment, "+", f"{known} WHERE {which}")

    def _insert(
        self,
        cursor: Any,
        into: str,
        columns: list[str],
        values: Iterable[str],
        moment: datetime.datetime,
        kind: str,
        which: str,
    ) -> None:
        """``which`` are the rows to copy. All words are this module's own: nothing that anybody typed."""
        names = [*columns, "history_date", "history_change_reason", "history_type", "history_user_id"]
        when = connection.ops.adapt_datetimefield_value(moment.astimezone(datetime.UTC))
        added = [f"'{when}'", "'Measured'", f"'{kind}'", str(self.installer.pk)]
        into_names = ", ".join(f'"{name}"' for name in names)
        chosen = f"SELECT {', '.join([*values, *added])} FROM {which}"  # noqa: S608
        cursor.execute(f"INSERT INTO {into} ({into_names}) {chosen}")

    def _hung_on(self) -> None:
        """Actions, acceptances, milestones, issues and threatened benefits."""
        owners = self.people
        self.write(
            [
                risks.RiskAction(
                    risk=one,
                    what="Hold a weekly call with the supplier and note what was agreed.",
                    owner=owners[place % len(owners)],
                    due=TODAY + datetime.timedelta(days=place % 90 - 10),
                    done_on=TODAY - datetime.timedelta(days=1) if place % 4 == 0 else None,
                )
                for place, one in enumerate(self.made)
                if one.response == Response.TREAT
            ]
        )
        accepted = [one for one in self.made if one.response == Response.TOLERATE and one.is_scored]
        self.write([_acceptance(one, owners[0]) for one in accepted if one.is_standing][: self.number // 10])
        milestones = {one.project_id: one for one in Activity.objects.milestones().order_by("-pk")}
        by_scope = {project.scope_id: milestones.get(project.pk) for project in self.projects}
        near = [(one, by_scope.get(one.scope_id)) for one in self.made[::4]]
        self.write([risks.RiskMilestone(risk=one, activity=found) for one, found in near if found])
        happened = [one for one in self.made if one.status == Status.MATERIALISED]
        self.write([_issue(place, one) for place, one in enumerate(happened)])
        named = list(Benefit.objects.live().order_by("pk"))
        self.write(
            [Threat(benefit=one, risk=self.made[place]) for place, one in enumerate(named[: self.number])]
        )


def _columns(model: Any) -> list[str]:
    """Of a record and of its history alike."""
    own = [field.column for field in model._meta.concrete_fields]
    kept = {field.column for field in model.history.model._meta.concrete_fields}
    return [name for name in own if name in kept]


def _settle_scores(risk: risks.Risk) -> None:
    """As the last change left them; every twentieth is not yet scored."""
    if risk.pk % UNSCORED_EVERY == 0:
        risk.version = 1
        return
    risk.current_likelihood = 1 + (risk.pk * 7 + CHANGES * 3) % 5
    risk.current_impact = 1 + (risk.pk // 5 + CHANGES * 2) % 5
    risk.target_likelihood, risk.target_impact = 1 + risk.pk % 2, 1 + risk.pk % 3
    days = APART * (CHANGES - 1) + risk.pk % GROUPS + 1
    risk.last_reviewed = RAISED_ON + datetime.timedelta(days=days)


def _category(place: int, name: str) -> risks.RiskCategory:
    return risks.RiskCategory(
        name=f"{name}, measured", appetite=Appetite.CAUTIOUS, highest_tolerated=6 + place, position=place
    )


def _acceptance(risk: risks.Risk, by: User) -> risks.Acceptance:
    return risks.Acceptance(
        risk=risk,
        accepted_by=by,
        accepted_on=RAISED_ON,
        authority="sro",
        why="Until the supplier has delivered.",
        expires=TODAY + datetime.timedelta(days=risk.pk % 120 - 20),
        likelihood=risk.current_likelihood,
        impact=risk.current_impact,
        band=Band.MEDIUM,
    )


def _issue(place: int, risk: risks.Risk) -> risks.Issue:
    resolved = place % 3 == 0
    return risks.Issue(
        ref=f"I-{1001 + place}",
        risk=risk,
        title=risk.title,
        what_happened="It was not finished when the services needed it.",
        severity=list(Severity)[place % 4],
        owner=risk.owner,
        scope=risk.scope,
        plan="Run the old way for another month.",
        raised_on=RAISED_ON,
        due=TODAY + datetime.timedelta(days=place % 40 - 10),
        status="resolved" if resolved else "open",
        resolved_on=TODAY if resolved else None,
        how_resolved="It was finished." if resolved else "",
        classification=risk.classification,
        exempt_paragraphs=risk.exempt_paragraphs,
        exempt_reason=risk.exempt_reason,
        exempt_review=risk.exempt_review,
    )


def places() -> dict[str, str]:
    """Of Be Digital, not exempt, scored ten times, with actions; and an issue that is open."""
    found = (
        risks.Risk.objects.standing()
        .scored()
        .filter(
            ref__gt="R-1",
            scope__parent__workstream__slug="digital",
            classification="internal",
            response="treat",
        )
    )
    issue = risks.Issue.objects.unresolved().filter(classification="internal", ref__gt="I-1")
    return {"risk": found.order_by("pk")[0].ref, "issue": issue.order_by("pk")[0].ref}
