"""Answers are for the person who asked, unless they say otherwise."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware import PrivateAnswers


def through(answer):
    return PrivateAnswers(lambda request: answer)(RequestFactory().get("/"))


def test_an_answer_is_kept_nowhere():
    assert through(HttpResponse("words"))["Cache-Control"] == "private, no-store"


def test_files_too():
    assert (
        through(HttpResponse(b"%PDF", content_type="application/pdf"))["Cache-Control"] == "private, no-store"
    )


def test_an_answer_that_says_how_it_may_be_kept_keeps_its_word():
    said = HttpResponse("words", headers={"Cache-Control": "public, max-age=60"})
    assert through(said)["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/projects/DIG-01%00/", 404),
        ("/media/%00", 404),
        ("/projects/?workstream=%00", 200),
        ("/projects/?q=%00", 200),
        ("/projects/?sort=%00", 200),
        ("/plan/list/?workstream=%00&project=%00", 200),
        ("/plan/rebaseline/?project=%00", 200),
        ("/plan/add/?project=%00&kind=%00", 200),
        ("/board/decisions/?body=%00", 200),
        ("/people/?place=%00", 200),
        ("/projects/DIG-01/?tab=%00", 200),
    ],
)
def test_a_nul_in_an_address_is_never_looked_for(address, status, programme_manager, crm, sign_in):
    assert sign_in(programme_manager).get(address).status_code == status


def test_a_nul_among_answers_is_refused(programme_manager, crm, sign_in):
    answer = sign_in(programme_manager).post("/plan/add/", {"project": "DIG-01\0", "kind": "activity\0"})
    assert answer.status_code == 422
    assert "Choose one of those offered." in answer.content.decode()
