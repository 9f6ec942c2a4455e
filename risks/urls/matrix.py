"""The matrix of risks."""

from django.urls import path

from ..views.matrix import MatrixPage

urlpatterns = [path("risks/matrix/", MatrixPage.as_view(), name="risk-matrix")]
