"""A real worker makes real packs; killed in the middle it leaves none, and the next one takes the job up."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.utils import timezone

from portal.business_case.loading import FACTS, load
from portal.business_case.parsing import parse
from portal.models import Pack, PackOpening, Rendition
from portal.packs import asking, storage
from programme.foundation.models import Job, WorkerSighting
from programme.people.models import Appointment, Profile, Scope, User
from tests.cast import BEGINNING, written
from tests.portal import workers

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker, tmp_path_factory):
    """In this file, the test database is a copy that the worker opens too; gives its address."""
    with django_db_blocker.unblock(), workers.shared_database(tmp_path_factory.mktemp("shared")) as address:
        yield address


@pytest.fixture(scope="module")
def issuers(db):
    """Two people who may issue packs, on the business case."""
    installer = User.objects.installer()
    load(parse(FACTS), by=installer)
    place = Scope.objects.get(key="transforming-east-herts")
    people = []
    for number in (1, 2):
        person = User.objects.create_user(f"issuer-{number}")
        written(Profile(user=person, post=f"Programme Manager {number}"))
        role = {"role": "programme_manager", "scope": place, "starts": BEGINNING, "appointed_by": installer}
        written(Appointment(person=person, **role))
        people.append(person)
    return people


@pytest.fixture(scope="module")
def worker(db, tmp_path_factory):
    workers.empty_queue()
    with workers.Worker(db, tmp_path_factory.mktemp("worker") / "log") as standing:
        workers.wait_until(WorkerSighting.objects.exists, standing, seconds=60)
        yield standing


def ended(*asked: Job):
    return lambda: not Job.objects.open().filter(pk__in=[job.pk for job in asked]).exists()


def test_two_people_at_once_get_two_packs_and_another_process_draws_the_same_bytes(db, issuers, worker):
    jobs = [asking.new_pack(by=person, variant="board") for person in issuers]
    workers.wait_until(ended(*jobs), worker, seconds=90)
    packs = {Pack.objects.get(job=job).number: job.owner_id for job in jobs}
    assert set(packs) == {1, 2}
    assert set(packs.values()) == {person.pk for person in issuers}
    command = [sys.executable, "manage.py", "render_pack", "1", "1", "--check"]
    environment = {"DATABASE_URL": db, "DATA_DIR": str(settings.DATA_DIR), "PATH": "", "PYTHONHASHSEED": "7"}
    drawn = subprocess.run(command, cwd=workers.REPOSITORY, env=environment, capture_output=True, text=True)
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stdout.count("the same") == 4
    assert not PackOpening.objects.exists()


def test_a_worker_killed_in_the_middle_leaves_no_half_pack_and_the_retry_makes_one(db, issuers, worker):
    before = Pack.objects.count()
    job = asking.new_pack(by=issuers[0], variant="board")
    drawing = Job.objects.filter(pk=job.pk, now_doing__in=["Drawing the PDF", "Writing the workbook"])
    workers.wait_until(drawing.exists, worker, seconds=60)
    worker.kill()
    assert Pack.objects.count() == before
    assert Rendition.objects.count() == 3 * before
    job.refresh_from_db()
    time.sleep(max(0, (job.lease_until - timezone.now()).total_seconds()))
    worker.start()
    workers.wait_until(ended(job), worker, seconds=90)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("done", 2, "")
    assert Pack.objects.filter(job=job).count() == 1
    assert Pack.objects.count() == before + 1
    for one in Rendition.objects.all():
        assert len(storage.read(one.digest, one.form)) == one.size
