"""A saving's way in the browser: claimed with a link, sent back, claimed again with a file, verified."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
LINE = "/benefits/B-003/lines/B-003-L1/"


def put_right(owner: Page, ref: str) -> None:
    """With the file that finance asked for."""
    owner.goto(f"/benefits/claims/{ref}/")
    owner.get_by_role("button", name="Put right and claim again").click()
    expect(owner.get_by_role("main")).to_contain_text("Which month is the report of?")
    report = {"name": "October.csv", "mimeType": "text/csv", "buffer": b"code,amount\nFEES,12500\n"}
    owner.get_by_label("Or a file").set_input_files(report)
    owner.get_by_label("What you put right").fill("The report of October is attached.")
    owner.get_by_role("button", name="Send to finance").click()


def test_a_claim_goes_to_finance_and_back_and_is_verified(visit):
    owner, finance = visit("programme-manager"), visit("finance")
    owner.goto(f"{LINE}claim/")
    owner.get_by_label("Amount claimed").fill("£12,500")
    owner.get_by_label("What was done").fill("The garden waste charge rose in April.")
    owner.get_by_role("button", name="Send to finance").click()
    expect(owner.get_by_role("alert")).to_contain_text("Give a link to the evidence, or choose a file")
    owner.get_by_label("Link to the evidence").fill("intranet.example/fees/2022")
    owner.get_by_role("button", name="Send to finance").click()
    expect(owner.get_by_role("main")).to_contain_text("£12,500 claimed for 2022/23. Waits for finance.")
    ref = re.findall(r"CL-\d+", owner.url)[0]

    finance.goto("/benefits/claims/")
    finance.get_by_role("link", name=ref).click()
    finance.get_by_role("button", name="Send back").click()
    finance.get_by_label("What is missing").fill("Which month is the report of?")
    finance.get_by_role("button", name="Send back").click()
    expect(finance.get_by_role("main")).to_contain_text("Sent back")

    put_right(owner, ref)
    finance.goto(f"/benefits/claims/{ref}/")
    with finance.expect_download() as download:
        finance.get_by_role("link", name="October.csv").click()
    assert download.value.suggested_filename == "October.csv"
    finance.get_by_role("button", name="Verify").click()
    finance.get_by_label("Full-year effect").fill("12,500")
    finance.get_by_label("Cash in the year").fill("6,250")
    finance.get_by_label("Budget code").fill("FEES")
    finance.get_by_role("button", name="Verify").click()
    expect(finance.locator("body")).to_contain_text("is verified and counts as delivered")
    expect(finance.get_by_role("button", name="Verify")).to_have_count(0)

    finance.get_by_role("link", name="History").click()
    expect(finance.get_by_role("main")).to_contain_text("The report of October is attached.")
