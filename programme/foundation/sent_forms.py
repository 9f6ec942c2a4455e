"""A form that is sent twice is taken once: a double click without script, a page loaded again.

A page of a form carries a word of its own. What is sent is known by that word, its sender, its address and
everything typed; the first time it is written down in the transaction of the action itself, with where the
action led. The second time leads there too, and does nothing. The same word with something else typed is
another form: who goes back in the browser and changes a name has not sent the same twice.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

FIELD = "once"
KEPT = timedelta(days=2)
LONGEST = 2000
NOT_TYPED = {"csrfmiddlewaretoken"}


class SentForm(models.Model):
    """One form that was taken. Not governed: the action it began has a history of its own."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what was sent, and by whom.")
    address = models.CharField(max_length=LONGEST, help_text="Where the action led.")
    taken = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.address


def new_word() -> str:
    """For one page of a form; nobody guesses it."""
    return secrets.token_urlsafe(16)


def once(request: HttpRequest, act: Callable[[], str]) -> tuple[str, bool]:
    """Does ``act``, which gives the address it leads to, unless this very form was taken before.

    Gives the address, and whether it was taken now. Two processes that are sent the same at once wait for
    each other at the unique key. Whatever ``act`` raises leaves nothing behind, so the form can be sent
    again. A form without a word is taken each time.
    """
    if not request.POST.get(FIELD):
        return act(), True
    with transaction.atomic():
        form, taken = SentForm.objects.get_or_create(key=_key(request))
        if not taken:
            return form.address, False
        address = act()
        # What was asked of a list may be longer than there is room for: then the plain list has to do.
        form.address = address if len(address) <= LONGEST else address.partition("?")[0][:LONGEST]
        form.save(update_fields=["address"])
    return address, True


def led_to(request: HttpRequest) -> str:
    """Where this very form led when it was taken before; empty where it was not."""
    if not request.POST.get(FIELD):
        return ""
    return SentForm.objects.filter(key=_key(request)).values_list("address", flat=True).first() or ""


def _key(request: HttpRequest) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_TYPED)
    files = sorted((name, [_digest(file) for file in request.FILES.getlist(name)]) for name in request.FILES)
    sent = [request.user.pk, request.get_full_path(), typed, files]
    return hashlib.sha256(json.dumps(sent).encode()).hexdigest()


def _digest(file: object) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():  # type: ignore[attr-defined]
        digest.update(piece)
    file.seek(0)  # type: ignore[attr-defined]
    return digest.hexdigest()


def forget_old() -> int:
    """Removes what was taken more than two days ago; how many. Safe to run at any time and twice."""
    return SentForm.objects.filter(taken__lt=timezone.now() - KEPT).delete()[0]
