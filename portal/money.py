"""Savings, investment, payback and headlines for every page and pack, as frozen data.

Each function takes the reader and gives what that reader may see, with a sentence for what is withheld.
Amounts are pounds (``Decimal``); None is unknown or withheld, never nought.
"""

from __future__ import annotations

from benefits.reading.business_case import BusinessCase, business_case
from benefits.reading.headlines import (
    Disagreement,
    Finding,
    Headline,
    Headlines,
    headlines_of,
    stated_disagreements,
)
from benefits.reading.stated_investment import InvestmentRow, InvestmentTable, investment_table
from benefits.reading.stated_payback import LinesAgainstPayback, Payback, PaybackTable, payback_as_stated
from benefits.reading.stated_savings import NotQuantifiedRow, SavingsRow, SavingsTable, savings_table
from benefits.reading.withholding import Source

__all__ = [
    "BusinessCase",
    "Disagreement",
    "Finding",
    "Headline",
    "Headlines",
    "InvestmentRow",
    "InvestmentTable",
    "LinesAgainstPayback",
    "NotQuantifiedRow",
    "Payback",
    "PaybackTable",
    "SavingsRow",
    "SavingsTable",
    "Source",
    "business_case",
    "headlines_of",
    "investment_table",
    "payback_as_stated",
    "savings_table",
    "stated_disagreements",
]
