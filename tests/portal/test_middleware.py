"""Answers are for the person who asked, unless they say otherwise."""

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
