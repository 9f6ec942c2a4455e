"""Savings and investment as the business case states them."""

from django.urls import path

from ..views.business_case import BusinessCasePage

urlpatterns = [path("business-case/", BusinessCasePage.as_view(), name="business-case")]
