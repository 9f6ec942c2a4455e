"""The matrix of risks."""

from django.urls import path

from ..views.matrix import MatrixPage
from ..views.stood import StoodList

urlpatterns = [
    path("risks/matrix/", MatrixPage.as_view(), name="risk-matrix"),
    path("risks/matrix/risks/", StoodList.as_view(), name="risk-matrix-stood"),
]
