"""The 25 cells, in Python and in the database: a score is never without a band."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation import calendar
from risks.actions import settings
from risks.choices import Band
from risks.installing import defaults, locks
from risks.models import MatrixCell, RiskSettings, ScaleStep
from risks.rules.scoring import (
    CELLS,
    DEFAULT_MATRIX,
    HalfAScore,
    Matrix,
    Score,
    half_scores,
    outside_appetite,
)

LOW, MEDIUM, HIGH, SEVERE = Band.LOW, Band.MEDIUM, Band.HIGH, Band.SEVERE

# Likelihood 1 to 5 downwards, impact 1 to 5 across: written out by hand from the domain's defaults.
BY_HAND = [
    [LOW, LOW, LOW, LOW, MEDIUM],
    [LOW, LOW, MEDIUM, MEDIUM, HIGH],
    [LOW, MEDIUM, MEDIUM, HIGH, HIGH],
    [LOW, MEDIUM, HIGH, SEVERE, SEVERE],
    [MEDIUM, HIGH, HIGH, SEVERE, SEVERE],
]
TWENTY_FIVE = [(row + 1, column + 1, BY_HAND[row][column]) for row in range(5) for column in range(5)]

scores = st.builds(Score, st.integers(1, 5), st.integers(1, 5))
matrices = st.lists(st.sampled_from(Band), min_size=25, max_size=25).map(
    lambda bands: Matrix(dict(zip(CELLS, bands, strict=True)))
)


@pytest.mark.parametrize(("likelihood", "impact", "band"), TWENTY_FIVE)
def test_each_cell_has_its_band_in_python(likelihood, impact, band):
    assert DEFAULT_MATRIX.band(Score(likelihood, impact)) == band


@pytest.mark.django_db
@pytest.mark.parametrize(("likelihood", "impact", "band"), TWENTY_FIVE)
def test_each_cell_has_its_band_in_the_database(likelihood, impact, band):
    assert MatrixCell.objects.get(likelihood=likelihood, impact=impact).band == band


@given(matrices, scores)
def test_whatever_the_matrix_a_score_lies_in_one_band(matrix, score):
    assert [band for band in Band if score in matrix.cells_in(band)] == [matrix.band(score)]


@given(matrices, scores)
def test_a_matrix_of_fewer_cells_is_none(matrix, score):
    with pytest.raises(ValueError, match=f"missing: {score.likelihood} × {score.impact}"):
        Matrix({cell: band for cell, band in matrix.bands.items() if cell != score})


def test_more_likelihood_or_impact_is_never_milder_by_default():
    assert not DEFAULT_MATRIX.backward_steps()
    worse = Matrix({**DEFAULT_MATRIX.bands, Score(5, 5): LOW})
    assert (Score(4, 5), Score(5, 5)) in worse.backward_steps()


@pytest.mark.parametrize("pair", [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_a_score_lies_on_the_scales(pair):
    with pytest.raises(ValueError, match="from 1 to 5"):
        Score(*pair)


def test_half_a_score_is_none():
    assert Score.of(None, None) is None
    assert Score.of(3, 4) == Score(3, 4)
    assert str(Score(3, 4)) == "3 × 4 = 12"
    for pair in ((3, None), (None, 3)):
        with pytest.raises(HalfAScore):
            Score.of(*pair)


def test_the_missing_half_is_named_at_its_field():
    pairs = [("inherent", 3, None), ("current", None, 4), ("target", None, None)]
    found = half_scores(pairs)
    assert set(found) == {"inherent_impact", "current_likelihood"}
    assert not half_scores([("current", 1, 1)])


@given(scores, st.integers(1, 25))
def test_outside_appetite_is_above_what_is_tolerated(score, highest):
    assert outside_appetite(score, highest) == (score.likelihood * score.impact > highest)
    assert not outside_appetite(None, highest)
    assert not outside_appetite(score, None)


# In the database

INSERT = "INSERT INTO risks_matrixcell (version, withdrawn, likelihood, impact, band)"


@pytest.fixture
def execute(db):
    def run(statement):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM risks_matrixcell WHERE likelihood = 3 AND impact = 4",
        "UPDATE risks_matrixcell SET likelihood = 1 WHERE likelihood = 3 AND impact = 4",
        "UPDATE risks_matrixcell SET impact = 6 WHERE impact = 5",
        "UPDATE risks_matrixcell SET band = '' WHERE impact = 5",
        "UPDATE risks_matrixcell SET withdrawn = TRUE",
        f"{INSERT} VALUES (1, FALSE, 6, 1, 'low')",
        f"{INSERT} VALUES (1, FALSE, 1, 1, 'low')",
        "DELETE FROM risks_scalestep",
        "UPDATE risks_scalestep SET value = 2 WHERE value = 1",
        "UPDATE risks_scalestep SET withdrawn = TRUE",
    ],
)
def test_the_database_keeps_cells_and_steps_where_they_are(execute, statement):
    with pytest.raises(IntegrityError):
        execute(statement)


def test_a_band_may_change_in_the_database(execute):
    execute("UPDATE risks_matrixcell SET band = 'severe' WHERE likelihood = 3 AND impact = 4")
    assert MatrixCell.objects.matrix().band(Score(3, 4)) == SEVERE


@pytest.mark.django_db
def test_a_missing_guard_and_a_missing_cell_are_named_and_put_back(execute):
    assert not locks.check(None, databases=["default"])
    execute(
        "DROP TRIGGER risks_matrixcell_no_delete"
        + (" ON risks_matrixcell" if connection.vendor == "postgresql" else "")
    )
    execute("DELETE FROM risks_matrixcell WHERE likelihood = 3 AND impact = 4")
    assert {one.id for one in locks.check(None, databases=["default"])} == {"risks.E001", "risks.E002"}
    with pytest.raises(ValueError, match="missing: 3 × 4"):
        MatrixCell.objects.matrix()
    locks.install(None, using="default")
    assert defaults.put_back() == 1
    assert MatrixCell.objects.matrix() == DEFAULT_MATRIX
    assert not locks.check(None, databases=["default"])


@pytest.mark.django_db
def test_installing_again_leaves_what_was_changed(programme_manager):
    step = ScaleStep.objects.get(scale="impact", value=5)
    settings.change_step(step, word="Ruinous", meaning="It fails.", by=programme_manager, reason="Ours")
    assert defaults.put_back() == 0
    assert ScaleStep.objects.by_value("impact")[5].word == "Ruinous"
    assert [step.value for step in ScaleStep.objects.by_value("likelihood").values()] == [1, 2, 3, 4, 5]


# Changed, with history


def test_a_changed_matrix_leaves_past_dates_as_they_were(programme_manager, on):
    kept = RiskSettings.objects.current()
    on(datetime.date(2022, 9, 1))
    settings.change_matrix(kept, bands={Score(3, 4): "severe"}, by=programme_manager, reason="Stricter")
    on(datetime.date(2022, 10, 1))
    settings.change_matrix(kept, bands={Score(3, 4): "medium"}, by=programme_manager, reason="Too strict")

    def stood(year, month, day):
        return MatrixCell.objects.matrix_on(datetime.date(year, month, day)).band(Score(3, 4))

    assert MatrixCell.objects.matrix().band(Score(3, 4)) == MEDIUM
    assert stood(2022, 10, 1) == MEDIUM
    assert stood(2022, 9, 30) == stood(2022, 9, 1) == SEVERE
    assert stood(2022, 8, 31) == HIGH
    assert stood(1999, 1, 1) == HIGH, "before there was a matrix, the first one holds"


def test_a_changed_matrix_reads_in_one_query(programme_manager, django_assert_num_queries):
    assert calendar.today()
    with django_assert_num_queries(1):
        MatrixCell.objects.matrix()
    with django_assert_num_queries(1):
        MatrixCell.objects.matrix_on(datetime.date(2022, 9, 1))


@pytest.mark.parametrize("bands", [{Score(3, 4): "high"}, {}, {Score(3, 4): "dreadful"}, {Score(3, 4): ""}])
def test_a_matrix_that_is_the_same_or_has_a_hole_is_refused(programme_manager, bands):
    with pytest.raises(ValidationError):
        settings.change_matrix(
            RiskSettings.objects.current(), bands=bands, by=programme_manager, reason="Tidied"
        )
    assert MatrixCell.objects.matrix() == DEFAULT_MATRIX
    assert RiskSettings.objects.current().version == 1
