"""Signing in and out: what lets people in, and how little it tells those it keeps out."""

import pytest
from django.core.cache import cache

from programme.people import sign_in as sign_in_rules
from programme.people.models import User

GOOD, WRONG = "a long password", "wrong"


@pytest.fixture(autouse=True)
def cold_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def attempt(client, username="staff", password=WRONG, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def test_who_knows_the_password_is_led_home_or_where_they_wanted(client, staff):
    assert attempt(client, password=GOOD)["Location"] == "/"
    assert attempt(client, password=GOOD, next="/people/")["Location"] == "/people/"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", r"/\elsewhere.example"]
)
def test_signing_in_never_leads_to_another_site(client, staff, away):
    assert attempt(client, password=GOOD, next=away)["Location"] == "/"


def test_everything_wrong_gets_one_and_the_same_sentence(client, staff, installation):
    User.objects.filter(pk=staff.pk).update(is_active=True)
    leaver = User.objects.create_user("leaver", password=GOOD, is_active=False)
    wrong = [("staff", "wrong"), ("nobody", GOOD), (leaver.username, GOOD), ("installation", "!")]
    for username, password in wrong:
        html = words(attempt(client, username, password))
        assert sign_in_rules.WRONG in html
        assert "sessionid" not in client.cookies
    assert 'value="wrong"' not in html


def test_odd_input_is_refused_and_never_an_error(client, staff):
    for username, password in (
        ("x" * 10_000, "x"),
        ("staff", "x" * 100_000),
        ("a\x00b", "x"),
        ("", ""),
        ("'--", "=1+1"),
    ):
        assert attempt(client, username, password).status_code == 200
        assert "sessionid" not in client.cookies


def test_ten_failures_ask_for_patience_even_with_the_right_password(client, staff):
    for _ in range(sign_in_rules.FAILURES):
        assert sign_in_rules.WRONG in words(attempt(client))
    html = words(attempt(client, password=GOOD))
    assert "Wait 15 minutes" in html
    assert "sessionid" not in client.cookies


def test_patience_is_asked_by_name_however_it_is_written_and_of_names_unknown(client, staff, db):
    for _ in range(sign_in_rules.FAILURES):
        attempt(client, "Nobody")
    assert "Wait 15 minutes" in words(attempt(client, " nobody"))
    assert attempt(client, password=GOOD).status_code == 302, "others are not kept out"


def test_after_a_quarter_of_an_hour_the_count_begins_anew(client, staff, monkeypatch):
    for _ in range(sign_in_rules.FAILURES):
        attempt(client)
    now = sign_in_rules.time.time()
    monkeypatch.setattr(sign_in_rules.time, "time", lambda: now + sign_in_rules.WITHIN + 1)
    assert sign_in_rules.failures("staff") == 0
    assert attempt(client, password=GOOD).status_code == 302


def test_signing_in_forgets_earlier_failures(client, staff):
    for _ in range(sign_in_rules.FAILURES - 1):
        attempt(client)
    assert attempt(client, password=GOOD).status_code == 302
    assert sign_in_rules.failures("staff") == 0


def test_signing_out_is_a_post(client, staff):
    client.force_login(staff)
    assert client.get("/sign-out/").status_code == 405
    assert "sessionid" in client.cookies
    answer = client.post("/sign-out/")
    assert answer["Location"] == "/sign-in/"
    assert client.get("/people/")["Location"].startswith("/sign-in/")


def test_a_leaver_is_out_at_their_next_page(client, programme_manager):
    client.force_login(programme_manager)
    assert client.get("/people/").status_code == 200
    User.objects.filter(pk=programme_manager.pk).update(is_active=False)
    assert client.get("/people/").status_code == 302


def test_the_sign_in_form_is_guarded_against_other_sites(staff):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"username": "staff", "password": GOOD}).status_code == 403


def test_everybody_sets_their_own_password(staff, sign_in):
    page = sign_in(staff)
    assert "incorrectly" in words(change(page, old="not this one"))
    assert "do" in words(change(page, again="another long one"))
    assert change(page)["Location"] == "/"
    assert User.objects.get(pk=staff.pk).check_password("a new long password")


def change(page, old=GOOD, again="a new long password"):
    form = {"old_password": old, "new_password1": "a new long password", "new_password2": again}
    return page.post("/password/", form)
