from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.foundation import calendar
from programme.foundation.history import Tracked, TrackedQuerySet

from ..choices import Role
from ..grants import SECOND_PERSON
from .scope import Scope

if TYPE_CHECKING:
    from .person import User


class AppointmentQuerySet(TrackedQuerySet):
    def in_force(self, day: datetime.date | None = None) -> AppointmentQuerySet:
        """Those that hold on ``day`` (today): begun, not ended, confirmed where that is needed."""
        day = day or calendar.today()
        waiting = Q(role__in=list(SECOND_PERSON), confirmed_by=None)
        return self.live().filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).exclude(waiting)

    def waiting_for_confirmation(self) -> AppointmentQuerySet:
        return self.live().filter(role__in=list(SECOND_PERSON), confirmed_by=None, ends=None)

    def held_by(self, person: User) -> AppointmentQuerySet:
        return self.in_force().filter(person=person).select_related("scope").order_by("pk")

    def visible_to(self, user: User) -> AppointmentQuerySet:
        return self if user.has_perm("people.view_people") else self.filter(person=user)


class Appointment(Tracked):
    """A person holds a role on a scope from one date to another; the last day counts.

    Some roles take effect only once a second person has confirmed them (``grants.SECOND_PERSON``).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="appointments", on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role)
    scope = models.ForeignKey(Scope, related_name="appointments", on_delete=models.PROTECT)
    starts = models.DateField()
    ends = models.DateField("last day", null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    confirmed_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="people_appointment_ends_after_it_starts",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="people_appointment_confirmed_by_and_on",
                violation_error_message="A confirmation has a person and a date.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("appointed_by")),
                name="people_appointment_confirmed_by_a_second_person",
                violation_error_message="Whoever appoints cannot also confirm.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")),
                name="people_appointment_not_confirmed_by_oneself",
                violation_error_message="Nobody confirms their own appointment.",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(ends=None, withdrawn=False),
                name="people_appointment_held_once",
                violation_error_message="This person holds this role here already.",
            ),
        ]
        indexes = [models.Index(fields=["person", "starts"])]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.scope}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has yet to confirm it."""
        return self.role in SECOND_PERSON and self.confirmed_by_id is None and self.ends is None
