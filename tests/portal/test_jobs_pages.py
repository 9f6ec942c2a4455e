"""The pages of long tasks: mine and nobody else's, in words, with and without script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programme.foundation.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(staff):
    return staff


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def a_job(owner, **values):
    ended = values.get("state") in ("done", "failed", "cancelled")
    values = {"task": "none", "title": "Board pack", "rung": timezone.now()} | values
    return Job.objects.create(owner=owner, finished=timezone.now() if ended else None, **values)


def running(owner, **values):
    return a_job(owner, state="running", attempts=1, lease_until=timezone.now(), **values)


def page(client, job, **headers):
    answer = client.get(f"/jobs/{job.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_running_task_says_in_words_and_with_a_bar_how_far_it_is(signed_in, owner):
    html = page(signed_in, running(owner, now_doing="Drawing the plan", done_steps=3, total_steps=10))
    assert "Drawing the plan: step 3 of 10." in html
    assert 'value="30" max="100"' in html


def test_without_script_the_page_renews_itself_until_the_task_ends(signed_in, owner):
    assert '<noscript><meta http-equiv="refresh"' in page(signed_in, running(owner))
    assert "<noscript><meta" not in page(signed_in, a_job(owner, state="done"))


def test_htmx_gets_only_what_moves_and_nothing_while_nothing_has_moved(signed_in, owner):
    job = running(owner, now_doing="Drawing the plan")
    part = page(signed_in, job, hx_request="true")
    assert "<html" not in part
    again = part.split('hx-get="')[1].split('"')[0]
    assert signed_in.get(again, headers={"hx-request": "true"}).status_code == 204
    Job.objects.filter(pk=job.pk).update(now_doing="Writing the workbook")
    assert "Writing the workbook" in signed_in.get(again, headers={"hx-request": "true"}).content.decode()


def test_a_finished_task_leads_to_its_result_and_asks_no_more(signed_in, owner):
    html = page(signed_in, a_job(owner, state="done", result={"url": "/board/packs/1/", "label": "The pack"}))
    assert 'href="/board/packs/1/"' in html
    assert "The pack" in html
    assert "hx-get" not in html.split('id="job-progress"')[1].split(">")[0]


def test_a_failed_task_says_why_and_what_to_do(signed_in, owner):
    html = page(signed_in, a_job(owner, state="failed", error="The disk is full."))
    assert "The disk is full." in html
    assert "start it again" in html


def test_a_task_that_no_worker_was_told_of_says_that_it_is_kept(signed_in, owner):
    assert "Your task is kept and starts by itself" in page(signed_in, a_job(owner, rung=None))


def test_a_task_taken_up_again_says_so(signed_in, owner):
    assert "attempt 2 of 3" in page(signed_in, a_job(owner, attempts=1))


def test_words_of_a_task_are_never_html(signed_in, owner):
    html = page(signed_in, running(owner, title="<b>Pack</b>", now_doing="<script>alert(1)</script>"))
    assert "<b>Pack" not in html
    assert "<script>alert" not in html


def test_nobody_sees_or_stops_the_task_of_another(client, owner, hr):
    job = running(owner, title="Board pack 7")
    client.force_login(hr)
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    assert client.post(f"/jobs/{job.pk}/stop/").status_code == 404
    assert "Board pack 7" not in client.get("/jobs/").content.decode()
    job.refresh_from_db()
    assert job.state == "running"


def test_who_is_not_signed_in_is_asked_to(client, owner):
    for address in ("/jobs/", f"/jobs/{running(owner).pk}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_who_holds_no_role_has_no_tasks(person, sign_in):
    assert sign_in(person("nobody")).get("/jobs/").status_code == 403


def test_the_owner_stops_a_task_by_a_post_and_not_by_a_get(signed_in, owner):
    job = running(owner)
    assert signed_in.get(f"/jobs/{job.pk}/stop/").status_code == 405
    assert signed_in.post(f"/jobs/{job.pk}/stop/").status_code == 302
    assert "You stopped this task" in page(signed_in, job)


def test_the_list_is_the_newest_first_and_its_pages_are_in_the_address(signed_in, owner):
    for number in range(30):
        a_job(owner, title=f"Pack {number:02}")
    html = signed_in.get("/jobs/").content.decode()
    assert html.index("Pack 29") < html.index("Pack 10")
    assert "Pack 04" not in html
    assert "Pack 04" in signed_in.get("/jobs/?page=2").content.decode()
    assert signed_in.get("/jobs/?page=none").status_code == 200


def test_an_empty_list_says_what_appears_here(signed_in):
    assert "You have not started a long task yet" in signed_in.get("/jobs/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_tasks(signed_in, owner):
    job = running(owner)
    signed_in.get("/jobs/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            signed_in.get("/jobs/")
        counts.append(len(queries))
        for number in range(20):
            a_job(owner, title=f"Pack {number}")
    assert counts[0] == counts[1] <= 12
    with CaptureQueriesContext(connection) as queries:
        page(signed_in, job, hx_request="true")
    assert len(queries) <= 6


def test_a_list_written_when_its_owner_might_see_more_is_not_offered(signed_in, owner, auditor):
    file = {"url": "/jobs/7/file/", "label": "projects.csv"}
    kind = {"task": "programme.foundation.tasks.export_list", "state": "done"}
    mine = page(signed_in, a_job(owner, **kind, result=file | {"reach": owner.reach}))
    more = page(signed_in, a_job(owner, **kind, result=file | {"reach": auditor.reach}))
    assert file["url"] in mine
    assert file["url"] not in more
    assert "no longer handed out" in more
