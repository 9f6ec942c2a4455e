"""The top risks."""

from django.urls import path

from ..views.top import TopPage

urlpatterns = [path("risks/top/", TopPage.as_view(), name="risks-top")]
