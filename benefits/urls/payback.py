"""Payback and its scenarios."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
