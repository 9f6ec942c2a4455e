"""The programme's bodies and the seats on them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from programme.foundation.views import ActionView, RecordListView, RecordView, Tab
from programme.people.models import Appointment

from .. import tables
from ..actions import bodies
from ..choices import SeatRole
from ..forms import programme as forms
from ..forms.project import ReasonForm
from ..models import Body, Decision, Programme, Seat

SEATED = Q(seats__withdrawn=False)


class BodyList(RecordListView):
    permission = "portfolio.view_portfolio"
    model = Body
    table_class = tables.BodyTable
    title = "Bodies"
    introduction = "Who decides, steers, delivers and challenges."
    empty = "No bodies yet. Add the Programme Board first."

    def get_queryset(self) -> Any:
        chairs = Seat.objects.live().filter(body=OuterRef("pk"), role=SeatRole.CHAIR).values("post")[:1]
        rows = super().get_queryset().select_related("workstream")
        return rows.annotate(seat_count=Count("seats", filter=SEATED), chair=Subquery(chairs))

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("portfolio.change_programme")
        return [("Add a body", "/bodies/add/")] if may else []


class BodyPage(RecordView):
    permission = "portfolio.view_portfolio"
    model = Body
    lookup = "slug"
    template_name = "portfolio/body.html"
    tabs = (
        Tab("summary", "Summary", "portfolio/body_summary.html"),
        Tab("decisions", "Decisions", "portfolio/body_decisions.html"),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("workstream", "scope__parent__parent")

    def actions(self, body: Body) -> list[tuple[str, str]]:
        if not self.request.user.has_perm("portfolio.change_programme", body):
            return []
        address = body.get_absolute_url()
        return [("Change", f"{address}change/"), ("Add a seat", f"{address}seats/add/")]

    def tab_summary(self, body: Body) -> dict[str, Any]:
        user = self.request.user
        rows = Seat.objects.visible_to(user).filter(body=self.record)
        seats = (
            rows.live()
            if self.as_at is None
            else [one for one in rows.as_at(self.as_at) if not one.withdrawn]
        )
        held = Appointment.objects.visible_to(user).in_force(self.as_at).filter(scope=self.record.scope)
        return {
            "seats": sorted(seats, key=lambda seat: seat.position),
            "may_change": self.as_at is None and user.has_perm("portfolio.change_programme", self.record),
            "may_see_people": user.has_perm("people.view_people"),
            "appointments": held.select_related("person__profile").order_by("role", "pk"),
        }

    def tab_decisions(self, body: Body) -> dict[str, Any]:
        rows = Decision.objects.visible_to(self.request.user).live().filter(body=self.record)
        rows = rows.filter(date__lte=self.as_at) if self.as_at else rows
        return {"decisions": rows[:50], "all": f"/board/decisions/?body={body.slug}"}


class AddBody(ActionView):
    permission = "portfolio.change_programme"
    lookup = ""
    form_class = forms.NewBodyForm
    title = "Add a body"
    introduction = "A task group, a delivery group or another body. People are appointed to it afterwards."
    button = "Add the body"
    done = "{record} is added."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return "/bodies/"

    def act(self, record: None, data: dict[str, Any]) -> Body:
        programme = Programme.objects.visible_to(self.request.user).select_related("scope").get()
        return bodies.add(programme=programme, by=self.request.user, **data)


class OfBody(ActionView):
    permission = "portfolio.change_programme"
    model = Body
    lookup = "slug"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent")


class ChangeBody(OfBody):
    form_class = forms.BodyForm
    title = "Change the body"
    done = "{record} is changed."

    def act(self, body: Body, data: dict[str, Any]) -> Body:
        return bodies.change(body, by=self.request.user, **data)


class AddSeat(OfBody):
    form_class = forms.SeatForm
    title = "Add a seat"
    button = "Add the seat"
    done = "{record.post} has a seat."

    def initial(self, body: Body) -> dict[str, Any]:
        return {}

    def act(self, body: Body, data: dict[str, Any]) -> Seat:
        return bodies.seat(body, by=self.request.user, **data)

    def get_success_url(self, outcome: Seat) -> str:
        return self.record.get_absolute_url()


class OfSeat(ActionView):
    """An action on one seat of the body in the address."""

    permission = "portfolio.change_programme"
    model = Seat
    lookup = "pk"

    def get_queryset(self) -> Any:
        rows = super().get_queryset().live().filter(body__slug=self.kwargs["slug"])
        return rows.select_related("body__scope__parent__parent")

    @cached_property
    def body(self) -> Body:
        return self.record.body

    def get_permission_object(self) -> Any:
        return self.body

    def get_cancel_url(self) -> str:
        return self.body.get_absolute_url()

    def get_success_url(self, outcome: Seat) -> str:
        return self.body.get_absolute_url()


class ChangeSeat(OfSeat):
    form_class = forms.SeatForm
    title = "Change the seat"
    done = "The seat of {record.post} is changed."

    def act(self, seat: Seat, data: dict[str, Any]) -> Seat:
        return bodies.change_seat(seat, by=self.request.user, **data)


class EndSeat(OfSeat):
    form_class = ReasonForm
    title = "Take the seat away"
    introduction = "The seat stays in history. Appointments of people are ended on their own pages."
    button = "Take the seat away"
    done = "{record.post} no longer has a seat."

    def act(self, seat: Seat, data: dict[str, Any]) -> Seat:
        return bodies.end_seat(seat, by=self.request.user, **data)
