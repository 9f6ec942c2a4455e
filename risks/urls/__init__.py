"""Every address under ``/risks/`` and ``/issues/``, one list a noun."""

from . import issues, lacks, matrix, movement, register, settings

urlpatterns = [
    *issues.urlpatterns,
    *lacks.urlpatterns,
    *matrix.urlpatterns,
    *movement.urlpatterns,
    *settings.urlpatterns,
    *register.urlpatterns,  # last: it knows risks by their references
]
