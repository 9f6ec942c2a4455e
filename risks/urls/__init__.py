"""Every address under ``/risks/`` and ``/issues/``, one list a noun."""

from . import issues, matrix, movement, register, settings

urlpatterns = [
    *issues.urlpatterns,
    *matrix.urlpatterns,
    *movement.urlpatterns,
    *settings.urlpatterns,
    *register.urlpatterns,  # last: it knows risks by their references
]
