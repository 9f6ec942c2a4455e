"""The savings page, and savings against the budget gap."""

from django.urls import path

from ..views.savings import SavingsPage

urlpatterns = [path("", SavingsPage.as_view(), name="benefits")]
