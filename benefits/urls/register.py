"""The register of benefits, and each benefit with its lines."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
