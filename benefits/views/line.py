"""The page of one line: what it is, its profiles by year with their sources, what its gap is made of."""

from __future__ import annotations

from typing import Any

from programme.foundation import calendar
from programme.foundation.changes import Change, of_all
from programme.foundation.views import RecordView, Tab
from programme.people.readable_history import readable_at, telling

from ..models import BenefitAmount, BenefitLine, GapPart, LineReference
from ..reading import benefit as benefit_reading
from ..words.line import card_context

RELATED = (
    "benefit__owner__profile",
    "scope__parent__parent",
    "confirmed_by__profile",
    "forecast_confirmed_by__profile",
)


class LinePage(RecordView):
    """Whoever may see the line reads it; what can be done depends on its benefit's home and owner."""

    permission = "benefits.view_benefits"
    model = BenefitLine
    template_name = "benefits/line.html"
    tabs = (Tab("summary", "Summary", "benefits/line_summary.html"),)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(benefit__ref=self.kwargs["benefit"])
        return rows.select_related(*RELATED)

    def actions(self, line: BenefitLine) -> list[tuple[str, str]]:
        user, address = self.request.user, line.get_absolute_url()
        if line.withdrawn:
            may = user.has_perm("benefits.change_benefit", line)
            return [("Change who may see it", f"{address}class/")] if may else []
        buttons = []
        if user.has_perm("benefits.change_benefit", line):
            buttons.append(("Change the forecast", f"{address}forecast/"))
        if user.has_perm("benefits.claim", line):
            buttons.append(("Claim", f"{address}claim/"))
        if user.has_perm("benefits.approve_profile", line):
            buttons.append(("Change what is approved", f"{address}approved/"))
        if user.has_perm("benefits.change_benefit", line):
            buttons += [("Change", f"{address}change/"), ("Withdraw", f"{address}withdraw/")]
        return buttons

    def tab_summary(self, line: BenefitLine) -> dict[str, Any]:
        line.benefit, line.scope = self.record.benefit, self.record.scope
        (card,) = benefit_reading.cards_of([line], self.request.user, self.as_at)
        live = not self.as_at and not line.withdrawn
        return {
            "card": card_context(card),
            "may_change": live and self.request.user.has_perm("benefits.change_benefit", self.record),
        }

    def _as_it_stood(self, day: Any) -> Any:
        """The line on that day; whose own it is, today's benefit says."""
        then = self.record.as_at(day)
        if then is None:
            return None
        then.benefit, then.scope = self.record.benefit, self.record.scope
        return then if then.stood_visible_to(self.request.user) else None

    def tab_history(self, line: BenefitLine) -> dict[str, Any]:
        """Its own changes, its amounts', parts' and references'; nothing of a time when it was kept back."""
        found: list[Change] = super().tab_history(line)["changes"]
        for model in (BenefitAmount, GapPart, LineReference):
            rows = model.objects.visible_to(self.request.user).filter(line=self.record)
            found += of_all(rows.select_related("line"), self.request.user)
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        found = [one for one in found if end is None or one.when <= end]
        return {"changes": telling(found, readable_at(self.record, self.request.user))}
