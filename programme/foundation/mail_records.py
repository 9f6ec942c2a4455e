"""Mail that has gone out: who to, about what, when. Its words are not kept: they may be exempt matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


class MailState(models.TextChoices):
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, user: AbstractUser | AnonymousUser) -> Self:
        """Nobody: who was told what is on no page."""
        return self.none()


class OutgoingMail(models.Model):
    """One message, known by a key that the sender chooses; a second sending under the key does nothing."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.SENDING)
    attempts = models.PositiveIntegerField(default=1)
    claimed = models.DateTimeField(default=timezone.now, help_text="When the last attempt began.")
    sent = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-claimed", "-pk"]
        verbose_name = "outgoing mail"
        verbose_name_plural = "outgoing mail"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(key=""), name="mail_has_key"),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent__isnull=True)),
                name="mail_sent_says_when",
                violation_error_message="Mail that was sent says when, and other mail does not.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
