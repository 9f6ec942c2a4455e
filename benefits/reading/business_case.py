"""All that the business case says about money, read once for a page, a workbook or a pack."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programme.foundation.money import pounds
from programme.people.models import User

from .headlines import Headlines, stated_disagreements
from .stated_investment import InvestmentTable, investment_table
from .stated_payback import Payback, payback_as_stated
from .stated_savings import SavingsTable, savings_table


@dataclass(frozen=True)
class BusinessCase:
    """Savings, investment, payback as stated and headlines, as one reader may see them."""

    savings: SavingsTable
    investment: InvestmentTable
    payback: Payback
    headlines: Headlines

    @property
    def withheld(self) -> str:
        """The sentence for what this reader may not see, or nothing."""
        parts = (self.savings, self.investment, self.payback, self.headlines)
        return next((part.withheld for part in parts if part.withheld), "")


def business_case(user: User, day: datetime.date | None = None) -> BusinessCase:
    """The four together, as they stand or as they stood at the end of ``day``."""
    savings = savings_table(user, day)
    payback = payback_as_stated(user, savings, day)
    headlines = stated_disagreements(user, payback, day)
    return BusinessCase(savings, investment_table(user, day), payback, headlines)


def in_a_sentence(case: BusinessCase) -> str:
    """How things stand, in words; nothing where the totals are withheld or unknown."""
    savings, invested = case.savings.total, case.investment.total
    if savings is None or invested is None:
        return ""
    last = case.savings.years[-1]
    sentence = f"Savings of {pounds(savings)} a year by {last}, for an investment of {pounds(invested)}."
    differing = len(case.headlines.disagreements)
    if not differing:
        return sentence
    measures = "one measure" if differing == 1 else f"{differing} measures"
    return f"{sentence} The document’s own headlines disagree on {measures}."
