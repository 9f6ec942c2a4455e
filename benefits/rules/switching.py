"""By how much savings, costs or dates may be wrong before the undiscounted cumulative turns negative.

Source: the domain's "Payback".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .appraisal import Appraisal, Flows, Terms, appraise


@dataclass(frozen=True)
class Switching:
    """The values at which the sign of the net gain over the horizon turns.

    ``savings_may_fall`` and ``costs_may_rise`` in per cent; below nought savings must rise, or costs fall, by
    as much to break even. None where there is nothing to change. ``may_slip`` is in whole years: None where
    it does not pay even on time; as many as the years appraised where no delay turns it.
    ``a_year_late`` has all savings a year later and the costs as they are.
    """

    savings_may_fall: Decimal | None
    costs_may_rise: Decimal | None
    may_slip: int | None
    a_year_late: Appraisal


def switching(flows: Flows, terms: Terms, appraisal: Appraisal) -> Switching:
    """The switching values of ``appraisal``, which is that of ``flows`` on ``terms``."""
    gain = appraisal.net_gain
    return Switching(
        savings_may_fall=_percent(gain, appraisal.benefit),
        costs_may_rise=_percent(gain, appraisal.total_cost),
        may_slip=_may_slip(flows, terms, appraisal),
        a_year_late=appraise(flows, terms, slip=1),
    )


def _percent(gain: Decimal, of: Decimal) -> Decimal | None:
    return 100 * gain / of if of > 0 else None


def _may_slip(flows: Flows, terms: Terms, appraisal: Appraisal) -> int | None:
    """The last of the delays, taken year by year, at which the net gain is not below nought."""
    if appraisal.net_gain < 0:
        return None
    years = len(appraisal.years)
    late = (slip for slip in range(1, years + 1) if appraise(flows, terms, slip=slip).net_gain < 0)
    return next(late, years + 1) - 1
