"""What the sheet and the page that explain the register's workbook are written from."""

from __future__ import annotations

from programme.people.models import User

from ..choices import Scale
from ..models import RiskCategory
from ..words import guide
from .yardstick import yardstick


def rows(user: User) -> list[list[str]]:
    """What each column says and what may stand in it, in the words of today."""
    yard = yardstick()
    scales: dict[str, list[str]] = {
        Scale.LIKELIHOOD: [yard.likelihood[value].word for value in sorted(yard.likelihood)],
        Scale.IMPACT: [yard.impact[value].word for value in sorted(yard.impact)],
    }
    names = RiskCategory.objects.visible_to(user).live().values_list("name", flat=True)
    return guide.rows(scales, list(names))
