"""The lines an appraisal leans on most, found by the database: what each adds to the net gain. Pounds."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, IntegerField, Sum, Value, When
from django.db.models.functions import Abs

from programme.foundation.money import MoneyField
from programme.people.models import User

from ..choices import Frequency, Investment
from ..rules.appraisal import Appraisal, weight
from ..rules.tornado import SHOWN, Leaning
from .payback_inputs import Asked, amounts_of, costs_of

STATED_COSTS = "Costs, as the table states them"


def largest(user: User, asked: Asked, appraisal: Appraisal) -> list[Leaning]:
    """The savings lines and the costs that add or take most over the years appraised. Two queries."""
    return [*_savings(user, asked, appraisal), *_costs(user, asked, appraisal)]


def _savings(user: User, asked: Asked, appraisal: Appraisal) -> list[Leaning]:
    rows = amounts_of(user, asked).filter(asked.chosen)
    counted = F("amount") * _half_years(asked, appraisal)
    return [
        Leaning(ref, name, twice / 2, f"/benefits/{ref.rpartition('-L')[0]}/lines/{ref}/")
        for ref, name, twice in _by_line(rows, counted)
    ]


def _half_years(asked: Asked, appraisal: Appraisal) -> Case:
    """Twice the weight of an amount, so that mid-year's halves stay whole numbers."""
    years = appraisal.years
    whens = [
        When(
            line__frequency=frequency,
            year=year,
            then=Value(int(2 * weight(asked.terms, years, year, recurring=frequency == Frequency.RECURRING))),
        )
        for frequency in Frequency
        for year in years
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _costs(user: User, asked: Asked, appraisal: Appraisal) -> list[Leaning]:
    if asked.investment == Investment.STATED:
        return [Leaning("", STATED_COSTS, -appraisal.total_cost)]
    rows = costs_of(user, asked).filter(year__in=list(appraisal.years))
    return [
        Leaning(ref, name, -amount, f"/benefits/investment/{ref}/")
        for ref, name, amount in _by_line(rows, F("amount"))
    ]


def _by_line(rows: Any, counted: Any) -> Any:
    """(reference, name, sum) of the lines with the largest sums, whichever their sign."""
    total = Sum(counted, output_field=MoneyField(negative=True))
    summed = rows.values_list("line__ref", "line__name").annotate(total=total)
    return summed.order_by(Abs("total").desc(), "line__ref")[:SHOWN]
