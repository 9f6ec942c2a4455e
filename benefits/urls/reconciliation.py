"""Reconciliations and their movements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
