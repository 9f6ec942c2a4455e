"""What lies in each cell, counted in the database, beside counting one risk after the other."""

import datetime
from collections import Counter

import pytest
from django.db.models import Q

from programme.foundation import calendar
from risks.actions import risks as actions
from risks.actions import settings
from risks.models import Risk, RiskSettings
from risks.reading import top as top_risks
from risks.reading.cells import NAMED, fillings
from risks.reading.scores import in_cells
from risks.reading.yardstick import yardstick
from risks.rules.scoring import CELLS, Score, Scores

pytestmark = pytest.mark.django_db
DAY = datetime.date
LATER = DAY(2022, 10, 1)


@pytest.fixture
def every_cell(make_risk, today, lead_digital):
    """As many risks in a cell as its score, at least one; the target is the cell mirrored. Two unscored,
    one of each kind that does not count."""
    number = 0
    for cell in CELLS:
        for _ in range(cell.value):
            number += 1
            mirrored = cell.impact, cell.likelihood
            make_risk(f"R-{number:03}", (cell.likelihood, cell.impact), target=mirrored)
    make_risk("R-901")
    make_risk("R-902", target=(1, 1))
    make_risk("R-903", (5, 5), status="closed", ended_on=today)
    make_risk("R-904", (5, 5), withdrawn=True)
    make_risk("R-905", (5, 5), status="escalated", escalated_to="board", owner=lead_digital)


def by_hand(risks, kind):
    """Count and first names of each cell, one risk after the other."""
    standing = [one for one in sorted(risks, key=lambda one: one.pk) if one.is_standing]
    counts = Counter(getattr(one, kind) for one in standing)
    names = {score: [one.ref for one in standing if getattr(one, kind) == score][:NAMED] for score in counts}
    return dict(counts), names


def found(filling):
    counts = {score: number for score, number in filling.counts.items() if number}
    return counts, {score: [one.ref for one in names] for score, names in filling.names.items()}


def test_all_25_cells_are_counted_and_named_as_one_by_one(every_cell, auditor):

    risks = list(Risk.objects.all())
    for kind, filling in zip(("current", "target"), fillings(auditor, Q()), strict=True):
        assert set(filling.counts) == {None, *CELLS}
        assert found(filling) == by_hand(risks, kind)
        assert in_cells(Risk.objects.standing(), kind=kind) == filling.counts
    assert fillings(auditor, Q())[0].counts[Score(5, 5)] == 26


def test_a_past_day_counts_as_it_stood_whatever_came_after(every_cell, auditor, programme_manager, on, fresh):

    then = calendar.today()
    before = [found(one) for one in fillings(auditor, Q())]
    assert [found(one) for one in fillings(auditor, Q(), then)] == before
    on(LATER)
    for ref in ("R-001", "R-002", "R-901"):
        actions.review(
            Risk.objects.get(ref=ref),
            scores=Scores(None, Score(5, 4), None),
            by=programme_manager,
            reason="Worse",
        )
    actions.withdraw(Risk.objects.get(ref="R-905"), by=programme_manager, reason="Twice")
    assert [found(one) for one in fillings(auditor, Q(), then)] == before
    risks = list(Risk.objects.all())
    assert found(fillings(auditor, Q())[0]) == by_hand(risks, "current")
    assert found(fillings(auditor, Q(), LATER)[0]) == by_hand(risks, "current")


def test_a_changed_matrix_moves_bands_from_its_day_on_and_no_counts(
    every_cell, auditor, programme_manager, on
):

    then, counts = calendar.today(), fillings(auditor, Q())[0].counts
    on(LATER)
    kept = RiskSettings.objects.current()
    settings.change_matrix(kept, bands={Score(1, 1): "severe"}, by=programme_manager, reason="Odd, but ours")
    assert fillings(auditor, Q())[0].counts == fillings(auditor, Q(), then)[0].counts == counts
    assert (yardstick(then).band(Score(1, 1)), yardstick().band(Score(1, 1))) == ("low", "severe")
    matrix = yardstick().matrix
    for band in ("low", "medium", "high", "severe"):
        inside = set(Risk.objects.standing().in_band(matrix, band))
        assert inside == {one for one in Risk.objects.standing() if matrix.band_of(one.current) == band}
    found = top_risks.top(auditor, matrix, 27 + 1, condition=Q())
    first, total = found.risks, found.total
    ranks = [(one.band != "severe", -one.risk.current.value) for one in first]
    grave = [one for one in Risk.objects.standing() if matrix.band_of(one.current) in ("severe", "high")]
    assert (len(first), total) == (28, len(grave))
    assert ranks == sorted(ranks)


def test_nothing_is_counted_or_named_that_the_reader_may_not_see(
    make_risk, category, person, digital, auditor, staff, programme_scope, today
):

    exempt = {
        "classification": "exempt",
        "exempt_paragraphs": [3],
        "exempt_reason": "Tendered",
        "exempt_review": DAY(2023, 1, 1),
    }
    owner = person("keeper", "Keeper", ("risk_owner", programme_scope))
    lead = person("lead", "Lead", ("workstream_lead", digital.scope))
    make_risk("R-001", (4, 4), **exempt)
    make_risk("R-002", (4, 4), scope=programme_scope, **exempt)
    make_risk("R-003", (4, 4), owner=owner, scope=programme_scope, **exempt)
    make_risk("R-004", (4, 4))

    def seen(user, day=None):
        filling = fillings(user, Q(), day)[0]
        refs = [one.ref for one in filling.names.get(Score(4, 4), ())]
        assert filling.counts[Score(4, 4)] == filling.total == len(refs)
        return refs

    for day in (None, today):
        assert seen(auditor, day) == ["R-001", "R-002", "R-003", "R-004"]
        assert seen(lead, day) == ["R-001", "R-004"]
        assert seen(owner, day) == ["R-003", "R-004"]
        assert seen(staff, day) == []
