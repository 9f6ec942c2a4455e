from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models

from programme.foundation.history import Tracked, TrackedQuerySet

if TYPE_CHECKING:
    from programme.people.models import User


class SiteSettingsQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> SiteSettingsQuerySet:
        """The council's name and colour are on the sign-in page."""
        return self

    def current(self) -> SiteSettings:
        """The one row, or the defaults while nobody has set anything."""
        return self.first() or SiteSettings()


class SiteSettings(Tracked):
    """What makes the portal a council's own: its name and its colour."""

    council_name = models.CharField(max_length=80, default="East Herts Council")
    portal_name = models.CharField(max_length=80, default="Programme portal")
    brand_colour = models.CharField(
        max_length=7,
        default="#1d4d4f",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Write the colour like #1d4d4f.")],
    )

    objects = SiteSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "site settings"

    def __str__(self) -> str:
        return self.council_name
