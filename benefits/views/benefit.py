"""The page of one benefit: what it is, its lines by year, its claims, its history."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.changes import Change, of_all
from programme.foundation.money import pounds
from programme.foundation.views import RecordView, Tab
from programme.people.choices import ScopeKind
from programme.people.models import User
from programme.people.readable_history import readable_at, telling
from programme.portfolio.models import Decision
from risks.reading.yardstick import yardstick

from ..choices import Status
from ..models import Benefit, BenefitShare, EnablingMilestone, Threat
from ..reading import benefit as benefit_reading
from ..reading.agreed import moved
from ..reading.threats import threats_to
from ..rules import lifecycle, missing
from ..tables.register import STATUSES
from ..words.line import EMPTY, card_context
from .threats import shown

# What hangs on a benefit and is told in its history, each with the record that it names.
HANGS_ON_IT = ((BenefitShare, "workstream"), (EnablingMilestone, "activity"), (Threat, "risk"))


class BenefitPage(RecordView):
    """Whoever may see the benefit reads it; what can be done depends on its home and its owner."""

    permission = "benefits.view_benefits"
    model = Benefit
    template_name = "benefits/benefit.html"
    tabs = (
        Tab("summary", "Summary", "benefits/benefit_summary.html"),
        Tab("lines", "Lines", "benefits/benefit_lines.html"),
        Tab("claims", "Claims", "benefits/benefit_claims.html"),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("owner__profile", "scope__parent__parent")

    def actions(self, benefit: Benefit) -> list[tuple[str, str]]:
        address = benefit.get_absolute_url()
        if benefit.withdrawn:
            may = self.request.user.has_perm("benefits.change_benefit", benefit)
            return [("Change who may see it", f"{address}class/")] if may else []
        buttons = [(words, f"{address}{verb}/") for words, verb in next_moves(benefit, self.request.user)]
        if self.request.user.has_perm("benefits.change_benefit", benefit):
            buttons += [
                ("Add a line", f"{address}lines/add/"),
                ("Change", f"{address}change/"),
                ("Withdraw", f"{address}withdraw/"),
            ]
        return buttons

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(record=record, **kwargs)
        return context | {
            "colour": STATUSES.get(record.status, "grey"),
            "departed": bool(self.departed),
            "may_change": self._may_change(record),
            "may_add_measure": self.request.user.has_perm("performance.change_measure"),
        }

    @cached_property
    def departed(self) -> tuple[str, ...]:
        """How its measure has moved from what finance agreed; only of the benefit as it is today."""
        return () if self.as_at else moved(self.request.user, self.record).get(self.record.pk, ())

    def _may_change(self, benefit: Benefit) -> bool:
        live = not self.as_at and not benefit.withdrawn
        return live and self.request.user.has_perm("benefits.change_benefit", self.record)

    def tab_summary(self, benefit: Benefit) -> dict[str, Any]:
        user, day = self.request.user, self.as_at
        lines = benefit_reading.lines_of(benefit, user, day)
        shares = benefit_reading.shares_of(benefit, user, day)
        milestones = benefit_reading.milestones_of(benefit, user, day)
        measure = benefit_reading.measure_of(benefit, user, day)
        warned = not day and benefit.status != Status.CLOSED and not benefit.withdrawn
        return {
            "facts": list(_facts(benefit, benefit_reading.home_of(benefit, user), self._decision(benefit))),
            "measured": list(_measured(benefit, measure)),
            "measure_source": measure.source_lines if measure else None,
            "share_columns": ["Workstream", "Share"],
            "counts_for": "" if shares else _counts_for(benefit, user),
            "shares": [
                [one.workstream.name, {"text": f"{one.percent.normalize():f} %", "numeric": True}]
                for one in shares
            ],
            "milestones": [_milestone(link, activity) for link, activity in milestones],
            "threats": self._threats(benefit),
            "warnings": self._warnings(benefit, lines, shares, milestones, measure) if warned else [],
        }

    def _threats(self, benefit: Benefit) -> list[dict[str, Any]]:
        found = threats_to(benefit, self.request.user, self.as_at)
        return shown(found, yardstick(self.as_at)) if found else []

    def _warnings(
        self, benefit: Benefit, lines: list[Any], shares: list[Any], milestones: list[Any], measure: Any
    ) -> list[dict[str, str]]:
        profiles = {one.line.pk: one.profiles for one in benefit_reading.cards_of(lines, self.request.user)}
        unsaid = [
            one.ref
            for one in lines
            if one.is_quantified and one.category != "non_financial" and not profiles[one.pk].years
        ]
        not_forecast = [
            one.ref for one in lines if profiles[one.pk].approved and not profiles[one.pk].forecast
        ]
        return missing.missing(
            missing.Known(
                owner=benefit.owner_id is not None,
                measure=benefit.measure_id is not None,
                baseline=measure is None or measure.baseline is not None,
                target=measure is None or measure.target is not None,
                method=bool(benefit.method),
                starts=benefit.starts,
                enabled_by=[(str(activity), activity.latest_finish) for _, activity in milestones],
                lines=len(lines),
                unsaid=unsaid,
                not_forecast=not_forecast,
                departed=self.departed,
                counts=bool(shares) or benefit.scope.kind != ScopeKind.PROGRAMME,
            )
        )

    def _decision(self, benefit: Benefit) -> dict[str, Any] | None:
        """The decision behind the approval, if the viewer may know of it."""
        if benefit.decision_id is None:
            return None
        found = Decision.objects.visible_to(self.request.user).filter(pk=benefit.decision_id).first()
        if found is None:
            return {"value": f"A decision {benefit_reading.NOBODY_TOLD}"}
        return {"value": f"{found}: {found.question}", "url": found.get_absolute_url()}

    def tab_lines(self, benefit: Benefit) -> dict[str, Any]:
        user, day = self.request.user, self.as_at
        lines = benefit_reading.lines_of(benefit, user, day)
        return {"cards": [card_context(one) for one in benefit_reading.cards_of(lines, user, day)]}

    def tab_claims(self, benefit: Benefit) -> dict[str, Any]:
        claims = benefit_reading.claims_of(benefit, self.request.user, self.as_at)
        columns = ["Claim", "Line", "Year", "Status", "Claimed", "Verified, full-year effect"]
        return {"claims": [_claim(one) for one in claims], "claim_columns": columns}

    def tab_history(self, benefit: Benefit) -> dict[str, Any]:
        """Its own changes, its shares', milestones' and threats'; those of a line stand on the line's page.

        Nothing of a time when the benefit was kept from the reader.
        """
        found: list[Change] = super().tab_history(benefit)["changes"]
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        for model, related in HANGS_ON_IT:
            rows = model.objects.visible_to(self.request.user).filter(benefit=benefit.pk)
            found += of_all(rows.select_related(related, "benefit"), self.request.user)
        found = [one for one in found if end is None or one.when <= end]
        return {"changes": telling(found, readable_at(self.record, self.request.user))}


def next_moves(benefit: Benefit, user: Any) -> list[tuple[str, str]]:
    """The moves of its status that this person may make, as words and the last part of their address."""
    allowed = {
        to
        for to in lifecycle.moves_from(benefit.status)
        if user.has_perm(lifecycle.PERMISSION[benefit.status, to], benefit)
    }
    moves = []
    if benefit.owner_id != user.pk and user.has_perm("benefits.agree_method", benefit):
        words = (
            "Agree method and baseline" if benefit.status == Status.IDENTIFIED else "Agree the method anew"
        )
        moves.append((words, "agree"))
    if Status.APPROVED in allowed:
        moves.insert(0, ("Record the approval", "approve"))
    if Status.IDENTIFIED in allowed:
        moves.append(("Take the agreement back", "take-back"))
    if allowed - {Status.VALIDATED, Status.APPROVED, Status.IDENTIFIED}:
        moves.append(("Move the status", "status"))
    return moves


def _facts(benefit: Benefit, home: dict[str, Any], decision: dict[str, Any] | None) -> Any:
    yield {"key": "Owner", "value": benefit.owner or "Nobody yet"}
    yield {"key": "Home", **home}
    if decision:
        yield {"key": "Approved by", **decision}
    yield {"key": "Brings something", "value": _span(benefit.starts, benefit.ends)}
    if benefit.description:
        yield {"key": "What gets better", "value": benefit.description}
    yield {"key": "What gets worse", "value": benefit.disbenefits or "Nobody has said yet"}


def _span(starts: datetime.date | None, ends: datetime.date | None) -> str:
    if starts is None and ends is None:
        return ""
    first = f"From {calendar.in_words(starts)}" if starts else "Start not known"
    return f"{first} until {calendar.in_words(ends)}" if ends else f"{first} on"


def _counts_for(benefit: Benefit, user: User) -> str:
    """For which workstream all of it counts, since nobody shared it out."""
    home = benefit_reading.workstream_of(benefit, user)
    if benefit.scope.kind == ScopeKind.PROGRAMME:
        return "Nobody has said which workstreams it counts for."
    if home is None:
        return "All of it counts for the workstream of its home."
    its = "its home" if benefit.scope_id == home.scope_id else "the workstream of its home"
    return f"All of it counts for {home.name}, {its}."


def _measured(benefit: Benefit, measure: Any) -> Any:
    if benefit.measure_id is None:
        yield {"key": "Measure", "value": "None yet"}
    elif measure is None:
        yield {"key": "Measure", "value": f"A measure {benefit_reading.NOBODY_TOLD}"}
    else:
        yield {"key": "Measure", "value": str(measure), "url": measure.get_absolute_url()}
        yield {"key": "Baseline", "value": _reading(measure, "baseline")}
        yield {"key": "Target", "value": _reading(measure, "target")}
        yield {"key": "Better", "value": measure.get_direction_display()}
    agreed = ""
    if benefit.status in lifecycle.AGREED:
        on = f" on {calendar.in_words(benefit.agreed_on)}" if benefit.agreed_on else ""
        agreed = f" (agreed by finance{on})"
    yield {"key": f"How it is measured{agreed}", "value": benefit.method or "Nobody has said yet"}


def _reading(measure: Any, name: str) -> str:
    value, day = getattr(measure, name), getattr(measure, f"{name}_date")
    if value is None:
        return ""
    qualifier = getattr(measure, f"{name}_qualifier")
    when = f", {calendar.in_words(day)}" if day else ""
    number = f"{value.normalize():,f}"
    return f"{qualifier} {number} {measure.unit}{when}".strip()


def _milestone(link: EnablingMilestone, activity: Any) -> dict[str, Any]:
    words = "reached" if activity.actual_finish else "forecast for"
    return {
        "pk": link.pk,
        "name": str(activity),
        "url": activity.get_absolute_url(),
        "when": f"{words} {calendar.in_words(activity.latest_finish)}",
    }


def _claim(claim: Any) -> list[Any]:
    return [
        {"text": claim.ref, "url": claim.get_absolute_url()},
        claim.line.ref,
        str(claim.year),
        claim.get_status_display(),
        pounds(claim.amount),
        EMPTY if claim.full_year is None else pounds(claim.full_year),
    ]
