"""Outgoing mail, sent once: the sender chooses a key, and a task that runs twice sends nothing twice.

"Once" as far as SMTP allows: a process that dies between the mail server's acceptance and our note of it
leaves a message that may be sent again, after ten minutes, under the same Message-ID, by which most mail
systems recognise the second copy.
"""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from .mail_records import MailState, OutgoingMail

LONGEST_SUBJECT = 200
CLAIM_HOLDS = timedelta(minutes=10)


def send_once(key: str, to: str, subject: str, text: str) -> bool:
    """Send plain text to one address, unless mail of this ``key`` was sent or is being sent.

    ``key`` names the occasion and the person, for example ``"ACT-0042 overdue 2022-12-01 for 17"``. Returns
    True if the message went out now. Call it from a task, outside any transaction (it refuses one: a mail
    cannot be rolled back). Raises ValidationError for a key, an address or a subject that is empty, too long
    or carries line breaks or control characters, and whatever the mail server's refusal raises; after that
    the same key may be sent again.
    """
    _refuse_odd(key, to, subject)
    if not _claim(key, to, subject):
        return False
    mail = OutgoingMail.objects.filter(key=key, state=MailState.SENDING)
    message = EmailMessage(subject, text, to=[to], headers={"Message-ID": message_id(key)})
    try:
        message.send()
    except BaseException:
        mail.update(state=MailState.FAILED)
        raise
    mail.update(state=MailState.SENT, sent=timezone.now())
    return True


def last_sent(stem: str) -> str | None:
    """The last in the alphabet of the keys with this beginning under which mail went out.

    With a date at the end of the key that is the newest.
    """
    sent = OutgoingMail.objects.filter(key__startswith=stem, state=MailState.SENT)
    return sent.order_by("-key").values_list("key", flat=True).first()


def message_id(key: str) -> str:
    """The same for the same key, and telling nobody what the key says."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{DNS_NAME}>"


def _refuse_odd(key: str, to: str, subject: str) -> None:
    for name, value, longest in (("key", key, 200), ("subject", subject, LONGEST_SUBJECT)):
        if not value.strip():
            raise ValidationError(f"Mail needs a {name}.")
        if len(value) > longest:
            raise ValidationError(f"The {name} of a mail has at most {longest} characters.")
        if not value.isprintable():
            raise ValidationError(f"The {name} of a mail holds no line breaks or control characters.")
    validate_email(to)


def _claim(key: str, to: str, subject: str) -> bool:
    """Win the right to send: the first of its key, or one whose last attempt failed or was abandoned."""
    moment = timezone.now()
    with transaction.atomic(durable=True):
        free = Q(state=MailState.FAILED) | Q(state=MailState.SENDING, claimed__lt=moment - CLAIM_HOLDS)
        won = OutgoingMail.objects.filter(free, key=key).update(
            state=MailState.SENDING, claimed=moment, attempts=F("attempts") + 1, to=to, subject=subject
        )
        if won:
            return True
        try:
            with transaction.atomic():
                OutgoingMail.objects.create(key=key, to=to, subject=subject, claimed=moment)
        except IntegrityError:
            return False
    return True
