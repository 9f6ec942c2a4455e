"""Every address under ``/benefits/``, one list a noun."""

from . import (
    benefits_map,
    business_case,
    claims,
    investment,
    payback,
    reconciliation,
    register,
    savings,
    settings,
)

urlpatterns = [
    *savings.urlpatterns,
    *business_case.urlpatterns,
    *claims.urlpatterns,
    *investment.urlpatterns,
    *benefits_map.urlpatterns,
    *payback.urlpatterns,
    *reconciliation.urlpatterns,
    *settings.urlpatterns,
    *register.urlpatterns,  # last: it knows benefits by their references
]
