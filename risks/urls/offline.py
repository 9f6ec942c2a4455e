"""The register edited offline."""

from django.urls import path

from ..views import offline

UPLOAD = "risks/workbook/<int:pk>/"

urlpatterns = [
    path("risks/workbook/", offline.SendRegister.as_view(), name="register-send"),
    path(UPLOAD, offline.Preview.as_view(), name="register-preview"),
    path(f"{UPLOAD}columns/", offline.Columns.as_view(), name="register-columns"),
    path(f"{UPLOAD}compare/", offline.CompareAgain.as_view(), name="register-compare"),
]
