"""What can be done with people and their appointments. Every function is one transaction.

Whoever may call them is asked by the pages (``people.change_people``); what holds for each case, by the
rules of ``appointing.py``. While a person's appointments move, their row is locked, so that two people
cannot make an auditor of somebody who is being made a project manager.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from programme.foundation import calendar

from . import appointing, news_writers
from .choices import Role
from .models import Appointment, Profile, User
from .models.person import INSTALLATION

if TYPE_CHECKING:
    from .models import Scope


@transaction.atomic
def make_person(
    *,
    username: str,
    post: str,
    password: str | None,
    by: User,
    reason: str,
    email: str = "",
    is_demo: bool = False,
    effective: datetime.datetime | None = None,
) -> User:
    """Makes somebody who can sign in and, until appointed, sees nothing.

    Raises ``ValidationError`` by field: a user name taken (in whatever case), a weak password, a post left
    out. Without a password they cannot sign in yet. ``is_demo`` marks people of a demonstration.
    """
    person = User(username=User.normalize_username(username), email=email, is_demo=is_demo)
    if User.objects.filter(username__iexact=person.username).exists():
        raise ValidationError({"username": "Somebody has this user name already."})
    if password is not None:
        _refuse_weak(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    Profile(user=person, post=post).record(by=by, reason=reason, effective=effective)
    return User.objects.get(pk=person.pk)


def _refuse_weak(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise ValidationError({"password": weak.messages}) from weak


def change_post(person: User, *, post: str, by: User, reason: str) -> User:
    """The same person, in another post; history keeps both. Raises what ``record`` raises."""
    profile = Profile.objects.get(user=person)
    profile.post = post
    profile.record(by=by, reason=reason)
    return User.objects.get(pk=person.pk)


@transaction.atomic
def appoint(
    person: User,
    *,
    role: str,
    scope: Scope,
    starts: datetime.date,
    by: User,
    reason: str,
    ends: datetime.date | None = None,
    speciality: str = "",
    effective: datetime.datetime | None = None,
) -> Appointment:
    """Gives ``person`` a role on ``scope`` from the first day to the last, both counted.

    A role of ``grants.SECOND_PERSON`` has no effect until :func:`confirm`. Raises ``ValidationError`` by
    field where a rule of ``appointing.refusals`` is broken, also for oneself and for a leaver.
    """
    person = _locked(person)
    if person == by:
        raise ValidationError("Nobody appoints themselves. Ask another programme manager.")
    if not person.is_active:
        raise ValidationError("This person has left and cannot be appointed.")
    wanted = appointing.Tenure(role, scope.pk, starts, ends)
    found = appointing.refusals(
        wanted, kind=scope.kind, speciality=speciality, held=_tenures(person), today=calendar.today()
    )
    if found:
        raise ValidationError(found)
    appointment = Appointment(
        person=person,
        role=role,
        scope=scope,
        speciality=speciality,
        starts=starts,
        ends=ends,
        appointed_by=by,
    )
    appointment.record(by=by, reason=reason, effective=effective)
    return _in_effect(appointment)


@transaction.atomic
def confirm(
    appointment: Appointment, *, by: User, reason: str, effective: datetime.datetime | None = None
) -> Appointment:
    """The second person agrees: from today the appointment has effect.

    Raises ``PermissionDenied`` with a sentence for whoever may not, ``ValidationError`` when it no longer
    waits.
    """
    _refuse_confirming(appointment, by)
    return _confirmed(appointment, by, reason, effective)


@transaction.atomic
def confirm_first_sro(
    appointment: Appointment, *, by: User, reason: str, effective: datetime.datetime | None = None
) -> Appointment:
    """A programme manager stands in as the second person while the programme has no SRO who could.

    For the commands that begin a portal, not for a page. Raises as :func:`confirm` does.
    """
    if Appointment.objects.in_force().filter(role=Role.SRO).exists():
        raise PermissionDenied("There is a Senior Responsible Officer, who confirms the next.")
    if appointment.role != Role.SRO or not by.standing.holds(Role.PROGRAMME_MANAGER):
        raise PermissionDenied("Only a programme manager stands in, and only for the first SRO.")
    return _confirmed(appointment, by, reason, effective)


@transaction.atomic
def decline(appointment: Appointment, *, by: User, reason: str) -> Appointment:
    """The second person does not agree: the appointment is withdrawn and never has effect."""
    _refuse_confirming(appointment, by)
    _refuse_settled(appointment)
    appointment.withdraw(by=by, reason=reason)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, ends: datetime.date, by: User, reason: str) -> Appointment:
    """Ends an appointment on ``ends``, its last day; history keeps it. One that waits is withdrawn instead.

    Raises ``ValidationError`` where ``appointing.why_not_end`` says so, and for the last programme manager.
    """
    _locked(appointment.person)
    if appointment.is_waiting:
        appointment.withdraw(by=by, reason=reason)
        return appointment
    is_over = appointment.withdrawn or (appointment.ends is not None and appointment.ends < calendar.today())
    refusal = appointing.why_not_end(ends, starts=appointment.starts, until=appointment.ends, is_over=is_over)
    if refusal:
        raise ValidationError({"ends": refusal})
    _refuse_leaving_nobody(Q(pk=appointment.pk), appointment.role)
    appointment.ends = ends
    appointment.record(by=by, reason=reason)
    return _in_effect(appointment)


@transaction.atomic
def deactivate(person: User, *, by: User, reason: str) -> User:
    """Somebody has left: they cannot sign in, and every appointment ends today or never begins.

    Raises ``ValidationError`` for oneself, the installation, a leaver and the last programme manager.
    """
    person = _locked(person)
    if person == by:
        raise ValidationError("Nobody deactivates themselves. Ask another programme manager.")
    if not person.is_active or person.username == INSTALLATION:
        raise ValidationError("This person cannot sign in as it is.")
    _refuse_leaving_nobody(Q(person=person), Role.PROGRAMME_MANAGER)
    today = calendar.today()
    for appointment in Appointment.objects.not_over().filter(person=person):
        if appointment.is_waiting or appointment.starts > today:
            appointment.withdraw(by=by, reason=reason)
        elif appointment.ends is None or appointment.ends > today:
            appointment.ends = today
            appointment.record(by=by, reason=reason)
    Profile.objects.get(user=person).withdraw(by=by, reason=reason)
    person.is_active = False
    person.save(update_fields=["is_active"])
    news_writers.keep_in_step()
    return User.objects.get(pk=person.pk)


@transaction.atomic
def reactivate(person: User, *, by: User, reason: str) -> User:
    """Somebody is back: they can sign in again and hold nothing until appointed anew."""
    person = _locked(person)
    if person == by or person.is_active or person.username == INSTALLATION:
        raise ValidationError("This person cannot be brought back.")
    profile = Profile.objects.get(user=person)
    profile.withdrawn = False
    profile.record(by=by, reason=reason)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return User.objects.get(pk=person.pk)


def _locked(person: User) -> User:
    """The person as they are, held until the end of the transaction (SQLite holds the whole database)."""
    return User.objects.select_related(None).select_for_update().get(pk=person.pk)


def _tenures(person: User) -> list[appointing.Tenure]:
    rows = Appointment.objects.live().filter(person=person)
    return [appointing.Tenure(one.role, one.scope_id, one.starts, one.ends) for one in rows]


def _in_effect(appointment: Appointment) -> Appointment:
    if appointment.role == Role.COMMUNICATIONS:
        news_writers.keep_in_step()
    return appointment


def _refuse_confirming(appointment: Appointment, by: User) -> None:
    if refusal := appointment.why_not_confirmed_by(by):
        raise PermissionDenied(refusal)


def _refuse_settled(appointment: Appointment) -> None:
    if not Appointment.objects.waiting_for_confirmation().filter(pk=appointment.pk).exists():
        raise ValidationError("This appointment no longer waits for anybody.")


def _confirmed(
    appointment: Appointment, by: User, reason: str, effective: datetime.datetime | None
) -> Appointment:
    person = _locked(appointment.person)
    _refuse_settled(appointment)
    if not person.is_active:
        raise ValidationError("This person has left and cannot be confirmed.")
    appointment.confirmed_by = by
    appointment.confirmed_on = effective.date() if effective else calendar.today()
    return appointment.record(by=by, reason=reason, effective=effective)


def _refuse_leaving_nobody(leaving: Q, role: str) -> None:
    """Somebody must be able to appoint: the last programme manager stays until another is appointed."""
    if role != Role.PROGRAMME_MANAGER:
        return
    managers = Appointment.objects.in_force().filter(role=Role.PROGRAMME_MANAGER)
    if managers.filter(leaving).exists() and not managers.filter(ends=None).exclude(leaving).exists():
        raise ValidationError("This is the last programme manager. Appoint another one first.")
