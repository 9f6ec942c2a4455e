"""Many risks at once."""

from django.urls import path

from ..views.several import ChangeSeveral

urlpatterns = [path("risks/several/", ChangeSeveral.as_view(), name="risks-several")]
