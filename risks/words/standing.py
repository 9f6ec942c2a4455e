"""How a risk stands, in a few sentences: its band, its appetite, its acceptance, its next review."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from programme.foundation.calendar import in_words

from ..choices import Band, Status
from ..models import Acceptance, Risk
from ..reading.yardstick import Yardstick
from ..rules import accepting, reviewing


def sentences(risk: Risk, acceptance: Acceptance | None, yard: Yardstick, day: datetime.date) -> str:
    """For the page of a risk, as it stands or stood on ``day``."""
    if risk.withdrawn:
        return f"{_score(risk, yard)} It was withdrawn."
    if not risk.is_standing:
        ended = in_words(risk.ended_on) if risk.ended_on else ""
        happened = risk.status == Status.MATERIALISED
        return f"{_score(risk, yard)} It {'happened' if happened else 'was closed'} on {ended}."
    return " ".join([_score(risk, yard), *_appetite(risk, acceptance, yard, day), *_review(risk, day)])


def is_covered(risk: Risk, acceptance: Acceptance | None, yard: Yardstick, day: datetime.date) -> bool:
    """Whether the acceptance covers the risk on ``day``."""
    band, outside = yard.band(risk.current), risk.is_outside_appetite
    return accepting.covers(acceptance, risk.current, band=band, outside=outside, day=day)


def _score(risk: Risk, yard: Yardstick) -> str:
    if risk.current is None:
        return "It is not yet scored."
    band = Band(yard.matrix.band(risk.current)).label
    return f"{band}: {yard.words(risk.current).lower()}."


def _appetite(
    risk: Risk, acceptance: Acceptance | None, yard: Yardstick, day: datetime.date
) -> Iterator[str]:
    if risk.status == Status.ESCALATED:
        yield f"{risk.status_words}."
    if risk.current is None:
        return
    category = risk.category
    if category is None:
        yield "Nobody has chosen its category, so that its appetite is not known."
    elif risk.is_outside_appetite:
        tolerated = f"for {category.name}, which tolerates {category.highest_tolerated} at most"
        yield f"Outside appetite {tolerated}{_answered(risk, acceptance, yard, day)}."
    else:
        yield f"Within appetite for {category.name}, which tolerates {category.highest_tolerated}."
    if acceptance and not risk.is_outside_appetite and acceptance.expires >= day:
        yield f"Accepted until {in_words(acceptance.expires)}."
    if acceptance and acceptance.expires < day:
        yield f"Its acceptance ran out on {in_words(acceptance.expires)}."


def _answered(risk: Risk, acceptance: Acceptance | None, yard: Yardstick, day: datetime.date) -> str:
    """What has been done about a risk that is outside appetite."""
    if is_covered(risk, acceptance, yard, day):
        return f"; accepted until {in_words(acceptance.expires)}" if acceptance else ""
    return "" if risk.status == Status.ESCALATED else "; neither accepted nor escalated"


def _review(risk: Risk, day: datetime.date) -> Iterator[str]:
    if risk.review_due is None:
        return
    due = in_words(risk.review_due)
    if reviewing.is_overdue(risk.review_due, day):
        yield f"Its review fell due on {due} and is overdue."
    else:
        yield "Its review is due today." if risk.review_due == day else f"Its review is due on {due}."
