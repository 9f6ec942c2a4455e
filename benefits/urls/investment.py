"""Investment and the transformation reserve."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
