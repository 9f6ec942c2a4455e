"""Which part of the map is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from programme.foundation.filters import ChoiceFilter, RecordFilter, RecordFilters
from programme.portfolio.models import Workstream

from ..models import BenefitShare
from ..rules.mapping import MISSING, TOO_EARLY, Line

ANYTHING = "anything"
GAPS = {
    "measure": MISSING["measure"],
    "milestone": MISSING["milestone"],
    "project": MISSING["project"],
    "too-early": TOO_EARLY,
}
CHOICES = [(ANYTHING, "Anything"), *((key, words.capitalize()) for key, words in GAPS.items())]


class MapFilters(RecordFilters):
    workstream = RecordFilter(Workstream, to_field_name="slug", method="of_workstream", label="Workstream")
    missing = ChoiceFilter(choices=CHOICES, method="as_shown", label="What is missing")

    def of_workstream(self, rows: Any, name: str, value: Workstream) -> Any:
        """Benefits at home in the workstream, or apportioned to it in part."""
        share = BenefitShare.objects.live().filter(benefit=OuterRef("pk"), workstream=value)
        home = Q(scope=value.scope_id) | Q(scope__parent=value.scope_id)
        return rows.filter(home | Exists(share))

    def as_shown(self, rows: Any, name: str, value: str) -> Any:
        """Which lines are shown; the benefits stay."""
        return rows

    def holds(self, line: Line) -> bool:
        """Whether a line lacks what is asked for."""
        asked = self.form.cleaned_data["missing"]
        return not asked or (bool(line.missing) if asked == ANYTHING else GAPS[asked] in line.missing)
