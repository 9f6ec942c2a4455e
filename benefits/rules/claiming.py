"""Which claims may be made and verified, and what they come to. Pure rules; amounts are pounds.

Source: the domain's "Benefits". What a line brought is claimed by year, with evidence, and counts as
delivered once finance has verified it: of a recurring saving the full-year effect (base budget removed, or
income budget raised) and the cash of the year, of a one-off its one amount. What releases no cash is
confirmed by the programme office against the benefit's measure, and is never pounds delivered. A closed year
takes no claim: what turns out wrong in it is corrected by an entry in an open year.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from programme.foundation.calendar import in_words
from programme.foundation.money import FinancialYear, pounds

from ..choices import CASHABLE, Category, ClaimStatus, Frequency, Kind

NOTHING = Decimal(0)
NO_FIGURES = "This line has no figures yet: say first what it is expected to bring, then claim."

NO_CODE = "Name the budget code that it was taken from, or added to."

# What may become of a claim. What is verified stands: it is corrected by a further claim.
MOVES: dict[str, frozenset[str]] = {
    ClaimStatus.SUBMITTED: frozenset(
        {ClaimStatus.VERIFIED, ClaimStatus.SENT_BACK, ClaimStatus.WITHDRAWN, ClaimStatus.SUBMITTED}
    ),
    ClaimStatus.SENT_BACK: frozenset({ClaimStatus.SUBMITTED, ClaimStatus.WITHDRAWN}),
    ClaimStatus.VERIFIED: frozenset(),
    ClaimStatus.WITHDRAWN: frozenset(),
}


class Line(Protocol):
    """What the rules read of a line of savings."""

    kind: str
    category: str
    frequency: str
    withdrawn: bool

    @property
    def is_quantified(self) -> bool: ...


class Claimed(Protocol):
    """What the rules read of a claim."""

    ref: str
    year: FinancialYear
    booked: FinancialYear
    amount: Decimal
    status: str
    full_year: Decimal | None

    @property
    def has_evidence(self) -> bool: ...


@dataclass(frozen=True)
class Verdict:
    """What finance says of a claim: pounds, unknown where a box was left empty."""

    full_year: Decimal | None = None
    cash: Decimal | None = None
    budget_code: str = ""
    words: str = ""


def without_cash(line: Line) -> bool:
    """Whether the programme office confirms it against the measure, since no pound is released."""
    return line.kind == Kind.EFFICIENCY_WITHOUT_CASH or line.category == Category.NON_FINANCIAL


def counts_as_delivered(line: Line) -> bool:
    """Whether what finance verifies of this line is pounds delivered. Cost avoidance stands beside them."""
    return line.kind in CASHABLE and line.category != Category.NON_FINANCIAL


def booked_in(year: FinancialYear, *, closed: Collection[FinancialYear], today: date) -> FinancialYear:
    """The year in which a correction of ``year`` is entered: that year while it is open, else today's."""
    return year if year not in closed else FinancialYear.of(today)


def claimable_years(
    first: FinancialYear, *, closed: Collection[FinancialYear], today: date
) -> list[FinancialYear]:
    """The years a claim can be about, latest first: begun, from ``first`` on, and not closed."""
    latest = FinancialYear.of(today)
    years = [latest.next(-back) for back in range(max(latest.start - first.start, 0) + 1)]
    return [year for year in years if year not in closed]


def problems(
    claim: Claimed,
    line: Line,
    *,
    corrects: Claimed | None = None,
    standing: Decimal | None = None,
    closed: Collection[FinancialYear],
    today: date,
) -> dict[str, str]:
    """Why this claim cannot be made, by field, in words; empty when it can.

    ``standing`` is what is verified of the claim that it corrects, earlier corrections included.
    """
    found = _year_problems(claim, corrects, closed, today)
    if line.withdrawn:
        found["line"] = "This line is withdrawn: nothing can be claimed for it."
    elif not line.is_quantified and not without_cash(line):
        found["line"] = NO_FIGURES
    if not claim.has_evidence:
        found["evidence_link"] = "Give a link to the evidence, or choose a file."
    words = _amount_problem(claim, line, corrects, standing)
    if words:
        found["amount"] = words
    return found


def _year_problems(
    claim: Claimed, corrects: Claimed | None, closed: Collection[FinancialYear], today: date
) -> dict[str, str]:
    if claim.year.first > today:
        begins = in_words(claim.year.first)
        return {"year": f"{claim.year} begins on {begins}: nothing can be claimed for it before."}
    if corrects is None:
        if claim.year in closed:
            return {
                "year": f"{claim.year} is closed. Correct what was verified in it by an entry of this year."
            }
        return {} if claim.booked == claim.year else {"year": "A claim is entered in the year it is about."}
    if corrects.status != ClaimStatus.VERIFIED:
        return {"corrects": f"{corrects.ref} is not verified: there is nothing to correct."}
    if claim.year != corrects.year:
        return {"year": f"{corrects.ref} is about {corrects.year}, and so is what corrects it."}
    if claim.booked in closed or claim.booked < claim.year or claim.booked.first > today:
        return {"year": f"A correction is entered in an open year, and {claim.booked} is none."}
    return {}


def _amount_problem(
    claim: Claimed, line: Line, corrects: Claimed | None, standing: Decimal | None
) -> str | None:
    if without_cash(line):
        return None
    if claim.amount == NOTHING:
        return "Say how much: a claim of nothing changes nothing."
    if corrects is None:
        if claim.amount < NOTHING and line.frequency == Frequency.ONE_OFF:
            return "A one-off saving is not negative. To correct what was verified, open that claim."
        return None
    return taken_back_problem(claim.amount, corrects.ref, standing)


def taken_back_problem(amount: Decimal, ref: str, standing: Decimal | None) -> str | None:
    """Why a correction cannot be of this amount, in words: no more is taken back than stands verified."""
    if standing is not None and amount * standing < NOTHING and abs(amount) > abs(standing):
        return f"Of {ref} only {pounds(standing)} stands verified: this would take back more."
    return None


def move_problem(claim: Claimed, to: str) -> str | None:
    """Why the claim cannot become ``to``, in words; None when it can."""
    if to in MOVES[claim.status]:
        return None
    words = {
        ClaimStatus.VERIFIED: "is verified and stands; correct it by a further claim.",
        ClaimStatus.WITHDRAWN: "is withdrawn.",
        ClaimStatus.SENT_BACK: "was sent back: it waits for whoever claimed it.",
    }
    return f"{claim.ref} {words[ClaimStatus(claim.status)]}"


def locked_problem(claim: Claimed, closed: Collection[FinancialYear]) -> str | None:
    """Why the claim cannot be put right any more, in words: the year that it was entered in is closed."""
    if claim.booked not in closed:
        return None
    return (
        f"{claim.booked} is closed, so {claim.ref} can only be withdrawn. "
        "What it brought in an open year is claimed there."
    )


def verdict_problems(
    claim: Claimed, line: Line, verdict: Verdict, *, closed: Collection[FinancialYear], measured: bool
) -> dict[str, str]:
    """Why this cannot be verified so, by field, in words; empty when it can.

    ``measured`` says whether the benefit has a measure, against which the programme office confirms.
    """
    found = {}
    if claim.booked in closed:
        found["booked"] = f"{claim.booked} is closed: what was verified in it is locked."
    if not claim.has_evidence:
        found["evidence"] = "There is no evidence. Send it back and ask for some."
    if without_cash(line):
        if not measured:
            found["measure"] = (
                "The benefit names no measure. If it cannot be measured it cannot be claimed as realised."
            )
        return found | ({} if verdict.words else {"words": "Say how the measure shows it."})
    return found | _amounts_verified(claim, line, verdict)


def _amounts_verified(claim: Claimed, line: Line, verdict: Verdict) -> dict[str, str]:
    found = {}
    recurring = line.frequency == Frequency.RECURRING
    if verdict.full_year is None:
        found["full_year"] = (
            "Say the full-year effect: what left the base budget, or what the income budget was raised by."
            if recurring
            else "Say the amount that you verify."
        )
    elif verdict.full_year != claim.amount and not verdict.words:
        found["words"] = f"Say why it is not the {pounds(claim.amount)} that was claimed."
    if recurring and verdict.cash is None:
        found["cash"] = "Say the cash in the year, as the ledger shows it; 0 if there was none."
    if recurring and line.kind in CASHABLE and not verdict.budget_code:
        found["budget_code"] = NO_CODE
    return found


def settled(line: Line, verdict: Verdict) -> Verdict:
    """The verdict as it is recorded: a one-off's amount is its cash too, and without cash there is none."""
    if without_cash(line):
        return Verdict(NOTHING, NOTHING, "", verdict.words)
    cash = verdict.cash if line.frequency == Frequency.RECURRING else verdict.full_year
    return Verdict(verdict.full_year, cash, verdict.budget_code, verdict.words)


def change_problems(before: Line, after: Line) -> dict[str, str]:
    """Why a line with verified claims cannot become ``after``, by field: what is delivered would move."""
    found = {}
    if counts_as_delivered(before) != counts_as_delivered(after) or without_cash(before) != without_cash(
        after
    ):
        field = "kind" if before.kind != after.kind else "category"
        found[field] = (
            "Claims of this line are verified, and they would become something else: "
            "correct them to nothing first, or add another line."
        )
    if before.frequency != after.frequency:
        found["frequency"] = "Claims of this line are verified as they are: add another line instead."
    return found


def closing_problem(
    year: FinancialYear, *, closed: Collection[FinancialYear], waiting: int, today: date
) -> str | None:
    """Why ``year`` cannot be closed, in words; None when it can. ``waiting`` claims have no verdict yet."""
    if year in closed:
        return f"{year} is closed already."
    if today <= year.last:
        return f"{year} runs until {in_words(year.last)}: it can be closed after that."
    if waiting:
        few = "1 claim waits" if waiting == 1 else f"{waiting:,} claims wait"
        return f"{few} in {year}: verify or send back what waits, then close the year."
    return None
