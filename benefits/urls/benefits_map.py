"""The map of benefits."""

from django.urls import path

from ..views import benefits_map

urlpatterns = [path("map/", benefits_map.BenefitsMapPage.as_view(), name="benefits-map")]
