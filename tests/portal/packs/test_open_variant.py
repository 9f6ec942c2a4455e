"""The open variant holds nothing exempt or internal, in any form, anywhere in the files."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from portal.packs import rendering
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio.models import Body, Decision, Project, Workstream
from risks.models import Issue, Risk
from tests.cast import scope_of, written

pytestmark = pytest.mark.django_db
EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "A sale is being negotiated.",
    "exempt_review": datetime.date(2023, 6, 1),
}
# Amounts that are exempt, and totals and differences from which they could be had, in pounds and thousands.
AMOUNTS = [1_100, 150, 450, 500, 900, 1_950, 850, 950, 1_602, 1_603, 1_612, 1_623, 1_937, 1_706, 153, 827]
AMOUNTS += [957, 327, 496, 174, 461, 314, 177, 454]
HIDDEN = [
    "Sale of the depot",
    "Bids for the depot",
    "Merging two teams",
    "Teams told",
    "Shall we sell",
    "DIG-90",
    "The buyer may turn away",
    "The bank has asked questions",
]


@pytest.fixture
def secrets(loaded):
    """An exempt and an internal project with milestones, an exempt decision, risk and issue, beside the
    business case."""
    digital = Workstream.objects.get(slug="digital")
    for ref, name, step, fields in (
        ("DIG-90", "Sale of the depot", "Bids for the depot", EXEMPT),
        ("DIG-91", "Merging two teams", "Teams told", {"classification": "internal"}),
    ):
        scope = scope_of("project", ref.lower(), name, digital.scope)
        project = written(Project(ref=ref, name=name, workstream=digital, scope=scope, **fields))
        day = datetime.date(2022, 8, 1)
        written(
            Activity(ref=f"{ref}-M01", project=project, kind=Kind.MILESTONE, name=step, forecast_finish=day)
        )
    board = Body.objects.get(kind="programme_board")
    what = {"question": "Shall we sell the depot?", "outcome": "approved", "reasons": "A good price."}
    written(Decision(reference="TB-2022-090", date=datetime.date(2022, 7, 4), body=board, **what, **EXEMPT))
    known = {"scope": digital.scope, "raised_on": datetime.date(2022, 7, 4)} | EXEMPT
    risk = Risk(ref="R-090", title="The buyer may turn away", current_likelihood=5, current_impact=5, **known)
    happened = {"what_happened": "The bank has asked questions", "severity": "major"}
    written(Issue(ref="I-090", risk=written(risk), title="Questions", **happened, **known))


def words_of(pack):
    """Everything in all three forms that somebody could read: text, alternative text, every part of the file.

    Digests are left out, since figures may come up in them by chance.
    """
    data = pack.sealed.encode()
    workbook = zipfile.ZipFile(io.BytesIO(rendering.workbook(data)))
    pdf = PdfReader(io.BytesIO(rendering.pdf(data)))
    parts = [data.decode(), rendering.html(data).decode()]
    parts += [page.extract_text() for page in pdf.pages]
    parts += [str(pdf.get_object(number)) for number in range(1, pdf.trailer["/Size"])]
    names = [name for name in workbook.namelist() if name.endswith((".xml", ".rels"))]
    parts += [workbook.read(name).decode() for name in names]
    unread = r'"png":"[^"]*"|base64,[\w+/=]+|<style\b.*?</style>| [\w-]+="[-\d., ]*"|[0-9a-f]{64}'
    return re.sub(unread, " ", "\n".join(parts), flags=re.S)


def amounts_in(text):
    found = set()
    for thousands in AMOUNTS:
        pounds = f"{thousands},000|{thousands:,},000|{thousands}000(?:00)?"
        if re.search(rf"£(?:{pounds})(?!\d)|[>\"](?:{pounds}|{thousands:,})(?=[<\"])", text):
            found.add(thousands)
    return found


def test_the_board_s_variant_has_what_the_open_one_must_not(reader, secrets, issue):
    """So that the search below is known to find what it looks for."""
    words = words_of(issue(reader("sro")))
    assert amounts_in(words) >= {1_100, 900, 1_950, 1_602, 1_937, 314}
    assert [name for name in HIDDEN if name not in words] == []


@pytest.mark.parametrize("as_at", [None, datetime.date(2022, 7, 5)])
def test_the_open_variant_holds_nothing_exempt_or_internal_in_any_form(reader, secrets, issue, as_at):
    words = words_of(issue(reader("sro"), "open", as_at=as_at))
    assert amounts_in(words) == set()
    assert [name for name in HIDDEN if name in words] == []
    assert "Staffing redesign" not in words
    assert "Redundancy" not in words


def test_the_open_variant_says_what_is_left_out_and_on_which_ground_but_not_how_much(reader, secrets, issue):
    pack = issue(reader("programme-manager"), "open")
    words = " ".join(
        PdfReader(io.BytesIO(rendering.pdf(pack.sealed.encode()))).pages[0].extract_text().split()
    )
    assert "Open version: exempt and internal matter is left out" in words
    assert "paragraphs 1, 2 and 4 of Schedule 12A" in words
    assert "Exempt projects, their plans and decisions are left out (paragraph 3 of Schedule 12A" in words


def test_what_is_exempt_only_now_or_was_only_then_is_left_out_of_a_past_day(
    reader, secrets, issue, installation
):
    then_open = Project.objects.get(ref="DIG-02")
    for field, value in EXEMPT.items():
        setattr(then_open, field, value)
    later = datetime.datetime(2022, 9, 1, tzinfo=datetime.UTC)
    then_open.record(by=installation, reason="A tender has begun", effective=later)
    now_open = Project.objects.get(ref="DIG-90")
    now_open.classification = "open"
    now_open.record(by=installation, reason="The sale is done", effective=later)
    past = words_of(issue(reader("sro"), "open", as_at=datetime.date(2022, 8, 1)))
    assert "Sale of the depot" not in past
    assert "Replace the income management" not in past
    assert "Sale of the depot" in words_of(issue(reader("programme-manager"), "open"))
