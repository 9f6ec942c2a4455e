"""What is settled for all risks, as rows and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..installing import defaults
from ..models import RiskCategory, RiskSettings, ScaleStep

INSTALLED = defaults.REASON
CATEGORY_COLUMNS = ["Category", "What it covers", "Appetite", "Highest score tolerated"]
STEP_COLUMNS = ["Step", "What it means"]


def categories(found: Iterable[RiskCategory], *, linked: bool) -> list[list[Any]]:
    return [
        [
            {"text": one.name, "url": f"/risks/settings/categories/{one.pk}/" if linked else ""},
            one.covers or "–",
            one.get_appetite_display(),
            one.highest_tolerated,
        ]
        for one in found
    ]


def steps(found: Iterable[ScaleStep], *, linked: bool) -> list[list[Any]]:
    """The five steps of a scale, the highest first."""
    return [
        [{"text": str(one), "url": f"/risks/settings/scales/{one.pk}/" if linked else ""}, one.meaning]
        for one in sorted(found, key=lambda one: -one.value)
    ]


def intervals(held: RiskSettings) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in _facts(held)]


def reviews_moved(number: int) -> str:
    """What a change did to the days on which reviews fall due."""
    if not number:
        return "The change is recorded. No review falls due on another day."
    risks = "1 risk is" if number == 1 else f"{number:,} risks are"
    return f"The change is recorded. {risks} due for review on another day by it."


def _facts(held: RiskSettings) -> Iterator[tuple[str, str]]:
    yield "Severe", _every(held.review_months_severe)
    yield "High", _every(held.review_months_high)
    yield "Medium", _every(held.review_months_medium)
    yield "Low", _every(held.review_months_low)
    yield "Not yet scored", _every(held.review_months_not_scored)
    yield "Untouched", f"without any change for {_months(held.untouched_months)}"
    yield "Accepted", f"for {_months(held.acceptance_months)} at most"


def _every(months: int) -> str:
    return "reviewed every month" if months == 1 else f"reviewed every {months} months"


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"
