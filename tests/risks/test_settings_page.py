"""Settings of risks: read by whoever reads risks, changed by the programme office with a reason."""

from __future__ import annotations

import datetime

import pytest

from risks.forms.settings import cell_field
from risks.models import MatrixCell, Risk, RiskCategory, RiskSettings, ScaleStep
from risks.rules.scoring import CELLS, DEFAULT_MATRIX, Score
from tests.words import words_of

pytestmark = pytest.mark.django_db
SETTINGS = "/risks/settings/"
PAGES = ["categories/add/", "matrix/", "intervals/"]


def boxes(**changed):
    """The form of the matrix as it comes, with bands changed: ``boxes(cell_3_4="severe")``."""
    return {cell_field(score): DEFAULT_MATRIX.band(score).value for score in CELLS} | changed


@pytest.fixture
def send(sign_in):
    """``send(person, "matrix/", {...})``: the answer to that form, sent with a reason and a version."""

    def post(person, path, data, version=1):
        browser = sign_in(person)
        sent = {"reason": "The new policy on risk", "version": version} | data
        return browser.post(f"{SETTINGS}{path}", sent, follow=True)

    return post


def test_whoever_reads_risks_reads_them(sign_in, auditor, category):
    category("Delivery")
    page = sign_in(auditor).get(SETTINGS).content.decode()
    for words in ("Delivery", "Almost certain", "Negligible", "reviewed every 6 months", "Cautious"):
        assert words in page
    assert "Change the matrix" not in page


def test_staff_do_not(sign_in, staff):
    assert sign_in(staff).get(SETTINGS).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_only_the_programme_office_changes_them(sign_in, sro, auditor, lead_digital, programme_manager, path):
    assert sign_in(programme_manager).get(SETTINGS + path).status_code == 200
    for person in (sro, auditor, lead_digital):
        assert sign_in(person).get(SETTINGS + path).status_code == 403


def test_a_category_is_added_changed_and_withdrawn(send, programme_manager):
    facts = {"name": "Finance", "covers": "Money", "appetite": "averse", "highest_tolerated": 8}
    assert "Finance is added." in send(programme_manager, "categories/add/", facts).content.decode()
    one = RiskCategory.objects.get()
    path = f"categories/{one.pk}/"
    changed = send(programme_manager, path, facts | {"highest_tolerated": 6})
    assert "Finance is changed." in changed.content.decode()
    assert RiskCategory.objects.get().highest_tolerated == 6
    send(programme_manager, f"{path}withdraw/", {}, version=2)
    assert RiskCategory.objects.get().withdrawn
    assert [row.history_change_reason for row in RiskCategory.history.all()] == ["The new policy on risk"] * 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"highest_tolerated": 26}, "Give a whole number from 1 to 25"),
        ({"appetite": "hungry"}, "Select a valid choice"),
        ({"reason": ""}, "Say why"),
        ({"name": ""}, "must be filled in"),
    ],
)
def test_what_is_wrong_with_a_category_is_said(send, programme_manager, changed, words):
    facts = {"name": "Finance", "covers": "", "appetite": "averse", "highest_tolerated": 8}
    answer = send(programme_manager, "categories/add/", facts | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RiskCategory.objects.exists()


def test_a_category_with_risks_stays(send, programme_manager, category, make_risk):
    one = category()
    make_risk("R-001", category=one)
    answer = send(programme_manager, f"categories/{one.pk}/withdraw/", {})
    assert answer.status_code == 422
    assert "1 risk is in it: move it to another category first." in answer.content.decode()


def test_a_step_gets_other_words(send, programme_manager):
    step = ScaleStep.objects.get(scale="impact", value=5)
    words = {"word": "Ruinous", "meaning": "The council could not go on."}
    answer = send(programme_manager, f"scales/{step.pk}/", words)
    assert "5 Ruinous" in answer.content.decode()


def test_the_matrix_changes_in_one_form_and_says_what_it_moves(send, programme_manager, make_risk, today):
    make_risk("R-001", (3, 4), review_due=today + datetime.timedelta(days=20), last_reviewed=today)
    make_risk("R-002", (1, 1), review_due=datetime.date(2023, 3, 1), last_reviewed=today)
    answer = send(
        programme_manager, "matrix/", boxes(cell_2_2="medium", cell_1_4="medium", cell_4_1="medium")
    )
    assert "The change is recorded." in answer.content.decode()
    assert MatrixCell.objects.matrix().band(Score(2, 2)) == "medium"
    assert Risk.objects.get(ref="R-002").review_due == datetime.date(2023, 3, 1)
    assert "1 risk is due for review on another day by it." in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cell_5_5": "low"}, "Likelihood 5, impact 5: Milder than likelihood 4, impact 5, which is severe"),
        ({"cell_1_1": "high"}, "Likelihood 2, impact 1: Milder than likelihood 1, impact 1, which is high"),
        ({"cell_3_3": ""}, "Likelihood 3, impact 3 must be chosen"),
        ({"cell_3_3": "dreadful"}, "dreadful is not one of the available choices"),
        ({}, "Nothing of the matrix would change."),
    ],
)
def test_a_matrix_that_makes_no_sense_is_refused(send, programme_manager, changed, words):
    answer = send(programme_manager, "matrix/", boxes(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert MatrixCell.objects.matrix() == DEFAULT_MATRIX


def test_who_comes_second_is_told(send, programme_manager):
    send(programme_manager, "intervals/", months(review_months_low=5))
    answer = send(programme_manager, "matrix/", boxes(cell_3_4="severe", cell_3_5="severe"), version=1)
    assert answer.status_code == 409
    assert MatrixCell.objects.matrix() == DEFAULT_MATRIX


def months(**changed):
    held = RiskSettings.objects.get()
    names = [field.name for field in RiskSettings._meta.fields if "months" in field.name]
    return {name: getattr(held, name) for name in names} | changed


def test_intervals_move_reviews(send, programme_manager, make_risk, today):
    make_risk("R-001", (5, 5), review_due=datetime.date(2022, 10, 1), last_reviewed=today)
    answer = send(programme_manager, "intervals/", months(review_months_severe=2))
    assert Risk.objects.get().review_due == datetime.date(2022, 11, 1)
    assert "1 risk is due for review on another day by it." in answer.content.decode()
    refused = send(programme_manager, "intervals/", months(review_months_severe=0), version=2)
    assert refused.status_code == 422
    assert "Months between reviews of a severe risk: Give a whole number from 1 to" in words_of(
        refused.content.decode()
    )


def test_history_tells_who_and_why(send, sign_in, programme_manager, auditor):
    send(
        programme_manager,
        "matrix/",
        boxes(cell_3_4="severe", cell_3_5="severe", cell_4_4="severe", cell_4_3="severe", cell_5_3="severe"),
    )
    page = sign_in(auditor).get(f"{SETTINGS}history/").content.decode()
    assert "The new policy on risk" in page
    assert "3 × 4 = 12" in page
    assert "The default of the installation" not in page
