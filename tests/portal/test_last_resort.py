"""A full disk and a silent database get a page that says so; every other failure keeps its own."""

import errno
import logging
from contextlib import contextmanager

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory

from portal import last_resort

SAID = "The portal cannot work just now"


@pytest.fixture(autouse=True)
def quiet():
    """Django logs what went wrong, which is right and not what these tests read."""
    log = logging.getLogger("django.request")
    log.disabled = True
    yield
    log.disabled = False


@pytest.fixture
def browser(db):
    return Client(raise_request_exception=False)


@contextmanager
def full_disk(*, tables=""):
    """Nothing can be written any more, or nothing into the tables of this name; reading still works."""

    def refuse(execute, sql, parameters, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and tables in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refuse):
        yield


def sign_in(browser):
    return browser.post("/sign-in/", {"username": "staff", "password": "a long password"})


@pytest.mark.parametrize("tables", ["", "django_session", "tally"])
def test_signing_in_on_a_full_disk_says_what_happened(tables, browser, staff):
    with full_disk(tables=tables):
        answer = sign_in(browser)

    assert answer.status_code == 503
    for said in (SAID, "What was saved before is kept", "you are not signed in", "Try again"):
        assert said in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"]
    assert answer["Retry-After"] == "120"
    assert "sessionid" not in answer.cookies
    assert sign_in(browser).status_code == 302  # once there is room again


def test_signing_out_on_a_full_disk_says_so_too(browser, staff):
    sign_in(browser)
    with full_disk(tables="django_session"):
        answer = browser.post("/sign-out/")
    assert (answer.status_code, SAID in answer.text) == (503, True)


def test_a_session_that_cannot_be_written_is_not_called_a_bad_request(db):
    request, lost = RequestFactory().get("/"), SessionInterrupted("Deleted meanwhile")
    assert last_resort.bad_request(request, lost).status_code == 400
    lost.__context__ = OperationalError("attempt to write a readonly database")
    assert last_resort.bad_request(request, lost).status_code == 503


def answer_to(error):
    try:
        raise error
    except type(error):
        return last_resort.server_error(RequestFactory().get("/"))


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("could not connect to server"),
        InterfaceError("connection already closed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
    ],
)
def test_database_and_disk_get_the_page_about_them(error):
    assert answer_to(error).status_code == 503


@pytest.mark.parametrize("error", [ValueError("x"), FileNotFoundError(errno.ENOENT, "Gone"), KeyError("x")])
def test_what_is_wrong_in_the_portal_itself_does_not(error):
    answer = answer_to(error)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
