from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from programme.foundation import calendar
from programme.foundation.tables import day_in_words
from programme.foundation.views import ActionView, RecordListView, RecordView, Tab

from . import actions, forms
from .filters import PeopleFilters
from .models import Appointment, Profile, User
from .page import Standings, history_of
from .tables import PeopleTable


class PeopleList(RecordListView):
    """Posts with their roles, and above them what waits for the viewer's confirmation."""

    permission = "people.view_people"
    model = Profile
    table_class = PeopleTable
    filters_class = PeopleFilters
    title = "People"
    introduction = "Who holds which role, by post. A role may be held on the programme or on one place in it."
    empty = "Nobody is here yet. Add a person first."
    template_name = "people/list.html"

    def get_queryset(self) -> Any:
        viewer = self.request.user
        held = Appointment.objects.visible_to(viewer).in_force().select_related("scope").order_by("pk")
        rows = Profile.objects.visible_to(viewer).people().select_related("user")
        return rows.prefetch_related(Prefetch("user__appointments", queryset=held, to_attr="held_today"))

    def actions(self) -> Iterable[tuple[str, str]]:
        if self.request.user.has_perm("people.change_people"):
            yield "Add a person", "/people/add/"
        yield "Who may do what", "/people/grants/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = [
            {
                "label": f"Confirm {one.person} as {one}",
                "url": f"/people/appointments/{one.pk}/confirm/",
                "meta": "Has no effect before",
            }
            for one in Appointment.objects.waiting_for(self.request.user)
        ]
        return super().get_context_data(**kwargs) | {"waiting": waiting}


class PersonPage(RecordView):
    """One person: appointments now and past, what these roles may do, and the history of all of it."""

    permission = "people.view_people"
    model = Profile
    lookup = "user_id"
    template_name = "people/person.html"
    tabs = (Tab("appointments", "Appointments", "people/person_appointments.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("user__profile")

    def actions(self, record: Profile) -> Iterable[tuple[str, str]]:
        user, page = self.request.user, record.get_absolute_url()
        if user.pk == record.user_id or not user.has_perm("people.change_people"):
            return
        if record.withdrawn:
            yield "Bring back", f"{page}return/"
        elif record.user.is_active:
            yield "Appoint", f"{page}appoint/"
            yield "Change the post", f"{page}post/"
            yield "Has left", f"{page}leave/"

    def tab_appointments(self, record: Profile) -> dict[str, Any]:
        return {"standings": Standings.of(record, viewer=self.request.user, as_at=self.as_at)}

    def tab_history(self, record: Profile) -> dict[str, Any]:
        return {"changes": history_of(self.record, viewer=self.request.user, until=self.as_at)}


class AddPerson(ActionView):
    permission = "people.change_people"
    model = Profile
    lookup = ""
    form_class = forms.PersonForm
    title = "Add a person"
    introduction = "They can sign in at once, and see nothing until they are appointed."
    button = "Add the person"

    def act(self, record: None, data: dict[str, Any]) -> User:
        return actions.make_person(by=self.request.user, **data)

    def done_message(self, outcome: User) -> str:
        return f"{outcome} can sign in. Now appoint them: without a role they see nothing."


class PersonAction(ActionView):
    """One action on a person, by the programme manager."""

    permission = "people.change_people"
    model = Profile
    lookup = "user_id"
    form_class = forms.ReasonForm

    def get_queryset(self) -> Any:
        return super().get_queryset().people().select_related("user__profile")


class Appoint(PersonAction):
    form_class = forms.AppointForm
    title = "Appoint"
    button = "Appoint them"

    def initial(self, record: Profile) -> dict[str, Any]:
        return {"starts": calendar.today()}

    def act(self, record: Profile, data: dict[str, Any]) -> Appointment:
        return actions.appoint(record.user, by=self.request.user, **data)

    def done_message(self, outcome: Appointment) -> str:
        if outcome.is_waiting:
            return f"{outcome}: this waits for a second person, and has no effect before they confirm."
        return f"Appointed: {outcome}."


class ChangePost(PersonAction):
    form_class = forms.PostForm
    title = "Change the post"
    button = "Change the post"
    done = "The post is now {record}."

    def act(self, record: Profile, data: dict[str, Any]) -> User:
        return actions.change_post(record.user, by=self.request.user, **data)


class Leave(PersonAction):
    title = "Has left"
    introduction = "They can no longer sign in, and every appointment ends today. History keeps all of it."
    button = "Has left"
    done = "{record} can no longer sign in."

    def act(self, record: Profile, data: dict[str, Any]) -> User:
        return actions.deactivate(record.user, by=self.request.user, **data)


class Return(PersonAction):
    title = "Bring back"
    introduction = "They can sign in again with the password they had, and hold nothing until appointed."
    button = "Bring back"
    done = "{record} can sign in again."

    def act(self, record: Profile, data: dict[str, Any]) -> User:
        return actions.reactivate(record.user, by=self.request.user, **data)


class AppointmentAction(ActionView):
    """One action on an appointment."""

    model = Appointment
    lookup = "pk"

    def get_queryset(self) -> Any:
        rows = super().get_queryset().live()
        return rows.select_related("scope__parent__parent", "person__profile", "appointed_by__profile")


class EndAppointment(AppointmentAction):
    permission = "people.change_people"
    form_class = forms.EndForm
    title = "End an appointment"
    button = "End the appointment"
    template_name = "people/appointment.html"

    def initial(self, record: Appointment) -> dict[str, Any]:
        return {"ends": max(calendar.today(), record.starts)}

    def act(self, record: Appointment, data: dict[str, Any]) -> Appointment:
        return actions.end_appointment(record, by=self.request.user, **data)

    def done_message(self, outcome: Appointment) -> str:
        if outcome.withdrawn:
            return f"{outcome} was never confirmed and is withdrawn."
        return f"{outcome} ends on {day_in_words(outcome.ends)}."


class ConfirmAppointment(AppointmentAction):
    """The second person confirms or declines; whoever may not is told why before typing anything."""

    permission = "people.confirm_finance_reviewer"
    form_class = forms.SecondPersonForm
    title = "Confirm an appointment"
    button = "Send the answer"
    introduction = "It has no effect until a second person, who did not make it, confirms it."
    template_name = "people/appointment.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.record.is_waiting:
            messages.info(request, f"{self.record} is confirmed already: nothing waits for an answer.")
            return redirect(self.get_cancel_url())
        if refusal := self.record.why_not_confirmed_by(request.user):
            raise PermissionDenied(refusal)
        return super().get(request, **kwargs)

    def act(self, record: Appointment, data: dict[str, Any]) -> Appointment:
        verb = {"confirm": actions.confirm, "decline": actions.decline}[data["answer"]]
        return verb(record, by=self.request.user, reason=data["reason"])

    def done_message(self, outcome: Appointment) -> str:
        return f"{outcome} is withdrawn." if outcome.withdrawn else f"{outcome} is confirmed."
