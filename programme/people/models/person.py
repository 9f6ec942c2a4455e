from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.utils.functional import cached_property

from programme.foundation.history import Tracked, TrackedQuerySet

from ..standing import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

INSTALLATION = "installation"


class PersonManager(UserManager):
    def installer(self) -> User:
        """The account that writes when nobody is signed in: loads and first appointments.

        It is inactive and has no password, so nobody can sign in as it; made on first use.
        """
        with transaction.atomic():
            installer, is_new = self.get_or_create(
                username=INSTALLATION, defaults={"is_active": False, "password": "!"}
            )
            if is_new:
                Profile(user=installer, post="Installation").record(by=installer, reason="First use")
        return installer

    def visible_to(self, user: User) -> QuerySet[User]:
        """The people whom this person may know of: all, or only themselves."""
        return self.all() if user.has_perm("people.view_people") else self.filter(pk=user.pk)


class User(AbstractUser):
    """A person who signs in. Not governed: signing in writes this row, and it holds the password's hash.

    Nothing else copies the name or the e-mail address from here; history and packs hold the post and the
    number, so that a leaver can be forgotten without breaking a seal.
    """

    REQUIRED_FIELDS: list[str] = []

    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.post

    def get_absolute_url(self) -> str:
        return f"/people/{self.number}/"

    @property
    def number(self) -> str:
        """The opaque number that stands for this person in history and packs."""
        return f"P{self.pk:05}"

    @cached_property
    def post(self) -> str:
        """The post this person holds, or their number where none is recorded."""
        profile = Profile.objects.filter(user_id=self.pk).only("post").first()
        return profile.post if profile else self.number

    @cached_property
    def standing(self) -> Standing:
        """The appointments this person holds today; read once a request."""
        from .appointment import Appointment

        return Standing.of(Appointment.objects.held_by(self))


class ProfileQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> ProfileQuerySet:
        return self if user.has_perm("people.view_people") else self.filter(user=user)


class Profile(Tracked):
    """What the portal says of a person beside their appointments: the post, never the name."""

    user = models.OneToOneField(User, related_name="profile", on_delete=models.PROTECT)
    post = models.CharField(max_length=120)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["post"]

    def __str__(self) -> str:
        return self.post
