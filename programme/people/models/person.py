from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.utils.functional import cached_property

from programme.foundation.history import Tracked, TrackedQuerySet

from ..kept_back import keeps_back_more, kept_back
from ..reach import reach, reaches
from ..standing import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

INSTALLATION = "installation"


class PersonManager(UserManager):
    """People with their posts: whoever is read is named somewhere, and a post must not cost a query each."""

    def get_queryset(self) -> QuerySet[User]:
        return super().get_queryset().select_related("profile")

    def installer(self) -> User:
        """The account that writes when nobody is signed in: loads and first appointments.

        It is inactive and has no password, so nobody can sign in as it; made on first use.
        """
        return self.filter(username=INSTALLATION).first() or self._make_installer()

    @transaction.atomic
    def _make_installer(self) -> User:
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

    is_demo = models.BooleanField("made for a demonstration", default=False, editable=False)

    REQUIRED_FIELDS: list[str] = []

    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["username"]
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_superuser=False, is_staff=False),
                name="people_user_has_no_rights_of_their_own",
                violation_error_message="Rights come from appointments alone.",
            )
        ]

    def __str__(self) -> str:
        return self.post

    def get_absolute_url(self) -> str:
        return f"/people/{self.number}/"

    def get_full_name(self) -> str:
        """The post: Wagtail calls people by this name in its lists of who wrote what."""
        return self.post

    @property
    def number(self) -> str:
        """The opaque number that stands for this person in history and packs."""
        return f"P{self.pk:05}"

    @property
    def post(self) -> str:
        """The post this person holds, or their number where none is recorded."""
        try:
            return self.profile.post
        except Profile.DoesNotExist:
            return self.number

    @cached_property
    def standing(self) -> Standing:
        """The appointments this person holds today; read once a request."""
        from .appointment import Appointment

        return Standing.of(Appointment.objects.held_by(self))

    @property
    def vantage(self) -> tuple[bool, Standing]:
        """Decides, with who they are, what this person may read today: what is kept for them goes by it."""
        return self.is_active, self.standing

    @property
    def reach(self) -> dict[str, Any]:
        """How much this person may read today, to keep beside a file written for them: asked before it is
        written, since what they lose meanwhile may be in it."""
        return reach(self.standing) | {"kept_back": kept_back(self)}

    def still_reaches(self, then: dict[str, Any] | None) -> bool:
        """Whether they may read today all that they might ``then``; not where that is not known."""
        if then is None or "kept_back" not in then or not reaches(self.standing, then):
            return False
        return not keeps_back_more(self, then["kept_back"])


class ProfileQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> ProfileQuerySet:
        """Of everybody, or only one's own."""
        return self if user.has_perm("people.view_people") else self.filter(user=user.pk)

    def people(self) -> ProfileQuerySet:
        """Those of people, leavers included; the installation is none."""
        return self.exclude(user__username=INSTALLATION)


class Profile(Tracked):
    """What the portal says of a person beside their appointments: the post, never the name.

    It is the governed record of a person: made with them, withdrawn when they leave.
    """

    user = models.OneToOneField(User, related_name="profile", on_delete=models.PROTECT)
    post = models.CharField(max_length=120)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["post"]
        verbose_name = "person"
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["post"])]

    def __str__(self) -> str:
        return self.post

    def get_absolute_url(self) -> str:
        return self.user.get_absolute_url()

    @property
    def number(self) -> str:
        return self.user.number

    @property
    def state(self) -> str:
        """Says so of a leaver; nothing of everybody else."""
        return "Has left" if self.withdrawn else ""
