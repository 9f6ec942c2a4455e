"""The register edited offline."""

from django.urls import path

from ..views import mappings, offline

UPLOAD = "risks/workbook/<int:pk>/"

urlpatterns = [
    path("risks/workbook/", offline.SendRegister.as_view(), name="register-send"),
    path("risks/workbook/mappings/", mappings.KeptMappings.as_view(), name="register-mappings"),
    path(
        "risks/workbook/mappings/<int:pk>/withdraw/",
        mappings.WithdrawMapping.as_view(),
        name="register-mapping-withdraw",
    ),
    path(UPLOAD, offline.Preview.as_view(), name="register-preview"),
    path(f"{UPLOAD}columns/", offline.Columns.as_view(), name="register-columns"),
    path(f"{UPLOAD}compare/", offline.CompareAgain.as_view(), name="register-compare"),
]
