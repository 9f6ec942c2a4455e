"""Budgets by code and year: load many from a file, withdraw one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.foundation.sources import Basis
from programme.people.models import User

from ..models import Budget
from ..rules import budget_changes
from ..rules.budget_changes import BudgetChanges
from ..rules.budget_file import Row


@transaction.atomic
def load(
    *, rows: Sequence[Row], source: str, as_at: datetime.date, shown: str, by: User, reason: str
) -> BudgetChanges:
    """Adds and changes budgets as ``rows`` say, all or none; what is the same stays as it was recorded.

    ``shown`` is the digest of the changes that were looked at before. Raises ``ValidationError`` when they
    are no longer these, because somebody else changed budgets meanwhile, or when there is nothing to do.
    """
    if as_at > calendar.today():
        raise ValidationError({"as_at": "The source cannot be of a day in the future."})
    years = {row.year for row in rows}
    known = {budget_changes.key(one): one for one in Budget.objects.live().filter(year__in=years)}
    found = budget_changes.compare(rows, known.values())
    if found.digest != shown:
        raise ValidationError("The budgets were changed by somebody else meanwhile: look at this again.")
    if not found.anything:
        raise ValidationError("Every budget in the file is known already: there is nothing to save.")
    records = []
    for one in (*found.new, *found.changed):
        budget = known.get(one.key) or Budget(code=one.row.code, year=one.row.year)
        budget.amount, budget.name = one.row.amount, one.row.name or budget.name
        budget.source_document, budget.source_place = source, f"row {one.row.number}"
        budget.source_as_at, budget.basis, budget.confirmed_by = as_at, Basis.BUDGET, by
        records.append(budget)
    records[0].full_clean()  # the source is the same for all, and the rows were read one by one just before
    Budget.objects.bulk_record(records, by=by, reason=reason, clean=False)
    return found


def withdraw(budget: Budget, *, by: User, reason: str) -> Budget:
    """Takes a budget out of use, for a code that is no longer there or was never right."""
    if budget.withdrawn:
        raise ValidationError(f"The budget {budget} is withdrawn already.")
    return budget.withdraw(by=by, reason=reason)
