"""The savings page, and savings against the budget gap."""

from django.urls import path

from ..views.business_case import BusinessCasePage

urlpatterns = [path("", BusinessCasePage.as_view(), name="benefits")]
