"""The register of risks and issues as a pack needs it: read at one moment, a fixed number of queries.

The open variant's reader, one of the staff, may not read it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from portal.models import Pack
from portal.pages import stood
from programme.people.choices import ScopeKind
from programme.people.models import Scope, User
from risks.choices import Finding, Movement, Severity
from risks.models import Acceptance, Issue, MatrixCell, Risk, RiskAction, RiskCategory
from risks.reading.movements import Moved, Since
from risks.reading.yardstick import Yardstick, yardstick
from risks.rules.findings import Facts, findings
from risks.rules.movement import Moment, movements
from risks.rules.reviewing import months_after
from risks.rules.scoring import Matrix
from risks.words.standing import is_covered

MILDEST_FIRST = Severity.values


@dataclass(frozen=True)
class Register:
    """The risks that might still happen on ``day``, the highest score first and what is not yet scored last;
    the open issues, the severest first.

    ``acceptances`` holds by risk the one that nothing has ended; it may have run out. ``moved`` says what
    became of the risks since the end of ``since``, which is the day of the last pack if ``since_pack``.
    """

    day: datetime.date
    yardstick: Yardstick
    risks: tuple[Any, ...]
    actions: dict[int, list[Any]]
    acceptances: dict[int, Any]
    issues: tuple[Any, ...]
    places: dict[int, str]
    since: datetime.date
    since_pack: bool
    moved: Since

    def place(self, record: Any) -> str:
        return self.places.get(record.scope_id, "")

    def findings(self, risk: Any) -> tuple[Finding, ...]:
        """What is to be looked at. Whether it was left untouched is not asked here."""
        accepted, planned = self.acceptances.get(risk.pk), self.actions.get(risk.pk, [])
        facts = Facts(
            scored=risk.is_scored,
            owned=risk.owner_id is not None,
            review_due=risk.review_due,
            touched_on=self.day,
            response=risk.response,
            outside=risk.is_outside_appetite,
            covered=self.is_covered(risk),
            escalated=bool(risk.escalated_to),
            expired=accepted is not None and accepted.expires < self.day,
            actions=len(planned),
            overdue_actions=sum(one.is_overdue(self.day) for one in planned),
        )
        return findings(facts, today=self.day, untouched_months=1)

    def is_covered(self, risk: Any) -> bool:
        return is_covered(risk, self.acceptances.get(risk.pk), self.yardstick, self.day)


def read(reader: User, variant: str, day: datetime.date, past: datetime.date | None) -> Register | None:
    """As it stands, or stood at the end of ``past``; None for who may not read risks."""
    if not reader.has_perm("risks.view_risks"):
        return None
    return _Reading(reader, variant, day, past).all()


class _Reading:
    def __init__(self, reader: User, variant: str, day: datetime.date, past: datetime.date | None):
        self.reader, self.variant, self.day, self.past = reader, variant, day, past

    def _ever(self, model: Any) -> list[Any]:
        return stood.ever(model.objects.visible_to(self.reader), self.past, self.reader)

    def _live(self, model: Any) -> list[Any]:
        return stood.on(model.objects.visible_to(self.reader), self.past, self.reader)

    def all(self) -> Register:
        every = self._risks()
        standing = sorted((one for one in every if one.is_standing), key=_highest_first)
        held, actions = yardstick(self.past), defaultdict(list)
        for one in self._live(RiskAction):
            actions[one.risk_id].append(one)
        kept = [one for one in self._live(Acceptance) if one.ended_on is None]
        last = self._last_pack()
        since = last or months_after(self.day, -1)
        return Register(
            self.day,
            held,
            tuple(standing),
            dict(actions),
            {one.risk_id: one for one in kept},
            tuple(self._issues()),
            {one.pk: _place(one) for one in Scope.objects.visible_to(self.reader)},
            since,
            last is not None,
            self._moved(every, held.matrix, since),
        )

    def _risks(self) -> list[Any]:
        """All there ever were, with owner and category, ended and withdrawn ones too."""
        found = self._ever(Risk)
        prefetch_related_objects(found, "owner__profile")
        categories = {one.pk: one for one in self._ever(RiskCategory)}
        for one in found:
            one.category = categories.get(one.category_id)
        return found

    def _issues(self) -> list[Any]:
        found = [one for one in self._live(Issue) if one.is_open]
        prefetch_related_objects(found, "owner__profile", "asked_of", "decision")
        return sorted(found, key=_severest_first)

    def _last_pack(self) -> datetime.date | None:
        """The day of the last pack of this variant before this one."""
        before = Pack.objects.filter(variant=self.variant, as_at__lt=self.day)
        return before.order_by("-as_at").values_list("as_at", flat=True).first()

    def _moved(self, every: list[Any], matrix: Matrix, since: datetime.date) -> Since:
        """What became of each risk since the end of ``since``, by the matrix of each of the two days."""
        rows = stood.ever(Risk.objects.visible_to(self.reader), since, self.reader)
        before, first = {one.pk: one for one in rows}, MatrixCell.objects.matrix_on(since)
        moved, same = [], 0
        for one in sorted(every, key=lambda one: one.pk):
            was = before.get(one.pk)
            then, now = _moment(was, first) if was else None, _moment(one, matrix)
            found = movements(then, now)
            if found == (Movement.SAME,):
                same += 1
            elif found:
                moved.append(Moved(one, then, now, found))
        return Since(tuple(moved), same)


def _moment(one: Any, matrix: Matrix) -> Moment:
    return Moment(one.status, one.escalated_to, one.withdrawn, one.current, matrix.band_of(one.current))


def _place(scope: Scope) -> str:
    return scope.key.upper() if scope.kind == ScopeKind.PROJECT else scope.name


def _highest_first(one: Any) -> tuple[int, ...]:
    score = one.current
    return (-score.value, -score.impact, one.pk) if score else (0, 0, one.pk)


def _severest_first(one: Any) -> tuple[Any, ...]:
    return -MILDEST_FIRST.index(one.severity), one.due or datetime.date.max, one.pk
