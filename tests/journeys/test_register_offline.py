"""The register is taken as a workbook, edited and sent back; somebody else's register is added to it."""

import pytest
from playwright.sync_api import expect

from .registers import Workbook, say_what_columns_are, send, send_from_elsewhere

pytestmark = pytest.mark.journey


def test_a_workbook_comes_back_is_refused_at_its_cell_put_right_and_saved(visit, tmp_path):
    page = visit("programme-manager")
    book = Workbook(page, tmp_path)
    wrong = book.write("R-004", "Likelihood now", "Frequent")
    book.write("R-005", "Controls in place", "Two people answer the telephone.")
    send(page, book.save())
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 error: nothing can be saved before they are put right in the file")
    expect(main).to_contain_text(f"Cell {wrong}, Likelihood now: “Frequent” is not a likelihood")
    expect(page.get_by_role("button", name="Save all of it")).to_have_count(0)

    book.write("R-004", "Likelihood now", "Almost certain")
    send(page, book.save())
    expect(main).to_contain_text("2 risks change, 0 are new")
    row = page.get_by_role("row", name="R-004")
    expect(row).to_contain_text("4 Likely")
    expect(row).to_contain_text("5 Almost certain")
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why").fill("The workshop of today.")
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_text("2 risks are saved.")).to_be_visible()
    page.goto("/risks/R-004/?tab=reviews")
    expect(main).to_contain_text("The workshop of today.")
    page.goto("/risks/R-005/")
    expect(main).to_contain_text("Two people answer the telephone.")


def test_a_register_from_elsewhere_is_added_by_saying_what_its_columns_are(visit, tmp_path):
    page = visit("lead-commercial")
    send_from_elsewhere(page, tmp_path, "dangers.csv")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns are")
    expect(page.get_by_label("Severity")).to_have_value("current_impact")
    say_what_columns_are(page, keep_as="Registers of dangers")
    main = page.get_by_role("main")
    expect(main).to_contain_text("0 risks change, 2 are new")
    expect(main).to_contain_text("Columns that are not taken: Ownership, Tags.")
    page.get_by_label("Why").fill("Learnt from another council.")
    page.get_by_role("button", name="Save all of it").click()
    page.goto("/risks/?q=supplier+fails")
    page.get_by_role("link", name="A supplier fails.").click()
    expect(main).to_contain_text("likely × major")
    expect(main).to_contain_text("dangers.csv")

    page.goto("/risks/workbook/")
    page.get_by_role("link", name="Choices kept for other registers").click()
    page.get_by_role("link", name="Withdraw Registers of dangers").click()
    page.get_by_label("Reason").fill("They send another kind now.")
    page.get_by_role("button", name="Withdraw them").click()
    expect(main).to_contain_text("They send another kind now.")
    expect(page.get_by_role("link", name="Withdraw Registers of dangers")).to_have_count(0)
