"""Every address under ``/risks/`` and ``/issues/``, one list a noun."""

from . import issues, register

urlpatterns = [
    *issues.urlpatterns,
    *register.urlpatterns,  # last: it knows risks by their references
]
