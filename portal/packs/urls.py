"""Addresses of packs, below ``/board/packs/``."""

from django.urls import path

from portal.models.pack import Form

from . import views

ONE = "<int:number>/<int:version>/"

urlpatterns = [
    path("", views.PackList.as_view(), name="packs"),
    path("issue/", views.IssuePack.as_view(), name="pack-issue"),
    path(ONE, views.PackPage.as_view(), name="pack"),
    path(f"{ONE}correct/", views.CorrectPack.as_view(), name="pack-correct"),
    path(f"{ONE}compare/", views.ComparePack.as_view(), name="pack-compare"),
    *(
        path(f"{ONE}pack.{form}", views.PackFile.as_view(), {"form": form}, name=f"pack-{form}")
        for form in Form.values
    ),
]
