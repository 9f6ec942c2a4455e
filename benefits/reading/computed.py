"""The figures that the portal works out itself and that a reconciliation can bridge to or from. Pounds.

A figure that rests on anything its reader may not see is withheld from that reader, as a whole: a sum of the
rest would pass for it, or give away what is missing. Source: the domain's "Reconciliation".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from programme.foundation.money import Profile

from ..choices import RESTS_ON, AmountKind, Computed, Frequency, Ground
from ..rules import arithmetic
from ..rules.appraisal import Flows, PaybackBasis, Terms, Timing, appraise
from ..rules.bridging import Amounts
from .grounds import Grounds
from .withholding import Source

HORIZON = 10
TEN_YEARS = (
    Computed.INFERRED_TEN_YEARS,
    Computed.STATED_NET_TEN_YEARS,
    Computed.STATED_NET_TEN_YEARS_MID,
    Computed.STATED_NET_TEN_YEARS_START,
)
_CASH = "of lines that release cash, whether rated deliverable or not"
_CARRIED = "The stated savings carried forward as a run-rate over ten years, less the stated costs"
NOTES = {
    Computed.LINES_APPROVED: f"Recurring amounts {_CASH}.",
    Computed.LINES_FORECAST: f"Recurring amounts {_CASH}.",
    Computed.LINES_DELIVERED: f"The full-year effect of verified claims, recurring, {_CASH}.",
    Computed.LINES_BY_YEAR: f"New in each year, recurring and one-off, {_CASH}.",
    Computed.LINES_NET_BY_YEAR: (
        "New in each year: the savings lines that the business case states, less the costs that it states."
    ),
    Computed.STATED_BENEFIT_BY_YEAR: "New in each year, as stated.",
    Computed.STATED_NET_BY_YEAR: "New in each year, less the cost of the year, as stated.",
    Computed.STATED_NET_TEN_YEARS: f"{_CARRIED}; each saving is cash from the year after.",
    Computed.STATED_NET_TEN_YEARS_MID: f"{_CARRIED}; half of each saving is cash in its own year.",
    Computed.STATED_NET_TEN_YEARS_START: f"{_CARRIED}; each saving is cash for the whole of its year.",
    Computed.INFERRED_TEN_YEARS: "Inferred basis. It mixes two totals and two bases.",
    Computed.INVESTMENT_LINES: "All cost lines, whether they have years or not.",
}


@dataclass(frozen=True)
class ComputedFigure:
    """``amounts`` is None where the figure is not known, or withheld from the reader.

    ``source`` is that of the stated table it is worked out from, where there is one.
    """

    which: Computed
    amounts: Amounts | None
    note: str
    source: Source | None = None
    withheld: bool = False


def computed(which: Computed, grounds: Grounds) -> ComputedFigure:
    """The figure, as the reader of ``grounds`` may have it."""
    if any(grounds.hides(one) for one in RESTS_ON[which]):
        return ComputedFigure(which, None, NOTES[which], withheld=True)
    source = grounds.stated_source if Ground.SCENARIO in RESTS_ON[which] else None
    note = _inferred(grounds) if which == Computed.INFERRED_TEN_YEARS else NOTES[which]
    return ComputedFigure(which, FORMULAE[which](grounds), note, source)


def _by_year(profile: Profile) -> Profile | None:
    """Nothing known in any year is not known."""
    return profile or None


def _annual(grounds: Grounds, kind: AmountKind) -> Decimal | None:
    return arithmetic.total(grounds.amounts(kind, Frequency.RECURRING).values())


def _net_of_lines(grounds: Grounds) -> Profile | None:
    return _by_year(arithmetic.net(grounds.stated_lines, grounds.stated("cost")))


def _inferred_gain(grounds: Grounds) -> Decimal | None:
    net, yearly = grounds.stated("net"), grounds.yearly
    if not net or yearly is None or len(net) > HORIZON:
        return None
    return arithmetic.gain_over(HORIZON, net, yearly)


def _inferred(grounds: Grounds) -> str:
    """How the inferred basis has it, in thousands, and what is wrong with it."""
    net, yearly = grounds.stated("net"), grounds.yearly
    if not net or yearly is None:
        return NOTES[Computed.INFERRED_TEN_YEARS]
    first, later = (f"{amount / 1000:,.1f}".removesuffix(".0") for amount in (net.total, yearly))
    rest = HORIZON - len(net)
    return (
        f"Inferred basis: {first} + {rest} × {later} (£000), the net of the table’s {len(net)} years and "
        f"then {rest} at the saving stated in the text. It mixes two totals and two bases."
    )


def _carried(timing: Timing) -> Callable[[Grounds], Decimal | None]:
    """The net gain over the horizon, as the payback page appraises the stated rows with this timing."""
    terms = Terms(basis=PaybackBasis.RUN_RATE, timing=timing, horizon=HORIZON)

    def gain(grounds: Grounds) -> Decimal | None:
        flows = Flows(recurring=grounds.stated("benefit"), cost=grounds.stated("cost"))
        return appraise(flows, terms).net_gain if flows.recurring else None

    return gain


FORMULAE: dict[Computed, Callable[[Grounds], Amounts | None]] = {
    Computed.LINES_APPROVED: lambda grounds: _annual(grounds, AmountKind.APPROVED),
    Computed.LINES_FORECAST: lambda grounds: _annual(grounds, AmountKind.FORECAST),
    Computed.LINES_DELIVERED: lambda grounds: grounds.delivered,
    Computed.LINES_BY_YEAR: lambda grounds: _by_year(grounds.amounts(AmountKind.APPROVED)),
    Computed.LINES_NET_BY_YEAR: _net_of_lines,
    Computed.STATED_BENEFIT_BY_YEAR: lambda grounds: _by_year(grounds.stated("benefit")),
    Computed.STATED_NET_BY_YEAR: lambda grounds: _by_year(grounds.stated("net")),
    Computed.STATED_NET_TEN_YEARS: _carried(Timing.END),
    Computed.STATED_NET_TEN_YEARS_MID: _carried(Timing.MID),
    Computed.STATED_NET_TEN_YEARS_START: _carried(Timing.START),
    Computed.INFERRED_TEN_YEARS: _inferred_gain,
    Computed.INVESTMENT_LINES: lambda grounds: grounds.invested,
}
