from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.foundation import calendar
from programme.foundation.history import Tracked, TrackedQuerySet
from programme.foundation.prepared import DAY, NUMBER, Prepared

from ..appointing import confirmable_roles, why_not_confirm
from ..choices import Role, Speciality
from ..grants import SECOND_PERSON
from ..standing import Held
from .scope import Scope

if TYPE_CHECKING:
    from .person import User

WAITING = Q(role__in=sorted(SECOND_PERSON), confirmed_by=None)


class AppointmentQuerySet(TrackedQuerySet):
    def in_force(self, day: datetime.date | None = None) -> AppointmentQuerySet:
        """Those that hold on ``day`` (today): begun, not ended, by then confirmed where that is needed."""
        day = day or calendar.today()
        unconfirmed = WAITING | Q(role__in=sorted(SECOND_PERSON), confirmed_on__gt=day)
        return self.live().filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).exclude(unconfirmed)

    def not_over(self, day: datetime.date | None = None) -> AppointmentQuerySet:
        """Those that hold on ``day`` (today) or may hold later: begun or not, confirmed or not."""
        return self.live().filter(Q(ends=None) | Q(ends__gte=day or calendar.today()))

    def waiting_for_confirmation(self) -> AppointmentQuerySet:
        """Those without effect until a second person confirms them."""
        return self.not_over().filter(WAITING)

    def waiting_for(self, user: User) -> AppointmentQuerySet:
        """Those that ``user`` may confirm or decline: what waits for them on home. The oldest first."""
        rows = self.waiting_for_confirmation().exclude(person=user).exclude(appointed_by=user)
        standing = user.standing
        roles = confirmable_roles(standing.permissions, standing.specialities)
        return rows.filter(role__in=sorted(roles)).select_related("person__profile", "scope").order_by("pk")

    def held_by(self, person: User) -> list[Held]:
        """What ``person`` holds today, no more of each than a standing needs: every page asks for it."""
        return [Held(*row) for row in _held_by({NUMBER: person.pk, DAY: calendar.today()})]

    def visible_to(self, user: User) -> AppointmentQuerySet:
        """Of everybody on the places one may know of, or only one's own."""
        if not user.has_perm("people.view_people"):
            return self.filter(person=user)
        if user.standing.reads_all_exempt:
            return self
        places = Scope.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(person=user) | Q(scope__in=places))


class Appointment(Tracked):
    """A person holds a role on a scope from one date to another; the last day counts.

    Some roles take effect only once a second person has confirmed them (``grants.SECOND_PERSON``).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="appointments", on_delete=models.PROTECT
    )
    role = models.CharField(max_length=20, choices=Role)
    speciality = models.CharField("advises on", max_length=20, choices=Speciality, blank=True)
    scope = models.ForeignKey(
        Scope, verbose_name="place", related_name="appointments", on_delete=models.PROTECT
    )
    starts = models.DateField("first day")
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
                condition=~Q(appointed_by=F("person")),
                name="people_appointment_not_by_oneself",
                violation_error_message="Nobody appoints themselves.",
            ),
            models.CheckConstraint(
                condition=(Q(role=Role.SPECIALIST_ADVISER) & ~Q(speciality=""))
                | (~Q(role=Role.SPECIALIST_ADVISER) & Q(speciality="")),
                name="people_appointment_adviser_says_on_what",
                violation_error_message="A specialist adviser advises on something; nobody else does.",
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
        return f"{self.role_words}, {self.scope}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    @property
    def role_words(self) -> str:
        """The role, and for an adviser what they advise on: "Specialist adviser (Finance)"."""
        advises = f" ({self.get_speciality_display()})" if self.speciality else ""
        return f"{self.get_role_display()}{advises}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has yet to confirm it, so that it has no effect."""
        return self.role in SECOND_PERSON and self.confirmed_by_id is None and not self.withdrawn

    def why_not_confirmed_by(self, user: User) -> str:
        """Why ``user`` is not the second person for this, in a sentence; empty when they are."""
        standing = user.standing
        allowed = {name for name in standing.permissions if user.has_perm(name, self.scope)}
        return why_not_confirm(
            self.role,
            is_oneself=self.person_id == user.pk,
            appointed_it=self.appointed_by_id == user.pk,
            confirmable=confirmable_roles(allowed, standing.specialities),
        )

    def state_on(self, day: datetime.date) -> str:
        """How it stands on ``day``, in a word: not confirmed, declined, ended, not begun, in force."""
        if self.withdrawn:
            return "Withdrawn"
        if self.ends is not None and self.ends < day:
            return "Ended"
        if self.is_waiting:
            return "Waits for a second person"
        return "In force" if self.starts <= day else "Not begun"


HELD = "role", "speciality", "scope", "scope__kind", "scope__parent", "scope__parent__kind"
_held_by = Prepared(
    lambda: Appointment.objects.in_force(DAY).filter(person=NUMBER).order_by("pk").values_list(*HELD)
)
