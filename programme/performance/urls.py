from django.urls import path

from . import views

urlpatterns = [
    path("measures/", views.MeasureList.as_view(), name="measures"),
    path("measures/add/", views.AddMeasure.as_view(), name="measure-add"),
    path("measures/<str:ref>/change/", views.ChangeMeasure.as_view(), name="measure-change"),
    path("measures/<str:ref>/confirm/", views.ConfirmMeasure.as_view(), name="measure-confirm"),
    path("measures/<str:ref>/withdraw/", views.WithdrawMeasure.as_view(), name="measure-withdraw"),
]
