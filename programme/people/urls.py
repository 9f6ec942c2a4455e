"""The people's addresses: a person is named by their opaque number."""

from django.urls import path, register_converter

from . import matrix, views


class NumberConverter:
    """``P00007`` in an address, the person's key in the view."""

    regex = r"P[0-9]{5,12}"

    def to_python(self, value: str) -> int:
        return int(value[1:])

    def to_url(self, value: int) -> str:
        return f"P{value:05}"


register_converter(NumberConverter, "person")

app_name = "people"
urlpatterns = [
    path("people/", views.PeopleList.as_view(), name="list"),
    path("people/add/", views.AddPerson.as_view(), name="add"),
    path("people/grants/", matrix.Grants.as_view(), name="grants"),
    path("people/<person:user_id>/", views.PersonPage.as_view(), name="person"),
    path("people/<person:user_id>/appoint/", views.Appoint.as_view(), name="appoint"),
    path("people/<person:user_id>/post/", views.ChangePost.as_view(), name="post"),
    path("people/<person:user_id>/leave/", views.Leave.as_view(), name="leave"),
    path("people/<person:user_id>/return/", views.Return.as_view(), name="return"),
    path("people/appointments/<int:pk>/end/", views.EndAppointment.as_view(), name="end"),
    path("people/appointments/<int:pk>/confirm/", views.ConfirmAppointment.as_view(), name="confirm"),
]
