"""What became of the risks since a day."""

from django.urls import path

from ..views.movement import MovementPage

urlpatterns = [path("risks/movement/", MovementPage.as_view(), name="risk-movement")]
