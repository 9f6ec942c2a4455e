"""The ten steps of the scales, the 25 cells of the matrix and the settings, as the portal is installed.

They are settings: the programme office changes them afterwards, with history. What is there is left alone;
what is missing is put back after every migrate, so that no score can ever be without a band.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from programme.foundation.calendar import LONDON, NOON
from programme.people.models import User

from ..choices import Scale
from ..models import MatrixCell, RiskSettings, ScaleStep
from ..rules.scoring import CELLS, default_band

REASON = "The default of the installation"

# Outside production an illustration and tests write the past: there the defaults hold since long before.
LONG_BEFORE = datetime.datetime.combine(datetime.date(2020, 4, 1), NOON, LONDON)

STEPS = {
    Scale.LIKELIHOOD: [
        ("Rare", "It would take exceptional circumstances: less than 1 in 20."),
        ("Unlikely", "It is not expected, but it could happen: between 1 in 20 and 1 in 5."),
        ("Possible", "It may happen or may not: between 1 in 5 and 1 in 2."),
        ("Likely", "It will probably happen: between 1 in 2 and 4 in 5."),
        ("Almost certain", "It is expected to happen: more than 4 in 5."),
    ],
    Scale.IMPACT: [
        ("Negligible", "Hardly noticed: a few days’ delay, absorbed in the day’s work."),
        ("Minor", "A nuisance: a milestone slips within its month, or a service is inconvenienced."),
        ("Moderate", "Felt outside the team: a milestone slips by a quarter, or savings are put off."),
        ("Major", "An objective is in doubt: a year’s savings are lost, or a service fails for days."),
        ("Critical", "The programme’s case fails, people are harmed, or the council breaks the law."),
    ],
}


def install(sender: AppConfig, using: str, **_: Any) -> None:
    """Writes what is missing, in the installation's name; connected to ``post_migrate`` of the app."""
    tables = {model._meta.db_table for model in (MatrixCell, ScaleStep, RiskSettings)}
    if using == DEFAULT_DB_ALIAS and tables <= set(connections[using].introspection.table_names()):
        put_back()


@transaction.atomic
def put_back() -> int:
    """Writes the defaults of whatever is missing; returns how many rows that were."""
    written = 0
    for model, missing in ((ScaleStep, _steps()), (MatrixCell, _cells()), (RiskSettings, _settings())):
        written += len(missing)
        _write(model, missing)
    return written


def _write(model: Any, rows: Sequence[Any]) -> None:
    if rows:
        since = None if settings.PRODUCTION else LONG_BEFORE
        model.objects.bulk_record(rows, by=User.objects.installer(), reason=REASON, effective=since)


def _steps() -> list[ScaleStep]:
    present = set(ScaleStep.objects.order_by().values_list("scale", "value"))
    return [
        ScaleStep(scale=scale, value=value, word=word, meaning=meaning)
        for scale, steps in STEPS.items()
        for value, (word, meaning) in enumerate(steps, 1)
        if (scale, value) not in present
    ]


def _cells() -> list[MatrixCell]:
    present = set(MatrixCell.objects.order_by().values_list("likelihood", "impact"))
    return [
        MatrixCell(likelihood=cell.likelihood, impact=cell.impact, band=default_band(cell))
        for cell in CELLS
        if (cell.likelihood, cell.impact) not in present
    ]


def _settings() -> list[RiskSettings]:
    return [] if RiskSettings.objects.exists() else [RiskSettings()]
