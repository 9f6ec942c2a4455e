"""All savings that one reader may see, added up by the database, and kept until something changes.

Every total of the savings page is made from these sums: they are as many as there are different kinds of
lines, not as many as there are lines. What is withheld from the reader is read beside them only to decide
which totals that hold it may be shown (``suppression.py``); its sums never leave without that leave.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet

from programme.foundation import calendar
from programme.foundation.history_tables import state_of
from programme.foundation.money import FinancialYear
from programme.people.models import Profile, Scope, User
from programme.portfolio.models import Workstream

from ..models import (
    Benefit,
    BenefitAmount,
    BenefitLine,
    BenefitShare,
    BenefitsSettings,
    Claim,
    CostAmount,
    CostLine,
    GapPart,
    LineReference,
    Movement,
    Reconciliation,
    StatedFigure,
    StatedScenario,
    StatedScenarioYear,
)
from ..rules.suppression import Suppression
from ..rules.totals import Entry
from .sums import Places, entries, withheld_lines
from .withholding import sentence_for

# Whatever an answer that is kept rests on: sums, names, stated figures and reconciliations.
READ = (
    *(Benefit, BenefitAmount, BenefitLine, BenefitShare, BenefitsSettings, Claim, CostAmount, CostLine),
    *(GapPart, LineReference, Movement, Profile, Reconciliation, Scope, StatedFigure, StatedScenario),
    *(StatedScenarioYear, Workstream),
)
KEPT_READINGS, KEPT_ANSWERS = 12, 200
_kept: dict[tuple[str, ...], Reading] = {}


@dataclass(frozen=True)
class Reading:
    """``seen`` are the sums of the lines the reader may see; ``whole`` those of all, where some are withheld.

    ``withheld`` is the sentence for these, or nothing. ``begun`` is the financial year of today.
    """

    seen: tuple[Entry, ...]
    whole: tuple[Entry, ...]
    rule: Suppression
    withheld: str
    places: Places
    begun: FinancialYear

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def once(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer to a question about these sums, worked out again only when something changes."""
        if question not in self._answers:
            if len(self._answers) >= KEPT_ANSWERS:
                self._answers.clear()
            self._answers[question] = answer()
        return self._answers[question]


def reading_of(user: User) -> Reading:
    """What ``user`` may see of the savings. One query while nothing changed, at most fourteen otherwise."""
    key = (state_of(*READ), str(calendar.today()), _sight(user))
    if key not in _kept:
        for old in [one for one in _kept if one[:2] != key[:2]]:
            del _kept[old]
        if len(_kept) >= KEPT_READINGS:
            _kept.clear()
        _kept[key] = _read(user)
    return _kept[key]


def _sight(user: User) -> str:
    """The condition that decides what this person sees: people with the same one share a reading."""
    try:
        sql, values = BenefitLine.objects.visible_to(user).query.sql_with_params()
    except EmptyResultSet:
        return "nothing"
    return f"{sql} {values}"


def _read(user: User) -> Reading:
    places = Places.read()
    hidden = BenefitLine.objects.order_by().exclude(pk__in=BenefitLine.objects.visible_to(user).values("pk"))
    withheld = sentence_for(hidden.live())
    seen = entries(places, user=user)
    return Reading(
        seen=seen,
        whole=entries(places) if withheld else seen,
        rule=Suppression(
            withheld_lines(hidden, places) if withheld else (),
            BenefitsSettings.objects.visible_to(user).current().smallest_group,
        ),
        withheld=withheld,
        places=places,
        begun=FinancialYear.of(calendar.today()),
    )
