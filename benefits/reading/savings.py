"""All savings that one reader may see, added up by the database, and kept until something changes.

Every total of the savings page is made from these sums: they are as many as there are different kinds of
lines, not as many as there are lines. What is withheld from the reader is read beside them only to decide
which totals that hold it may be shown (``suppression.py``); its sums never leave without that leave.
"""

from __future__ import annotations

from dataclasses import dataclass

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.kept import AnswersOnce, Kept, sight
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


@dataclass(frozen=True)
class Reading(AnswersOnce):
    """``seen`` are the sums of the lines the reader may see; ``whole`` those of all, where some are withheld.

    ``withheld`` is the sentence for these, or nothing. ``begun`` is the financial year of today.
    """

    seen: tuple[Entry, ...]
    whole: tuple[Entry, ...]
    rule: Suppression
    withheld: str
    places: Places
    begun: FinancialYear


_KEPT: Kept[Reading] = Kept(*READ)


def reading_of(user: User) -> Reading:
    """What ``user`` may see of the savings. One query while nothing changed, at most fourteen otherwise."""
    seen = BenefitLine.objects.visible_to(user)  # people who see the same lines share a reading
    return _KEPT.answer_seen(sight(seen), lambda: _read(user))


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
