"""Counting something within a time, right also when several processes count at once: failed sign-ins.

A tally ends by itself: the first count after its time begins anew. What is counted is known by a digest,
so that the table tells nobody which names were tried. Times are the machine's, not the portal's clock.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

ATTEMPTS = 3


class Tally(models.Model):
    """How often, and until when it counts. Not governed: it is gone within the day."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what is counted.")
    number = models.PositiveIntegerField(default=1)
    until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(key=""), name="tally_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number} until {self.until:%H:%M}"


@transaction.atomic
def add(key: str, *, seconds: int) -> int:
    """Counts one more, and gives the number with it; the first one sets the end, ``seconds`` from now."""
    row = Tally.objects.filter(key=_digest(key))
    for _ in range(ATTEMPTS):  # somebody else may make or remove the row between two statements
        now = timezone.now()
        anew = now + timedelta(seconds=seconds)
        if row.filter(until__gt=now).update(number=F("number") + 1) or row.filter(until__lte=now).update(
            number=1, until=anew
        ):
            break
        try:
            with transaction.atomic():
                Tally.objects.create(key=_digest(key), until=anew)
        except IntegrityError:
            continue
        break
    return row.values_list("number", flat=True).first() or 1


def take_back(key: str) -> None:
    """One less, where what was counted turned out to be none."""
    Tally.objects.filter(key=_digest(key), number__gt=0).update(number=F("number") - 1)


def forget(key: str) -> None:
    """Begin anew."""
    Tally.objects.filter(key=_digest(key)).delete()


def forget_old() -> int:
    """Removes tallies that have ended; how many. Safe to run at any time and twice."""
    return Tally.objects.filter(until__lt=timezone.now()).delete()[0]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
