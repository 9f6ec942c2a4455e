"""All that the business case says about money, read once for a page, a workbook or a pack."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programme.people.models import User

from .headlines import Headlines, stated_disagreements
from .investment import InvestmentTable, investment_table
from .payback import Payback, payback_as_stated
from .savings import SavingsTable, savings_table


@dataclass(frozen=True)
class BusinessCase:
    """Savings, investment, payback as stated and headlines, as one reader may see them."""

    savings: SavingsTable
    investment: InvestmentTable
    payback: Payback
    headlines: Headlines


def business_case(user: User, day: datetime.date | None = None) -> BusinessCase:
    """The four together; savings as at ``day`` where one is given."""
    savings = savings_table(user, day)
    payback = payback_as_stated(user, savings)
    return BusinessCase(savings, investment_table(user), payback, stated_disagreements(user, payback))
