"""Every address under ``/risks/`` and ``/issues/``, one list a noun."""

from . import issues, matrix, register

urlpatterns = [
    *issues.urlpatterns,
    *matrix.urlpatterns,
    *register.urlpatterns,  # last: it knows risks by their references
]
