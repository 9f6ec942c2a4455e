"""Pages of packs: who may see, issue, correct, compare and read them, and what is served."""

from __future__ import annotations

import datetime
import hashlib
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from portal.models import Pack, PackOpening, Rendition
from portal.packs import rendering, storage
from programme.foundation.models import Job

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 11, 30)
FORMS = {
    "html": ("text/html; charset=utf-8", "inline"),
    "pdf": ("application/pdf", "inline"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
}


@pytest.fixture(autouse=True)
def packs_root(settings, tmp_path):
    settings.PACKS_ROOT = tmp_path / "packs"


@pytest.fixture
def make_pack(sro):
    """A pack with kept files whose words are not those of a pack: what is served is what was kept."""

    def make(number=1, version=1, variant="board", **fields):
        fields = {"as_at": DAY, "title": f"Transforming East Herts {variant} pack"} | fields
        pack = Pack(number=number, version=version, variant=variant, issued_by=sro, **fields)
        pack.correction = "The date" if version > 1 else ""
        pack.sealed, pack.digest, pack.template = "{}", "d" * 64, "v1"
        pack.save()
        for form in FORMS:
            data = f"{pack} as {form}".encode()
            Rendition.objects.create(pack=pack, form=form, digest=storage.keep(data, form), size=len(data))
        return pack

    return make


def test_home_issues_a_pack_with_one_button(sign_in, sro):
    answer = sign_in(sro).post("/board/packs/issue/", {"variant": "board"})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.pk}/")
    assert job.arguments["variant"] == "board"
    assert job.title.startswith("Programme Board pack as at ")


def test_the_form_issues_either_variant_of_a_past_day(sign_in, programme_manager):
    client = sign_in(programme_manager)
    assert "Which version" in client.get("/board/packs/issue/").content.decode()
    day = {"as_at_day": "5", "as_at_month": "9", "as_at_year": "2022"}
    assert client.post("/board/packs/issue/", {"variant": "open", **day}).status_code == 302
    assert Job.objects.get().arguments["as_at"] == "2022-09-05"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"variant": "secret"}, "Select a valid choice"),
        ({"variant": "board", "as_at_day": "31", "as_at_month": "2", "as_at_year": "2022"}, "real date"),
        (
            {"variant": "board", "as_at_day": "1", "as_at_month": "1", "as_at_year": "2098"},
            "cannot be in the future",
        ),
    ],
)
def test_what_cannot_be_issued_is_said_beside_its_field(sign_in, sro, typed, words):
    answer = sign_in(sro).post("/board/packs/issue/", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Job.objects.exists()


def test_a_get_issues_nothing_and_who_may_not_is_refused(sign_in, sro, chief_executive, lead_digital, staff):
    sign_in(sro).get("/board/packs/issue/")
    for person in (chief_executive, lead_digital, staff):
        client = sign_in(person)
        assert client.get("/board/packs/issue/").status_code == 403
        assert client.post("/board/packs/issue/", {"variant": "open"}).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_served_as_it_was_kept_under_a_safe_name(sign_in, chief_executive, make_pack, form):
    pack = make_pack()
    answer = sign_in(chief_executive).get(f"/board/packs/1/1/pack.{form}")
    media, shown = FORMS[form]
    assert answer.content == f"Pack 1, version 1 as {form}".encode()
    assert hashlib.sha256(answer.content).hexdigest() == pack.renditions.get(form=form).digest
    assert answer["Content-Type"] == media
    name = f"transforming-east-herts-board-pack-2022-11-30-v1.{form}"
    assert answer["Content-Disposition"] == f'{shown}; filename="{name}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_web_page_comes_with_its_own_policy(sign_in, chief_executive, make_pack):
    make_pack()
    answer = sign_in(chief_executive).get("/board/packs/1/1/pack.html")
    assert answer["Content-Security-Policy"] == rendering.html_policy("v2")


def test_the_board_s_variant_is_for_those_who_read_everything(
    sign_in, make_pack, sro, chief_executive, hr, programme_manager, auditor, finance,
    lead_agile, lead_digital, pm_crm, group_member, communications_only, staff,
):  # fmt: skip
    make_pack()
    addresses = ["/board/packs/1/1/", *(f"/board/packs/1/1/pack.{form}" for form in FORMS)]
    for person in (sro, chief_executive, hr, programme_manager, auditor, finance):
        assert {sign_in(person).get(address).status_code for address in addresses} == {200}, person
    for person in (lead_agile, lead_digital, pm_crm, group_member, communications_only, staff):
        client = sign_in(person)
        assert {client.get(address).status_code for address in addresses} == {404}, person
        assert client.get("/board/packs/1/1/correct/").status_code in (403, 404)
        assert client.post("/board/packs/1/1/compare/").status_code in (403, 404)
        assert "Pack 1" not in client.get("/board/packs/").content.decode()
        assert "Pack 1" not in client.get("/board/packs/?format=csv").getvalue().decode()


def test_the_open_variant_is_for_everybody_who_signs_in(sign_in, make_pack, client, staff):
    make_pack(variant="open")
    assert sign_in(staff).get("/board/packs/1/1/pack.pdf").status_code == 200
    page = sign_in(staff).get("/board/packs/1/1/").content.decode()
    assert "Who opened it" not in page
    assert "Correct it" not in page
    assert client.get("/board/packs/1/1/pack.pdf")["Location"].startswith("/sign-in/")


def test_what_is_not_there_is_not_found(sign_in, sro, make_pack):
    make_pack()
    client = sign_in(sro)
    for address in ("2/1/", "1/2/", "1/1/pack.docx", f"{10**30}/1/", "1/1/pack.html/"):
        assert client.get(f"/board/packs/{address}").status_code == 404


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_a_kept_file_that_is_not_what_was_kept_is_not_served(sign_in, sro, make_pack, harm):
    one = make_pack().renditions.get(form="pdf")
    file = storage.place(one.file_name)
    file.write_bytes(b"other") if harm == "altered" else file.unlink()
    answer = sign_in(sro).get("/board/packs/1/1/pack.pdf")
    assert answer.status_code == 503
    assert harm in answer.content.decode()
    assert not PackOpening.objects.exists()


def test_who_opened_which_form_is_kept_and_shown_to_those_who_issue(sign_in, make_pack, chief_executive, sro):
    make_pack()
    reader = sign_in(chief_executive)
    reader.get("/board/packs/1/1/pack.pdf")
    reader.head("/board/packs/1/1/pack.html")
    assert list(PackOpening.objects.values_list("person", "form")) == [(chief_executive.pk, "pdf")]
    assert "Who opened it" not in reader.get("/board/packs/1/1/").content.decode()
    shown = sign_in(sro).get("/board/packs/1/1/").content.decode()
    assert "Chief Executive</th>" in shown.split("Who opened it")[1]


def test_a_pack_says_what_it_is_and_that_it_was_corrected(sign_in, make_pack, sro):
    first, second = make_pack(), make_pack(version=2)
    client = sign_in(sro)
    page = client.get(first.get_absolute_url()).content.decode()
    for words in ("30 November 2022", "d" * 64, "Deputy Chief Executive", "A newer version has been issued"):
        assert words in page
    assert 'href="correct/"' not in page
    newest = client.get(second.get_absolute_url()).content.decode()
    assert 'href="correct/"' in newest
    assert "A newer version" not in newest
    assert newest.count("The date") == 2


def test_a_correction_needs_words_and_becomes_a_job(sign_in, make_pack, sro):
    make_pack()
    client = sign_in(sro)
    assert client.post("/board/packs/1/1/correct/", {"reason": " "}).status_code == 422
    assert client.post("/board/packs/1/1/correct/", {"reason": "<b>A date</b>"}).status_code == 302
    assert Job.objects.get().arguments | {"as_at": ""} == {
        "variant": "board", "as_at": "", "number": 1, "version": 2, "correction": "<b>A date</b>",
    }  # fmt: skip


def test_an_overtaken_correction_is_refused_with_a_sentence(sign_in, make_pack, sro):
    make_pack()
    make_pack(version=2)
    answer = sign_in(sro).post("/board/packs/1/1/correct/", {"reason": "A date"})
    assert answer.status_code == 422
    assert "correct the newest version, Pack 1, version 2" in answer.content.decode()


def test_a_comparison_is_a_job_of_who_asked(sign_in, make_pack, auditor, sro):
    make_pack()
    client = sign_in(auditor)
    assert client.get("/board/packs/1/1/compare/").status_code == 405
    answer = client.post("/board/packs/1/1/compare/")
    job = Job.objects.get(owner=auditor)
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert sign_in(sro).get(f"/jobs/{job.pk}/").status_code == 404


def test_the_list_filters_sorts_and_exports(sign_in, make_pack, sro):
    make_pack(1)
    make_pack(2, variant="open", as_at=datetime.date(2022, 9, 30))
    client = sign_in(sro)
    whole = client.get("/board/packs/").content.decode()
    assert whole.index("Pack 2") < whole.index("Pack 1")
    assert "Pack 1," not in client.get("/board/packs/?variant=open").content.decode()
    assert "Pack 2," not in client.get("/board/packs/?as_at_from=2022-10-01").content.decode()
    rows = list(load_workbook(io.BytesIO(client.get("/board/packs/?format=xlsx").getvalue())).active.values)
    assert any(row[0] == "Pack 1, version 1" and row[2] == "Board" for row in rows)


def test_the_number_of_queries_does_not_grow_with_packs_and_no_sealed_data_is_read(sign_in, make_pack, sro):
    client, counts = sign_in(sro), []
    for numbers in (range(1, 3), range(3, 13)):
        for number in numbers:
            make_pack(number)
        for address in ("/board/packs/", "/board/packs/1/1/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
            assert not any('"sealed"' in one["sql"] for one in queries)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 14
