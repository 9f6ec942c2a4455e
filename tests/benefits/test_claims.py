"""A claim from its owner to finance and back: made, sent back, made again, verified, corrected, withdrawn."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benefits.actions import claims, lines, years
from benefits.models import BenefitLine, Claim
from programme.foundation.models import Clock
from programme.foundation.money import FinancialYear
from programme.people.models import User

pytestmark = pytest.mark.django_db
LAST, THIS = FinancialYear(2022), FinancialYear(2023)
LINK = "https://ledger.example/report/17"
PDF = b"%PDF-1.7 the ledger"


@pytest.fixture(autouse=True)
def june(db: None) -> None:
    """It is 1 June 2023: 2022/23 is over and not closed yet."""
    Clock(pk=1, fixed_on=date(2023, 6, 1)).save()


@pytest.fixture
def saving(benefit: Callable, digital: Any) -> BenefitLine:
    """A recurring saving of £100,000 a year, approved for 2022/23."""
    lines = [{"name": "Fewer licences", "approved": {"2022/23": 100_000}, "budget_code": "CS100"}]
    return benefit("B-001", home=digital, lines=lines, method="Ledger").lines.get()


@pytest.fixture
def make(saving: BenefitLine, lead_digital: User) -> Callable[..., Claim]:
    """``make(amount=90_000, …) -> Claim`` by the lead, about 2022/23 unless said."""

    def claim(**facts: Any) -> Claim:
        known = {"line": saving, "year": LAST, "amount": Decimal(100_000), "evidence_link": LINK}
        known |= {"words": "The old licences ended", "by": lead_digital, "reason": "Claimed"}
        return claims.claim(**known | facts)

    return claim


def again(claim: Claim) -> Claim:
    return Claim.objects.select_related("line__benefit").get(pk=claim.pk)


def verified(claim: Claim, by: User, **facts: Any) -> Claim:
    known = {"full_year": claim.amount, "cash": Decimal(25_000), "budget_code": "CS100"}
    return claims.verify(again(claim), by=by, reason="Seen in the ledger", **known | facts)


def typed(**facts: Any) -> dict[str, Any]:
    known = {"year": "2022/23", "amount": "£100,000", "words": "The old licences ended"}
    return known | {"evidence_link": LINK} | facts


def claim_page(line: BenefitLine) -> str:
    return f"{line.get_absolute_url()}claim/"


def send(client: Client, address: str, record: Any, **fields: Any) -> Any:
    return client.post(address, {"version": record.version, **fields})


def downloaded(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_lead_claims_with_a_link_and_finance_sees_it(saving, lead_digital, finance, sign_in):
    answer = send(sign_in(lead_digital), claim_page(saving), saving, **typed())
    assert answer.url == "/benefits/claims/CL-0001/"
    claim = Claim.objects.get()
    assert (claim.year, claim.booked, claim.amount, claim.claimed_by) == (LAST, LAST, 100_000, lead_digital)
    queue = sign_in(finance).get("/benefits/claims/").content.decode()
    assert "CL-0001" in queue
    assert "£100,000" in queue


def test_a_file_is_kept_under_a_name_that_says_nothing_and_served_to_those_who_may(
    saving, lead_digital, finance, staff, sign_in
):
    upload = SimpleUploadedFile("../Ledger of 2022: final.PDF", PDF)
    fields = typed(evidence_link="", evidence_file=upload)
    assert send(sign_in(lead_digital), claim_page(saving), saving, **fields).status_code == 302
    claim = Claim.objects.get()
    assert "Ledger" not in claim.evidence_file.name
    assert claim.evidence_file.name.startswith(hashlib.sha256(PDF).hexdigest())
    assert stat.S_IMODE(os.stat(claim.evidence_file.path).st_mode) == 0o600
    answer = sign_in(finance).get("/benefits/claims/CL-0001/evidence/")
    assert downloaded(answer) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Ledger of 2022 final.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in(staff).get("/benefits/claims/CL-0001/evidence/").status_code == 403


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("run.exe", b"MZ", "This kind of file is not taken"),
        ("page.html", b"<script>", "This kind of file is not taken"),
        ("ledger.pdf", b"<html>", "does not hold what such a file holds"),
        ("ledger.pdf", b"", "empty"),
        ("ledger.csv", b"a\0b", "does not hold what such a file holds"),
    ],
)
def test_a_file_that_is_no_evidence_is_refused_and_what_was_typed_stays(
    saving, lead_digital, sign_in, name, data, words
):
    fields = typed(evidence_file=SimpleUploadedFile(name, data))
    answer = send(sign_in(lead_digital), claim_page(saving), saving, **fields)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["evidence_file"])
    assert "The old licences ended" in answer.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("year", "2024/25", "begins on 1 April 2024"),
        ("year", "2022/24", "not a financial year"),
        ("amount", "1,25", "not an amount"),
        ("amount", "0", "Say how much"),
        ("evidence_link", "", "Give a link to the evidence, or choose a file"),
        ("evidence_link", "javascript:alert(1)", "Write the whole address"),
        ("words", " ", "must be filled in"),
    ],
)
def test_bad_input_is_refused_at_its_field(saving, lead_digital, sign_in, field, value, words):
    answer = send(sign_in(lead_digital), claim_page(saving), saving, **typed(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_year_may_be_written_as_people_write_it(saving, lead_digital, sign_in):
    send(sign_in(lead_digital), claim_page(saving), saving, **typed(year="22/23", amount="0.1m"))
    assert (Claim.objects.get().year, Claim.objects.get().amount) == (LAST, 100_000)


def test_only_those_who_keep_the_line_claim(saving, lead_agile, finance, staff, pm_crm, sign_in):
    for user in (lead_agile, finance, pm_crm):
        assert sign_in(user).get(claim_page(saving)).status_code == 403
    assert sign_in(staff).get(claim_page(saving)).status_code == 404


def test_a_benefits_owner_claims_for_their_own_and_no_other(benefit, line, lead_agile, digital, sign_in):
    own = line(benefit("B-001", home=digital, owner=lead_agile), approved={"2022/23": 5})
    other = line(benefit("B-002", home=digital), approved={"2022/23": 5})
    assert send(sign_in(lead_agile), claim_page(own), own, **typed(amount="5")).status_code == 302
    assert sign_in(lead_agile).get(claim_page(other)).status_code == 403


def test_an_exempt_line_and_its_claims_are_not_there_for_others(
    benefit, line, agile, lead_agile, lead_digital, finance, sign_in
):
    from tests.savings import EXEMPT

    secret = line(benefit("B-009", home=agile), "Posts", approved={"2022/23": 5}, **EXEMPT)
    upload = SimpleUploadedFile("posts.txt", b"Post P-17")
    facts = {"amount": Decimal(5), "words": "Posts deleted", "evidence_file": upload}
    claims.claim(line=secret, year=LAST, by=lead_agile, reason="Claimed", **facts)
    other = sign_in(lead_digital)
    for address in (claim_page(secret), "/benefits/claims/CL-0001/", "/benefits/claims/CL-0001/evidence/"):
        assert other.get(address).status_code == 404
    for query in ("status=all", "status=all&format=csv"):
        answer = other.get(f"/benefits/claims/?{query}")
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"CL-0001" not in text
    assert downloaded(sign_in(finance).get("/benefits/claims/CL-0001/evidence/")) == b"Post P-17"


def test_finance_verifies_with_full_year_effect_and_cash(make, finance, sign_in):
    claim = make()
    page = sign_in(finance).get("/benefits/claims/CL-0001/verify/").content.decode()
    assert "£100,000" in page
    assert "The budget of CS100 in 2022/23 is not loaded." in page
    fields = {"full_year": "100,000", "cash": "25,000", "budget_code": "CS100", "words": ""}
    assert send(sign_in(finance), "/benefits/claims/CL-0001/verify/", claim, **fields).status_code == 302
    kept = again(claim)
    assert (kept.status, kept.full_year, kept.cash, kept.budget_code) == (
        "verified",
        100_000,
        25_000,
        "CS100",
    )
    assert kept.verified_by == finance
    assert kept.changes()[0].reason == "Verified as claimed"


def test_a_recurring_saving_is_not_verified_by_halves(make, finance, sign_in):
    claim = make()
    for field, words in (("full_year", "full-year effect"), ("cash", "cash in the year")):
        fields = {"full_year": "100,000", "cash": "0", "budget_code": "CS100"} | {field: ""}
        answer = send(sign_in(finance), "/benefits/claims/CL-0001/verify/", claim, **fields)
        assert words in " ".join(answer.context["form"].errors[field])
    for code, field in (("", "budget_code"), ("CS100", "words")):
        fields = {"full_year": "90,000", "cash": "0", "budget_code": code}
        answer = send(sign_in(finance), "/benefits/claims/CL-0001/verify/", claim, **fields)
        assert set(answer.context["form"].errors) == {field}
    assert "Budget code (optional)" not in answer.content.decode()
    assert again(claim).version == 1


def test_a_one_off_is_verified_with_one_amount(benefit, line, digital, make, finance, sign_in):
    once = line(benefit("B-002", home=digital), approved={"2022/23": 700}, frequency="one_off")
    claim = make(line=once, amount=Decimal(700))
    form = sign_in(finance).get(f"/benefits/claims/{claim.ref}/verify/").context["form"]
    assert set(form.fields) == {"full_year", "budget_code", "words"}
    fields = {"full_year": "700"}
    send(sign_in(finance), f"/benefits/claims/{claim.ref}/verify/", claim, **fields)
    assert (again(claim).full_year, again(claim).cash) == (700, 700)


def test_nobody_verifies_what_they_claimed_not_even_once_somebody_else_sent_it_in(
    make, finance, lead_digital
):
    claim = make(by=finance)
    with pytest.raises(ValidationError, match="You claimed this yourself"):
        verified(claim, finance)
    claims.claim_again(again(claim), by=lead_digital, reason="With the report", words="As the ledger says")
    with pytest.raises(ValidationError, match="You claimed this yourself"):
        verified(claim, finance)


def test_others_do_not_verify(make, chief_executive, programme_manager, lead_digital, sign_in):
    make()
    for user in (chief_executive, programme_manager, lead_digital):
        assert sign_in(user).get("/benefits/claims/CL-0001/verify/").status_code == 403


def test_finance_sends_back_with_a_reason_and_the_claimant_claims_again(make, finance, lead_digital, sign_in):
    claim = make()
    address = "/benefits/claims/CL-0001/"
    assert send(sign_in(finance), f"{address}send-back/", claim, reason="").status_code == 422
    send(sign_in(finance), f"{address}send-back/", claim, reason="The report is of May")
    assert list(Claim.objects.sent_back_to(lead_digital)) == [claim]
    assert not Claim.objects.waiting_for_finance().exists()
    client = sign_in(lead_digital)
    assert "The report is of May" in client.get(f"{address}again/").content.decode()
    fields = typed(amount="90,000", reason="Report of March")
    assert send(client, f"{address}again/", again(claim), **fields).status_code == 302
    kept = again(claim)
    assert (kept.status, kept.amount, kept.verdict) == ("submitted", 90_000, "")
    assert [one.reason for one in kept.changes()] == ["Report of March", "The report is of May", "Claimed"]


def test_the_file_that_was_given_stays_when_the_claim_is_put_right(make, lead_digital):
    claim = make(evidence_link="", evidence_file=SimpleUploadedFile("ledger.pdf", PDF))
    changed = claims.claim_again(again(claim), by=lead_digital, reason="Less", amount=Decimal(80_000))
    with changed.evidence_file.open("rb") as kept:
        assert (changed.evidence_name, kept.read()) == ("ledger.pdf", PDF)


def test_a_withdrawn_claim_counts_no_more_and_stays_in_history(make, lead_digital, finance, sign_in):
    claim = make()
    send(sign_in(lead_digital), "/benefits/claims/CL-0001/withdraw/", claim, reason="Claimed twice")
    assert again(claim).status == "withdrawn"
    assert not Claim.objects.counting().exists()
    assert "Withdrawn" in sign_in(finance).get("/benefits/claims/CL-0001/").content.decode()
    with pytest.raises(ValidationError, match="is withdrawn"):
        verified(claim, finance)


def test_what_is_verified_is_corrected_by_an_entry_of_its_own(make, finance, lead_digital, sign_in):
    claim = verified(make(), finance)
    with pytest.raises(ValidationError, match="is verified and stands"):
        claims.claim_again(again(claim), by=lead_digital, reason="More", amount=Decimal(120_000))
    years.close(year=LAST, by=finance, reason="Accounts closed")
    client = sign_in(lead_digital)
    page = client.get("/benefits/claims/CL-0001/correct/").content.decode()
    assert "entered in 2023/24, because 2022/23 is closed" in page
    fields = {"amount": "(20,000)", "words": "One licence ran on", "evidence_link": LINK}
    assert (
        send(client, "/benefits/claims/CL-0001/correct/", claim, **fields).url == "/benefits/claims/CL-0002/"
    )
    correction = Claim.objects.get(ref="CL-0002")
    assert (correction.year, correction.booked, correction.amount) == (LAST, THIS, -20_000)
    assert correction.corrects == claim
    too_much = fields | {"amount": "(120,000)"}
    answer = send(client, "/benefits/claims/CL-0001/correct/", claim, **too_much)
    assert "only £100,000 stands verified" in answer.content.decode()


def test_what_releases_no_cash_is_confirmed_by_the_programme_office_and_is_no_pounds(
    benefit, line, digital, measure, make, finance, programme_manager, sign_in
):
    known = {"kind": "efficiency_without_cash", "approved": {"2022/23": 50_000}}
    faster = line(benefit("B-002", home=digital, measure=measure()), **known)
    claim = make(line=faster, amount=Decimal(50_000))
    assert not Claim.objects.waiting_for_finance().exists()
    assert list(Claim.objects.waiting_for_office()) == [claim]
    with pytest.raises(ValidationError, match="the programme office confirms it"):
        verified(claim, finance)
    address = f"/benefits/claims/{claim.ref}/"
    assert "Verify" not in sign_in(finance).get(address).content.decode().split("<main", 1)[1]
    assert sign_in(finance).get(f"{address}confirm/").status_code == 403
    office = sign_in(programme_manager)
    assert send(office, f"{address}confirm/", claim, words="").status_code == 422
    send(office, f"{address}confirm/", claim, words="From 40 to 20 days")
    assert (again(claim).status, again(claim).full_year, again(claim).cash) == ("verified", 0, 0)
    assert "Confirmed" in office.get(address).content.decode()


def test_without_a_measure_nothing_is_confirmed(benefit, line, digital, make, programme_manager):
    faster = line(benefit("B-002", home=digital), category="non_financial", not_quantified_because="Words")
    claim = make(line=faster, amount=Decimal(0))
    with pytest.raises(ValidationError, match="If it cannot be measured"):
        claims.confirm(again(claim), words="Better", by=programme_manager, reason="Better")


def test_two_who_decide_at_once_do_not_overwrite_each_other(make, finance, sign_in):
    claim = make()
    client = sign_in(finance)
    send(client, "/benefits/claims/CL-0001/send-back/", claim, reason="Which report?")
    fields = {"full_year": "100,000", "cash": "0", "budget_code": "CS100"}
    assert send(client, "/benefits/claims/CL-0001/verify/", claim, **fields).status_code == 409
    assert again(claim).status == "sent_back"


def test_the_page_sets_the_claim_beside_what_is_approved_and_verified(make, finance, sign_in):
    verified(make(), finance)
    make(amount=Decimal(5_000), words="Another licence")
    page = sign_in(finance).get("/benefits/claims/CL-0002/").content.decode()
    row = page.split("2022/23 (this claim’s year)", 1)[1].split("</tr>", 1)[0]
    assert [row.count(words) for words in ("£100,000", "£105,000")] == [2, 1]


def test_two_corrections_do_not_take_back_more_together_than_stands(make, finance, lead_digital):
    first = verified(make(), finance)
    facts = {"amount": Decimal(-80_000), "words": "Less", "evidence_link": LINK}
    both = [claims.correct(again(first), by=lead_digital, reason="Found", **facts) for _ in range(2)]
    verified(both[0], finance)
    with pytest.raises(ValidationError, match="only £20,000 stands verified"):
        verified(both[1], finance)


def test_a_line_with_verified_claims_keeps_what_they_are(make, finance, lead_digital):
    claim = verified(make(), finance)
    for change, field in (
        ({"kind": "efficiency_without_cash"}, "kind"),
        ({"kind": "cost_avoidance"}, "kind"),
        ({"category": "non_financial"}, "category"),
        ({"frequency": "one_off"}, "frequency"),
    ):
        with pytest.raises(ValidationError) as found:
            lines.change(again(claim).line, by=lead_digital, reason="Otherwise", **change)
        assert field in found.value.message_dict
    kept = lines.change(again(claim).line, by=lead_digital, reason="It is less", kind="reduction_of_scope")
    assert kept.kind == "reduction_of_scope"


def test_finance_is_told_who_corrects_what_was_verified(make, finance, lead_digital, sign_in):
    make(status="verified", full_year=Decimal(100_000), cash=Decimal(0), verified_by=finance)
    told = "corrected by whoever keeps the benefit"
    assert told in sign_in(finance).get("/benefits/claims/CL-0001/").content.decode()
    assert told not in sign_in(lead_digital).get("/benefits/claims/CL-0001/").content.decode()
