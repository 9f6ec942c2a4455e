"""Issuing: whatever happens in between, there is one whole pack or none, and nothing issued changes."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from portal.models import Pack, Rendition
from portal.packs import asking, contents, issuing, rendering, storage, tasks
from portal.packs.sealing import open_sealed
from programme.foundation import jobs
from programme.foundation.drawing import NotDrawn
from programme.foundation.models import Job
from programme.people.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def packs_root(settings, tmp_path):
    settings.PACKS_ROOT = tmp_path / "packs"


@pytest.fixture
def office(sro, digital):
    """The SRO, in a small programme with one workstream."""
    return sro


def files():
    return sorted(
        str(file.relative_to(settings.PACKS_ROOT)) for file in Path(settings.PACKS_ROOT).glob("*/*")
    )


def test_a_pack_has_its_number_seal_and_three_kept_forms(office, issue):
    pack = issue(office)
    assert (pack.number, pack.version, pack.variant, pack.issued_by, pack.template) == (
        1,
        1,
        "board",
        office,
        "v2",
    )
    document = open_sealed(pack.sealed.encode(), pack.digest)
    assert (document.number, document.version, document.as_at) == ("Pack 1", 1, pack.as_at.isoformat())
    assert document.issued.startswith(f"By the Deputy Chief Executive ({office.number}) on ")
    assert "sro" not in pack.sealed
    kept = {one.form: storage.read(one.digest, one.form) for one in pack.renditions.all()}
    assert kept.keys() == {"html", "pdf", "xlsx"}
    assert all(data == rendering.FORMS[form].draw(pack.sealed.encode()) for form, data in kept.items())


def test_the_job_leads_to_the_pack_and_says_what_it_does(office, finish):
    job = finish(asking.new_pack(by=office, variant="board"))
    assert job.result["url"] == "/board/packs/1/1/"
    assert job.now_doing == "Keeping the pack"
    assert (job.done_steps, job.total_steps) == (5, 6)


def test_a_double_click_is_one_job_and_two_people_are_two_packs(office, programme_manager, finish):
    first, again = (asking.new_pack(by=office, variant="board") for _ in range(2))
    other = asking.new_pack(by=programme_manager, variant="board")
    assert first == again != other
    assert [finish(job).pack.number for job in (first, other)] == [1, 2]


class Overtaken(jobs.Progress):
    """While this job draws its first pack, somebody else's work is done."""

    def __init__(self, job, meanwhile):
        super().__init__(job)
        self.meanwhile = meanwhile

    def say(self, words, **steps):
        super().say(words, **steps)
        if words == "Keeping the pack" and self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()


def taken(job):
    """The job as its worker has it."""
    lease = datetime.datetime.now(datetime.UTC) + jobs.lease()
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1, lease_until=lease)
    job.refresh_from_db()
    return job


def test_a_number_taken_meanwhile_is_not_used_twice_and_leaves_no_gap(office, programme_manager, issue):
    job = taken(asking.new_pack(by=office, variant="board"))
    issuing.issue(job, Overtaken(job, lambda: issue(programme_manager)))
    assert list(Pack.objects.order_by("number").values_list("number", "issued_by")) == [
        (1, programme_manager.pk),
        (2, office.pk),
    ]
    assert '"number":"Pack 2"' in job.pack.sealed


def test_a_worker_that_was_overtaken_keeps_nothing_and_the_retry_makes_one_pack(office, finish):
    """As when a worker hangs, another takes its job up, and the first one wakes."""
    job = taken(asking.new_pack(by=office, variant="board"))

    def taken_up():
        Job.objects.filter(pk=job.pk).update(state="queued", lease_until=None)
        finish(job_again := Job.objects.get(pk=job.pk))
        assert job_again.attempts == 2

    with pytest.raises(jobs.LeaseLost):
        issuing.issue(Job.objects.get(pk=job.pk), Overtaken(Job.objects.get(pk=job.pk), taken_up))
    assert Pack.objects.count() == 1
    assert Rendition.objects.count() == 3


def test_who_lost_the_role_before_the_work_began_gets_a_sentence_and_no_pack(office, finish):
    job = asking.new_pack(by=office, variant="board")
    held = Appointment.objects.get(person=office)
    held.ends = datetime.date(2022, 7, 4)
    held.record(by=held.appointed_by, reason="Has moved on")
    assert (finish(job).state, job.error) == ("failed", issuing.NO_LONGER)
    assert not Pack.objects.exists()


def test_only_those_who_issue_packs_may_ask(chief_executive, auditor, lead_digital, staff):
    for person in (chief_executive, auditor, lead_digital, staff):
        with pytest.raises(PermissionDenied):
            asking.new_pack(by=person, variant="open")
    assert not Job.objects.exists()


def test_a_future_day_is_refused_and_a_day_before_the_programme_fails_with_a_sentence(office, finish):
    with pytest.raises(ValidationError, match="future"):
        asking.new_pack(by=office, variant="board", as_at=datetime.date(2099, 1, 1))
    job = finish(asking.new_pack(by=office, variant="board", as_at=datetime.date(2022, 7, 3)))
    assert (job.state, job.error) == ("failed", "The programme was not there yet on 3 July 2022.")


def test_a_full_disk_fails_with_a_sentence_and_leaves_nothing(office, finish, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    job = finish(asking.new_pack(by=office, variant="board"))
    assert (job.state, job.error) == ("failed", jobs.DISK_FULL)
    assert not Pack.objects.exists()
    assert files() == []


def test_a_folder_that_cannot_be_used_fails_at_once_with_a_sentence(office, finish, settings, tmp_path):
    settings.PACKS_ROOT = tmp_path / "a file"
    settings.PACKS_ROOT.write_text("")
    job = finish(asking.new_pack(by=office, variant="board"))
    assert (job.state, job.attempts) == ("failed", 1)
    assert "The folder in which packs are kept cannot be used" in job.error
    assert not Pack.objects.exists()


def test_a_chart_that_cannot_be_drawn_fails_with_a_sentence_and_no_pack_is_made(office, finish, monkeypatch):
    def never(snapshot):
        raise NotDrawn("The drawing took too long.")
        yield

    monkeypatch.setattr(contents, "sections", never)
    job = finish(asking.new_pack(by=office, variant="board"))
    assert (job.state, job.attempts) == ("failed", 1)
    assert "never issued without its pictures" in job.error
    assert job.error.endswith("The drawing took too long.")
    assert not Pack.objects.exists()


def test_a_correction_is_a_new_version_and_the_first_stays_as_it_is(office, issue, finish):
    first = issue(office)
    before = (first.sealed, files())
    job = finish(asking.correction(first, by=office, reason="The date of the savings was wrong."))
    second = job.pack
    assert (second.number, second.version, second.correction) == (1, 2, "The date of the savings was wrong.")
    assert "The date of the savings was wrong." in second.sealed
    first.refresh_from_db()
    assert first.sealed == before[0]
    assert set(before[1]) < set(files())
    with pytest.raises(ValidationError, match="correct the newest version"):
        asking.correction(first, by=office, reason="Again")


def test_two_corrections_at_once_become_one_and_the_other_is_told(office, programme_manager, issue, finish):
    first = issue(office)
    one = asking.correction(first, by=office, reason="One")
    other = asking.correction(first, by=programme_manager, reason="Other")
    assert finish(one).pack.version == 2
    assert (finish(other).state, other.error) == ("failed", issuing.OVERTAKEN)


def test_what_was_issued_cannot_be_changed_or_deleted(office, issue):
    pack = issue(office)
    for change in (
        lambda: Pack.objects.update(digest="0" * 64),
        lambda: Rendition.objects.update(size=0),
        lambda: Rendition.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Pack.objects.get().digest == pack.digest


def test_drawing_again_gives_the_same_bytes_and_puts_a_lost_file_back(office, issue, finish):
    pack = issue(office)
    assert finish(asking.comparison(pack, by=office)).result["label"].endswith("same, byte for byte")
    lost = storage.place(pack.renditions.get(form="pdf").file_name)
    lost.unlink()
    again = finish(asking.comparison(pack, by=office))
    assert again.result["label"].endswith("a lost file was put back")
    assert lost.exists()


def test_a_pack_drawn_differently_is_said_to_be(office, issue, finish):
    pack = issue(office)
    other = Pack(
        number=9, variant="board", as_at=pack.as_at, title="x", sealed=pack.sealed, digest=pack.digest
    )
    other.issued_by = office
    other.save()
    Rendition.objects.create(pack=other, form="html", digest="0" * 64, size=1)
    job = finish(asking.comparison(other, by=office))
    assert job.state == "failed"
    assert job.error.startswith("Pack 9, version 1 is drawn differently now. Web page: different.")
    with pytest.raises(CommandError, match="drawn differently"):
        call_command("render_pack", 9, 1, "--check")


def test_strays_go_after_an_hour_and_what_packs_name_stays(office, issue):
    pack = issue(office)
    stray, fresh = (
        storage.place(storage.name_of(storage.keep(words, "pdf"), "pdf")) for words in (b"1", b"2")
    )
    old = stray.stat().st_mtime - 2 * storage.STRAY_AFTER
    for name in files():
        if storage.place(name) != fresh:
            os.utime(storage.place(name), (old, old))
    assert storage.remove_strays({one.file_name for one in pack.renditions.all()}) == 1
    assert not stray.exists()
    assert fresh.exists()
    assert all(storage.place(one.file_name).exists() for one in pack.renditions.all())


def test_strays_stay_while_an_attempt_may_still_name_them(office, finish):
    stray = storage.place(storage.name_of(storage.keep(b"1", "pdf"), "pdf"))
    old = stray.stat().st_mtime - 2 * storage.STRAY_AFTER
    os.utime(stray, (old, old))
    job = asking.new_pack(by=office, variant="open")
    tasks.remove_stray_files()
    assert stray.exists()
    finish(job)
    tasks.remove_stray_files()
    assert not stray.exists()


def test_a_kept_file_that_was_altered_is_never_read(tmp_path):
    digest = storage.keep(b"as issued", "html")
    assert storage.read(digest, "html") == b"as issued"
    storage.place(storage.name_of(digest, "html")).write_bytes(b"as altered")
    with pytest.raises(storage.NotKept, match="altered"):
        storage.read(digest, "html")
