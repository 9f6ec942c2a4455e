"""The register's own workbook, edited and sent back: exactly what was edited changes, with one reason."""

import datetime

import pytest

from risks.actions import mitigations, risks
from risks.models import RegisterUpload, Review, Risk

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


def test_a_workbook_that_nobody_edited_changes_nothing(register, manager, export, send, said):
    page = said(send(manager, export(manager)))
    assert "0 risks change, 0 are new, 4 stay as they are." in page
    assert "Save all of it" not in page
    assert "Columns that are not taken" not in page


def test_so_does_the_csv(register, manager, send, said):
    file = b"".join(manager.get("/risks/?format=csv").streaming_content)
    assert "4 stay as they are." in said(send(manager, file, "register.csv"))


def test_a_csv_that_was_saved_as_a_workbook_keeps_what_guards_it(register, manager, export, send, said):
    """Its apostrophe before what looks like a formula stays in the cell."""
    book = export(manager)
    book["R-002", "Effect"] = "'=1+1 complaints\nand more"
    assert "4 stay as they are." in said(send(manager, book))


def test_exactly_what_was_edited_is_shown_field_by_field_and_saved(
    register, manager, export, send, apply, said, risk_owner, category
):
    finance = category("Finance", 9)
    book = export(manager)
    book["R-001", "Risk"] = "Two registers disagree"
    book["R-001", "Owner"] = "Head of IT"
    book["R-002", "Category"] = "finance"
    book["R-002", "Likelihood now"] = "Likely"
    book["R-002", "Impact now"] = 2
    book["R-003", "Place"] = "Be Digital"
    book["R-004", "How soon"] = "Within a year"
    preview = send(manager, book)
    page = said(preview)
    assert "4 risks change, 0 are new, 0 stay as they are." in page
    assert preview.context["changed"][:2] == [
        [
            {"text": "R-001 Risk R-001", "url": "/risks/R-001/"},
            "Risk",
            "Risk R-001",
            "Two registers disagree",
        ],
        [{"text": "R-001 Risk R-001", "url": "/risks/R-001/"}, "Owner", "Lead for Be Digital", "Head of IT"],
    ]
    assert "Likelihood now – 4 Likely" in " ".join(page.split())
    assert not Risk.objects.filter(version__gt=1)
    assert "4 risks are saved." in said(apply(manager, preview))
    one, two, three, four = Risk.objects.order_by("ref")
    assert (one.title, one.owner, one.cause) == ("Two registers disagree", risk_owner, "Two systems")
    assert (two.category, two.current_likelihood, two.current_impact) == (finance, 4, 2)
    assert (three.scope.name, four.proximity) == ("Be Digital", "year")
    assert {risk.version for risk in Risk.objects.all()} == {2}
    assert one.changes()[0].reason == "Reviewed in the workshop"
    assert not RegisterUpload.objects.exists()


def test_changed_scores_are_a_review_with_that_reason_and_move_the_next_one(
    register, manager, export, send, apply, programme_manager
):
    book = export(manager)
    book["R-001", "Likelihood now"], book["R-001", "Impact now"] = 5, "5 Critical"
    book["R-003", "Controls in place"] = "A second person looks"
    apply(manager, send(manager, book))
    (review,) = Review.objects.all()
    assert (review.risk.ref, review.outcome, review.reviewer) == ("R-001", "changed", programme_manager)
    assert review.words == "Reviewed in the workshop"
    assert (review.current_likelihood, review.current_impact, review.target_impact) == (5, 5, 2)
    risk = Risk.objects.get(ref="R-001")
    assert (risk.last_reviewed, risk.review_due) == (DAY(2022, 9, 1), DAY(2022, 10, 1))


def test_rows_without_a_reference_are_new_risks(register, manager, export, send, apply, said):
    book = export(manager)
    book.add(Risk="A flood", Place="DIG-01", Likelihood_now=2, Impact_now=4)
    book.add(What_may_happen="The supplier leaves " + "and leaves " * 30, Place="Transforming East Herts")
    preview = send(manager, book)
    assert "0 risks change, 2 are new, 4 stay" in said(preview)
    apply(manager, preview)
    flood, supplier = Risk.objects.filter(ref__gt="R-004").order_by("ref")
    assert (flood.ref, flood.title, flood.scope.key) == ("R-005", "A flood", "dig-01")
    assert flood.review_due == DAY(2022, 12, 1)
    assert len(supplier.title) <= 200
    assert supplier.title.endswith("leaves…")
    assert Review.objects.get().outcome == "first_scored"


def test_an_emptied_cell_empties_the_field_and_a_missing_column_leaves_it(
    register, manager, export, send, apply
):
    book = export(manager)
    book["R-001", "Owner"] = None
    book["R-001", "Cause"] = None
    book["R-001", "Category"] = None
    book.page.delete_cols(book.columns["Category"])
    apply(manager, send(manager, book))
    risk = Risk.objects.get(ref="R-001")
    assert (risk.owner, risk.cause, risk.category.name) == (None, "", "Delivery")


def test_other_sheets_before_it_do_no_harm(register, manager, export, send, said):
    book = export(manager)
    book.book.create_sheet("Summary", 0).append(["Risk", "Score", "Owner"])
    assert "4 stay as they are." in said(send(manager, book))


def test_columns_that_are_not_taken_are_named(register, manager, export, send, said):
    book = export(manager)
    book.page.cell(book.header, 40).value = "Notes of the workshop"
    assert "Columns that are not taken: Notes of the workshop." in said(send(manager, book))


def test_a_row_that_somebody_changed_meanwhile_refuses_all_and_says_what_and_who(
    register, manager, export, send, said, lead_digital
):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    book["R-002", "Cause"] = "One line"
    risks.change(Risk.objects.get(ref="R-001"), effect="Late", by=lead_digital, reason="Known now")
    page = said(send(manager, book))
    assert "1 error: nothing can be saved" in page
    assert f"Cell {book.cell('R-001', 'Version')}, Version: R-001 was changed after this workbook" in page
    assert "Lead for Be Digital changed it last on 1 September 2022: Effect." in page


def test_a_change_between_preview_and_saving_refuses_all(
    register, manager, export, send, apply, said, lead_digital
):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    book["R-002", "Cause"] = "One line"
    preview = send(manager, book)
    risks.change(Risk.objects.get(ref="R-001"), effect="Late", by=lead_digital, reason="Known now")
    answer = apply(manager, preview)
    assert answer.status_code == 422
    assert "Nothing was saved: the register or your rights changed" in said(answer)
    assert "Lead for Be Digital changed it last" in said(answer)
    assert not Risk.objects.filter(cause="One line")


def test_without_a_reason_nothing_is_saved_and_the_preview_stays(
    register, manager, export, send, apply, said
):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    answer = apply(manager, send(manager, book), reason=" ")
    assert answer.status_code == 422
    assert "Say why" in said(answer)
    assert "Three systems" in said(answer)
    assert not Risk.objects.filter(version__gt=1)


def test_responses_hold(register, manager, export, send, apply, said, lead_digital):
    book = export(manager)
    book["R-001", "Response"] = "Treat"
    book["R-001", "Impact now"] = 5
    book["R-003", "Response"] = "Tolerate"
    page = said(send(manager, book))
    assert "1 error:" in page
    assert (
        f"Cell {book.cell('R-001', 'Response')}, Response: Treating a risk needs at least one action" in page
    )
    risk = Risk.objects.get(ref="R-001")
    mitigations.plan(
        risk, what="Merge them", owner=lead_digital, due=DAY(2022, 12, 1), by=lead_digital, reason="Plan"
    )
    apply(manager, send(manager, book))
    assert Risk.objects.get(ref="R-001").response == "treat"
    book = export(manager)
    book["R-001", "Response"] = "Tolerate"
    assert "It is above appetite: tolerating it needs an acceptance" in said(send(manager, book))


def test_somebody_elses_upload_is_not_there(register, manager, export, send, sign_in, lead_digital):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    address = send(manager, book).request["PATH_INFO"]
    other = sign_in(lead_digital)
    for page in (address, f"{address}columns/", f"{address}compare/"):
        assert other.get(page).status_code == 404
    assert other.post(address, {"reason": "Mine", "shown": "x"}).status_code == 404
