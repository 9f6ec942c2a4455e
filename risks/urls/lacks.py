"""What the register lacks."""

from django.urls import path

from ..views.lacks import LacksPage

urlpatterns = [path("risks/gaps/", LacksPage.as_view(), name="risk-gaps")]
