"""Investment and the transformation reserve."""

from django.urls import path

from ..views import reserve

urlpatterns = [
    path("reserve/", reserve.ReserveLedger.as_view(), name="reserve"),
    path("reserve/enter/", reserve.Enter.as_view(), name="enter-into-reserve"),
    path("reserve/<int:pk>/", reserve.EntryPage.as_view(), name="reserve-entry"),
    path("reserve/<int:pk>/take-back/", reserve.TakeBack.as_view()),
]
