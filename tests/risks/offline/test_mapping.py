"""Registers that nobody here wrote: which row holds the headings, and which column is what."""

import pytest

from risks.models import ColumnMapping, Review, Risk

pytestmark = pytest.mark.django_db

# As a public register of risks of AI in research software has it.
ELSEWHERE = (
    "Risk,Likelihood,Severity,Reach,Mitigations,Ownership,Examples,Tags,Issue,Updates,Maintainer Notes\r\n"
    '"Over-use of AI might lead to a degradation in skills. '
    + "This could have consequences for quality and integrity. "
    * 5
    + '",Medium,Medium,High,Keep training central.,"RSEs, Institutions",,"Professional, Training",#119,,\r\n'
    "Over use of AI might cause environmental collapse.,Medium,High,Very High,,,,Environmental,#125,,\r\n"
    "This risk will be tagged,Very Low,Very High,High,,,,Economic,#127,,\r\n"
).encode()


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


def field_of(answer, word):
    """The name of the first field that asks what a word means."""
    return next(one.html_name for one in answer.context["form"].word_fields if f"“{word}”" in one.label)


def at(answer):
    return answer.request["PATH_INFO"]


def test_a_foreign_register_is_guessed_and_added(manager, digital, send, apply, said, chosen, today):
    page = send(manager, ELSEWHERE, "ssi.csv")
    assert "This register is not the portal’s own." in said(page)
    form = page.context["form"]
    guess = {field.label: field.value() for field in form.column_fields if field.value() != "leave"}
    assert guess == {
        "Risk": "event",
        "Likelihood": "current_likelihood",
        "Severity": "current_impact",
        "Mitigations": "controls",
    }
    assert [field.label for field in form.word_fields] == [
        "Likelihood “medium” means",
        "Likelihood “very low” means",
        "Impact “medium” means",
        "Impact “high” means",
        "Impact “very high” means",
    ]
    assert not any(field.value() for field in form.word_fields), "what they mean is asked, never guessed"
    assert "Often 3 on a scale of five." in said(page)
    preview = manager.post(at(page), chosen(page, digital.scope), follow=True)
    assert "0 risks change, 3 are new" in said(preview)
    assert "Columns that are not taken: Reach, Ownership, Examples, Tags, Issue" in said(preview)
    apply(manager, preview, "Learnt from elsewhere")
    one, two, three = Risk.objects.order_by("ref")
    assert one.title.startswith("Over-use of AI might lead")
    assert len(one.title) <= 200
    assert one.event.endswith("integrity.")
    assert (one.controls, one.source_document) == ("Keep training central.", "ssi.csv")
    assert (two.current_likelihood, two.current_impact) == (3, 4)
    assert (three.current_likelihood, three.current_impact) == (1, 5)
    assert {risk.scope for risk in Risk.objects.all()} == {digital.scope}
    assert Review.objects.filter(outcome="first_scored", words="Learnt from elsewhere").count() == 3


def test_a_file_sent_twice_is_noticed(manager, digital, send, apply, said, chosen, today):
    for _ in range(2):
        page = send(manager, ELSEWHERE, "ssi.csv")
        preview = manager.post(at(page), chosen(page, digital.scope), follow=True)
        noticed = "3 of the new risks have the name of one that is in the register already" in said(preview)
        assert noticed == Risk.objects.exists()
        if not noticed:
            apply(manager, preview)
    assert "row 3 and R-002" in said(preview)


def test_owners_who_are_words_may_be_kept_as_the_place_in_the_source(
    manager, digital, send, apply, said, chosen, today
):
    page = send(manager, ELSEWHERE, "ssi.csv")
    as_owner = manager.post(at(page), chosen(page, digital.scope, column_5="owner"), follow=True)
    assert "Row 2, Ownership: “RSEs, Institutions” is nobody who can own a risk here." in said(as_owner)
    kept = manager.post(at(page), chosen(page, digital.scope, column_5="source_place"), follow=True)
    apply(manager, kept)
    assert Risk.objects.get(ref="R-001").source_place == "RSEs, Institutions"


def test_a_register_pasted_into_a_spreadsheet_with_titles_above(
    manager, digital, send, apply, said, chosen, foreign, today
):
    rows = [
        ["Risk Register"],
        ["This risk rating was undertaken on the 2/02/2021."],
        [],
        ["Risk", "Description", "Likelihood", "Severity", "Score"],
        ["Azure platform compromise", "A malicious actor gained access", 1, 5, 5],
        ["Egress check failure", "An accidental removal of sensitive data", "1", "2", 2],
    ]
    page = send(manager, foreign(rows), "turing.xlsx")
    assert "Left out, above the headings: “Risk Register”, “This risk rating" in said(page)
    guess = [field.value() for field in page.context["form"].column_fields]
    assert guess == ["title", "event", "current_likelihood", "current_impact", "leave"]
    preview = manager.post(at(page), chosen(page, digital.scope), follow=True)
    assert "Rows above the headings that are left out: “Risk Register”" in said(preview)
    apply(manager, preview)
    azure, egress = Risk.objects.order_by("ref")
    assert (azure.title, azure.event) == ("Azure platform compromise", "A malicious actor gained access")
    assert (egress.current_likelihood, egress.current_impact) == (1, 2)


def test_choices_kept_under_a_name_come_back_with_the_next_file_of_the_kind(
    manager, digital, send, said, chosen, programme_manager
):
    page = send(manager, ELSEWHERE, "ssi.csv")
    medium = field_of(page, "medium")
    own = chosen(page, digital.scope, column_5="source_place", save_as="The AI register") | {medium: "2"}
    manager.post(at(page), own)
    kept = ColumnMapping.objects.get()
    assert kept.columns["ownership"] == "source_place"
    assert kept.words["likelihood"]["medium"] == 2
    assert kept.words["impact"]["medium"] == 3
    assert kept.changes()[0].who == programme_manager
    again = send(manager, ELSEWHERE, "ssi-2.csv")
    form = again.context["form"]
    assert form["column_5"].value() == "source_place"
    assert form[medium].value() == "2"
    manager.post(at(again), own | {medium: "3"})
    assert [one.words["likelihood"]["medium"] for one in ColumnMapping.objects.all()] == [3]
    without = manager.get(f"{at(again)}?mapping=0")
    assert without.context["form"]["column_5"].value() == "leave"


def test_words_of_another_column_are_asked_for_when_it_is_chosen(manager, digital, send, said, chosen):
    page = send(manager, ELSEWHERE.replace(b"Reach", b"Worry").replace(b",High,Keep", b",Grave,Keep"))
    own = chosen(page, digital.scope, column_2="leave", column_3="current_impact")
    back = manager.post(at(page), own)
    assert back.status_code == 422
    assert "Say what impact “grave” means, from 1 to 5" in said(back)
    own |= {field_of(back, "grave"): "5", field_of(back, "high"): "4"}
    preview = manager.post(at(page), own, follow=True)
    assert "3 are new" in said(preview)
    assert "5 Critical" in said(preview)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"column_0": "leave"}, "Say which column says what may happen"),
        ({"column_2": "leave"}, "Half a score is no score: choose the column of impact now too"),
        ({"column_4": "current_impact"}, "Another column is “Impact now” already"),
        ({"place": ""}, "Choose where new risks belong"),
        ({"column_0": "classification"}, "Select a valid choice"),
        ({"place": "99999"}, "Select a valid choice"),
    ],
)
def test_what_does_not_hold_together_is_said(manager, digital, send, said, chosen, own, words):
    page = send(manager, ELSEWHERE)
    back = manager.post(at(page), chosen(page, digital.scope, **own))
    assert back.status_code == 422
    assert words in said(back)
    assert not Risk.objects.exists()


def test_another_row_may_hold_the_headings(manager, send, said, foreign):
    rows = [["Risk", "Likelihood", "Impact"], ["Naam", "Kans", "Gevolg"], ["Brand", 1, 2]]
    page = send(manager, foreign(rows))
    other = manager.get(f"{at(page)}?row=2")
    assert [field.label for field in other.context["form"].column_fields] == ["Naam", "Kans", "Gevolg"]
    for row in ("3", "99", "x"):
        assert manager.get(f"{at(page)}?row={row}").status_code in (200, 422)


def test_a_lead_puts_new_risks_only_into_the_own_workstream(
    sign_in, lead_digital, digital, commercial, send, said, chosen
):
    lead = sign_in(lead_digital)
    page = send(lead, ELSEWHERE)
    offered = [words for _, words in page.context["form"].fields["place"].choices]
    assert "Be Digital" in offered
    assert "Be Commercial" not in offered
    assert lead.post(at(page), chosen(page, commercial.scope)).status_code == 422


def test_titles_of_groups_among_the_risks_are_pointed_at(manager, digital, send, said, chosen, foreign):
    rows = [["Risk", "Cause", "Likelihood", "Impact"], ["FINANCE"], ["A gap", "Less money", 3, 4], ["PEOPLE"]]
    page = send(manager, foreign(rows))
    preview = said(manager.post(at(page), chosen(page, digital.scope), follow=True))
    assert "A name and nothing else: rows 2, 4. Take them out of the file if they are the title" in preview
    merged = send(manager, foreign(rows, ["A2:D2"]))
    preview = said(manager.post(at(merged), chosen(merged, digital.scope), follow=True))
    assert "Cell A2:D2: Merged cells. Delete the row if it is the title of a group" in preview


def test_all_that_a_file_says_of_a_new_risk_is_shown(manager, digital, send, said, chosen, foreign):
    rows = [
        ["Risk", "Cause", "Gross likelihood", "Gross impact", "Target"],
        ["A gap", "Less money", 5, 4, "2x2"],
    ]
    page = send(manager, foreign(rows))
    first = manager.post(at(page), chosen(page, digital.scope, column_4="target_both"), follow=True)
    own = chosen(first, digital.scope) if first.status_code == 422 else {}
    preview = manager.post(at(page), own, follow=True) if own else first
    assert preview.context["outcome"]["new_columns"] == [
        "Row", "Risk", "Cause", "Place", "Likelihood without controls", "Impact without controls",
        "Likelihood aimed at", "Impact aimed at",
    ]  # fmt: skip
    assert preview.context["outcome"]["new"] == [
        ["2", "A gap", "Less money", "Be Digital", "5 Almost certain", "4 Major", "2 Unlikely", "2 Minor"]
    ]
