"""How savings stand, in a sentence, and as at most four figures with their meaning and source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, millions, pounds

from ..choices import Deliverability
from ..reading.outlook import Outlook, Standing
from ..reading.targets import Target
from ..rules.totals import APPROVED, CLAIMED, FORECAST, VERIFIED

RATED = {"deliverable": "Deliverable savings", "aspirational": "Aspirational savings", "not_rated": "Savings"}


def in_a_sentence(outlook: Outlook) -> str:
    """Such as "Deliverable savings reach £1.660m a year by 2024/25 against £1.706m approved. …"."""
    found = outlook.headline or outlook.once
    if found is None:
        return "No savings that release cash have amounts yet."
    words = [_reach(found), _unrated(found), _beside(found), _delivered(outlook)]
    sentence = " ".join(word for word in words if word)
    return f"Of the lines you may see: {sentence[0].lower()}{sentence[1:]}" if outlook.withheld else sentence


def in_year(outlook: Outlook, year: FinancialYear) -> str:
    """By how much the year's recurring, cashable savings miss what was first approved, whatever their rating.

    Such as "Savings for 2022/23 are forecast £50,000 short of first approved."; nothing where they do not.
    """
    gaps = [one for one in outlook.gaps if outlook.headline and one.block == outlook.headline.block]
    found = next((one for gap in gaps for one in gap.years if one.year == year), None)
    if found is None or found.first is None or found.forecast is None or found.first == found.forecast:
        return ""
    subject = "Of the lines you may see, savings" if outlook.withheld else "Savings"
    short = found.first - found.forecast
    how = f"{pounds(abs(short))} {'short of' if short > 0 else 'above'}"
    return f"{subject} for {year} are forecast {how} first approved."


def _often(standing: Standing) -> str:
    return f"a year by {standing.last}" if standing.block.recurring else "once"


def _reach(standing: Standing) -> str:
    lead = standing.lead
    approved, forecast = standing.amount(APPROVED, lead), standing.amount(FORECAST, lead)
    if forecast is None:
        if approved is None:
            return "Nothing is approved or forecast yet."
        return (
            f"{RATED[lead]} of {millions(approved)} {_often(standing)} are approved; nothing is forecast yet."
        )
    against = "nothing approved" if approved is None else f"{millions(approved)} approved"
    return f"{RATED[lead]} reach {millions(forecast)} {_often(standing)} against {against}."


def _unrated(standing: Standing) -> str:
    if standing.lead == Deliverability.DELIVERABLE:
        return ""
    return "No line is rated deliverable." if standing.lead == "not_rated" else "All of it is aspirational."


def _beside(standing: Standing) -> str:
    """What stands beside the first rating and is not in its figures."""
    names = {"aspirational": "aspirational", "not_rated": "not rated"}
    found = []
    for rating in standing.block.ratings:
        amount = standing.amount(FORECAST, rating)
        amount = standing.amount(APPROVED, rating) if amount is None else amount
        if rating != standing.lead and amount:
            found.append(f"{millions(amount)} {names[rating]}")
    if not found:
        return ""
    return f"Beside them stand {' and '.join(found)}."


def _delivered(outlook: Outlook) -> str:
    parts = [
        f"{pounds(amount)}{suffix}"
        for one, suffix in ((outlook.headline, " a year"), (outlook.once, " once"))
        if one and (amount := one.together(VERIFIED))
    ]
    verb = "are" if len(parts) > 1 else "is"
    return f"{' and '.join(parts)} {verb} verified." if parts else "Nothing is verified yet."


def figures(outlook: Outlook, target: Target | None) -> list[dict[str, Any]]:
    """Target as stated, approved, forecast and delivered, as the figure row shows them."""
    found = [target.as_figure] if target else []
    standing = outlook.headline or outlook.once
    if standing is None:
        return found
    for label, profile in (("Approved", APPROVED), ("Forecast", FORECAST)):
        found.append(_rated(label, profile, standing))
    return [*found, _delivered_figure(outlook, standing)]


def _rated(label: str, profile: str, standing: Standing) -> dict[str, Any]:
    lead = standing.lead
    amount = standing.amount(profile, lead)
    beside = [
        f"{millions(other)} {Deliverability(rating).label.lower()}"
        for rating in standing.block.ratings
        if rating != lead and (other := standing.amount(profile, rating))
    ]
    meaning = f"{_often(standing)}" + (f"; beside it {', '.join(beside)}" if beside else "")
    return {
        "label": f"{label}, {Deliverability(lead).label.lower()}",
        "value": "" if amount is None else millions(amount),
        "meaning": meaning if amount is not None else "no line has an amount yet",
        "source": _worked_out(profile, standing),
    }


def _delivered_figure(outlook: Outlook, standing: Standing) -> dict[str, Any]:
    amount, claimed = standing.together(VERIFIED), standing.together(CLAIMED)
    once = outlook.once.together(VERIFIED) if outlook.once and outlook.once is not standing else None
    meaning = f"a year, of {pounds(claimed)} claimed" if standing.block.recurring else "verified, once"
    if once:
        meaning = f"{meaning}; {pounds(once)} once"
    return {
        "label": "Delivered, verified by finance",
        "value": "" if amount is None else _exact(amount),
        "meaning": meaning,
        "source": _worked_out(VERIFIED, standing),
    }


def _exact(amount: Decimal) -> str:
    return pounds(amount) if abs(amount) < 100_000 else millions(amount)


def _worked_out(profile: str, standing: Standing) -> list[tuple[str, str]]:
    what = {
        APPROVED: "The approved amounts of the lines, all years",
        FORECAST: "The forecast amounts of the lines, all years",
        VERIFIED: "The full-year effect of every verified claim, whatever the rating",
    }[profile]
    counts = "Recurring savings that release cash" if standing.block.recurring else "One-off savings"
    return [("Sum of", what), ("Counts", counts), ("Sources", "On each line, and on each claim")]
