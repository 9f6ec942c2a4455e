"""Signing in and out: what lets people in, and how little it tells those it keeps out."""

import datetime
from ipaddress import ip_network

import pytest
from django.utils import timezone

from programme.foundation.tallies import Tally
from programme.people import sign_in as sign_in_rules
from programme.people.models import User

GOOD, WRONG = "a long password", "wrong"


def attempt(client, username="staff", password=WRONG, at="192.0.2.1", by="", **more):
    """One attempt from the address ``at``, which a proxy may have received ``by`` another."""
    forwarded = {"headers": {"X-Forwarded-For": by}} if by else {}
    form = {"username": username, "password": password, **more}
    return client.post("/sign-in/", form, REMOTE_ADDR=at, **forwarded)


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


def test_a_stranger_who_tries_a_name_keeps_nobody_out_but_themselves(client, staff):
    for _ in range(sign_in_rules.FAILURES + 1):
        attempt(client, at="203.0.113.9")
    assert "Wait 15 minutes" in words(attempt(client, password=GOOD, at="203.0.113.9"))
    assert attempt(client, password=GOOD, at="192.0.2.1").status_code == 302


def test_a_name_tried_from_everywhere_is_answered_slowly_and_never_refused(client, staff, monkeypatch):
    monkeypatch.setattr(sign_in_rules, "FAILURES_ANYWHERE", 3)
    waited = []
    monkeypatch.setattr(sign_in_rules.time, "sleep", waited.append)
    for number in range(3):
        attempt(client, at=f"203.0.113.{number}")
    assert waited == []
    assert attempt(client, password=GOOD).status_code == 302
    assert waited == [sign_in_rules.SLOWLY]


def test_whoever_signs_in_is_no_failure_of_the_name(client, staff):
    for _ in range(3):
        assert attempt(client, password=GOOD).status_code == 302
    assert [tally.number for tally in Tally.objects.all()] == [0]


def test_who_has_one_address_of_a_network_of_the_new_kind_has_all_of_it(client, staff):
    for number in range(sign_in_rules.FAILURES):
        attempt(client, at=f"2001:db8::{number:x}")
    assert "Wait 15 minutes" in words(attempt(client, password=GOOD, at="2001:db8::ffff"))
    assert attempt(client, password=GOOD, at="2001:db8:1::1").status_code == 302


def test_nobody_gives_themselves_another_address(client, staff):
    for number in range(sign_in_rules.FAILURES):
        attempt(client, by=f"198.51.100.{number}")
    assert "Wait 15 minutes" in words(attempt(client, password=GOOD, by="198.51.100.200"))


def test_behind_our_own_proxy_the_address_it_saw_counts_and_nothing_written_before_it(
    client, staff, settings
):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    for number in range(sign_in_rules.FAILURES):
        attempt(client, at="10.0.0.2", by=f"198.51.100.{number}, 203.0.113.9")
    stranger = attempt(client, password=GOOD, at="10.0.0.2", by="192.0.2.7, 203.0.113.9")
    assert "Wait 15 minutes" in words(stranger)
    assert attempt(client, password=GOOD, at="10.0.0.2", by="203.0.113.10").status_code == 302


@pytest.mark.parametrize("odd", ["", "unknown", "1.2.3.4.5", ",,,", "x" * 5_000])
def test_odd_words_of_a_proxy_are_no_error(client, staff, settings, odd):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    assert attempt(client, password=GOOD, at="10.0.0.2", by=odd).status_code == 302
    assert attempt(client, password=GOOD, at="", by=odd).status_code == 302


def test_after_a_quarter_of_an_hour_the_count_begins_anew(client, staff):
    for _ in range(sign_in_rules.FAILURES):
        attempt(client)
    passed = datetime.timedelta(seconds=sign_in_rules.WITHIN + 1)
    for tally in Tally.objects.all():
        Tally.objects.filter(pk=tally.pk).update(until=tally.until - passed)
    assert attempt(client, password=GOOD).status_code == 302


def test_signing_in_forgets_earlier_failures(client, staff):
    for _ in range(2):
        for _ in range(sign_in_rules.FAILURES - 1):
            attempt(client)
        assert attempt(client, password=GOOD).status_code == 302


def test_no_name_that_was_tried_is_written_down(client, db):
    attempt(client, "a password typed too early")
    assert not any("password" in str(row) for row in Tally.objects.values())
    assert Tally.objects.filter(until__gt=timezone.now()).count() == 2


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
