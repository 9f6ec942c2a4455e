"""What the document counts as measures, each with its source."""

from __future__ import annotations

from programme.foundation.sources import Basis
from programme.people.choices import Classification
from programme.performance.models import Measure
from programme.portfolio.models import Workstream

from .facts import Facts, StatedMeasure
from .portfolio_records import Places, document_words
from .settling import Settling


def load(one: Facts, settling: Settling, places: Places) -> None:
    """Without owner, dates and frequency: the document does not give them."""
    homes = {project.ref: project.workstream for project in one.projects}
    workstreams = {workstream.slug: workstream for workstream in Workstream.objects.all()}
    wanted = [
        _measure(one, stated, places, workstreams[homes[stated.belongs_to]] if stated.belongs_to else None)
        for stated in one.measures
    ]
    settling.settle(Measure, wanted, key=("ref",))


def _measure(one: Facts, stated: StatedMeasure, places: Places, workstream: Workstream | None) -> Measure:
    return Measure(
        ref=stated.ref,
        name=stated.name,
        definition=stated.definition,
        unit=stated.unit,
        direction=stated.better,
        baseline=stated.baseline,
        baseline_qualifier=stated.baseline_qualifier,
        target=stated.target,
        target_qualifier=stated.target_qualifier,
        workstream=workstream,
        scope=places.of(stated.belongs_to),
        classification=Classification.INTERNAL,
        source_document=document_words(one.document),
        source_place=stated.where,
        source_as_at=one.document.dated,
        basis=Basis.ESTIMATE,
    )
