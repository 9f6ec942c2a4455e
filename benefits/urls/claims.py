"""Claims, budgets, closing years and double counting."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
