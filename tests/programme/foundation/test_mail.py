"""Mail goes out once a key, to one honest address, with nothing smuggled into its head."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from programme.foundation.mail import last_sent, message_id, send_once
from programme.foundation.models import OutgoingMail

pytestmark = pytest.mark.django_db

TO = "programme.manager@example.org"
HEADERS = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding"} | {
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
}


class RefusingServer(BaseEmailBackend):
    """Stands for a mail server that refuses the sender."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("closed")


def test_mail_of_one_key_is_sent_once():
    assert send_once("ACT-1 overdue", TO, "An action is overdue", "It was due yesterday.") is True
    assert send_once("ACT-1 overdue", TO, "An action is overdue", "It was due yesterday.") is False
    [message] = outbox.outbox
    assert (message.to, message.subject, message.body) == (
        [TO],
        "An action is overdue",
        "It was due yesterday.",
    )
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempts) == ("sent", 1)
    assert row.sent is not None


def test_another_key_is_another_mail():
    assert send_once("a", TO, "Subject", "Text")
    assert send_once("b", TO, "Subject", "Text")
    assert len(outbox.outbox) == 2


def test_a_refusal_by_the_mail_server_is_noted_raised_and_may_be_tried_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_once("key", TO, "Subject", "Text")
    assert OutgoingMail.objects.get().state == "failed"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_once("key", TO, "Subject", "Text") is True
    assert OutgoingMail.objects.get().attempts == 2


def claimed(ago: timedelta) -> None:
    OutgoingMail.objects.create(key="key", to=TO, subject="Subject", claimed=timezone.now() - ago)


def test_mail_that_another_task_is_sending_is_left_to_it():
    claimed(timedelta(minutes=9))
    assert send_once("key", TO, "Subject", "Text") is False
    assert not outbox.outbox


def test_mail_whose_sender_died_is_sent_after_ten_minutes_under_the_same_message_id():
    claimed(timedelta(minutes=11))
    assert send_once("key", TO, "Subject", "Text") is True
    assert outbox.outbox[0].message()["Message-ID"] == message_id("key")


def test_the_message_id_does_not_tell_the_key():
    assert "overdue" not in message_id("ACT-1 overdue")
    assert message_id("a") != message_id("b")


@pytest.mark.parametrize(
    ("key", "to", "subject"),
    [
        ("", TO, "Subject"),
        ("key", TO, "  "),
        ("key", TO, "Subject\nBcc: everyone@example.org"),
        ("key", TO, "Subject\rBcc: everyone@example.org"),
        ("key", TO, "Subject\x00"),
        ("key", TO, "Subject\u2028Bcc: everyone@example.org"),
        ("key", TO, "x" * 201),
        ("k" * 201, TO, "Subject"),
        ("key\n", TO, "Subject"),
        ("key", "", "Subject"),
        ("key", "nobody", "Subject"),
        ("key", f"{TO}\nBcc: everyone@example.org", "Subject"),
        ("key", f"{TO}, everyone@example.org", "Subject"),
    ],
)
def test_odd_keys_addresses_and_subjects_are_refused_and_nothing_is_sent(key, to, subject):
    with pytest.raises(ValidationError):
        send_once(key, to, subject, "Text")
    assert not outbox.outbox
    assert not OutgoingMail.objects.exists()


@given(subject=some.text(min_size=1, max_size=250))
def test_whatever_the_subject_the_head_of_the_mail_keeps_its_lines(subject):
    outbox.outbox.clear()
    OutgoingMail.objects.all().delete()
    try:
        send_once("key", TO, subject, "Text")
    except ValidationError:
        assert not outbox.outbox
        return
    message = outbox.outbox[0]
    assert set(message.message().keys()) == HEADERS
    assert message.recipients() == [TO]


def test_mail_is_refused_inside_a_transaction_since_it_cannot_be_rolled_back(real_transactions):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_once("key", TO, "Subject", "Text")
    assert not outbox.outbox


def test_the_last_key_that_went_out_is_found_by_its_beginning(settings):
    for day in ("2022-12-31", "2023-01-02", "2022-11-30"):
        send_once(f"due 7 {day}", TO, "Subject", "Text")
    send_once("due 71 2023-02-01", TO, "Subject", "Text")
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_once("due 7 2023-03-01", TO, "Subject", "Text")
    assert last_sent("due 7 ") == "due 7 2023-01-02"
    assert last_sent("due 8 ") is None
