"""Reminders by e-mail of what is due in the register: one message a person a day at most."""

from __future__ import annotations

import datetime
import logging
import smtplib
from collections import Counter
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError

from programme.foundation import calendar, mail
from programme.people.models import User

from .reading import reminders
from .reading.reminders import Waiting
from .rules.reminding import is_told
from .words import reminders as words

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    SENT = "sent"
    NOTHING_NEW = "nothing new"
    NO_ADDRESS = "without an e-mail address"
    REFUSED = "refused by the mail server"


def send() -> Counter[Outcome]:
    """Tells everybody what waits for them by today, and how many people that was.

    A thing is told on the day on which it falls due (an acceptance 14 days before it runs out) and then every
    seventh day while it waits; see ``rules/reminding.py``. Nobody is told of what they may not see, and only
    the reference of what is exempt. Running it again on the same day sends nothing again; whom the mail
    server refused is tried again then. Not inside a transaction.
    """
    today = calendar.today()
    waiting = reminders.waiting(today)
    people = User.objects.filter(pk__in=waiting, is_active=True).order_by("pk")
    done = Counter(_tell(person, waiting[person.pk], today) for person in people)
    if done[Outcome.NO_ADDRESS] or done[Outcome.REFUSED]:
        log.warning("Reminders of risks: %s", ", ".join(f"{done[one]} {one}" for one in Outcome))
    return done


def _tell(person: User, waiting: list[Waiting], today: datetime.date) -> Outcome:
    stem = f"risks due {person.number} "
    last = mail.last_sent(stem)
    told_on = datetime.date.fromisoformat(last.removeprefix(stem)) if last else None
    new = [one for one in waiting if is_told(one.since, today, told_on=told_on)]
    things = reminders.seen_of(person, new) if new else []
    if not things:
        return Outcome.NOTHING_NEW
    if not person.email:
        return Outcome.NO_ADDRESS
    said = words.text(things, today=today, site=settings.SITE_URL)
    try:
        sent = mail.send_once(f"{stem}{today}", person.email, words.subject(things), said)
    except (smtplib.SMTPException, OSError, ValidationError):
        log.exception("A reminder of risks could not be sent to %s", person.number)
        return Outcome.REFUSED
    return Outcome.SENT if sent else Outcome.NOTHING_NEW
