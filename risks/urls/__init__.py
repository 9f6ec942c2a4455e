"""Every address under ``/risks/`` and ``/issues/``, one list a noun."""

from . import issues, lacks, matrix, offline, register, settings, several, top

urlpatterns = [
    *issues.urlpatterns,
    *lacks.urlpatterns,
    *matrix.urlpatterns,
    *settings.urlpatterns,
    *several.urlpatterns,
    *top.urlpatterns,
    *offline.urlpatterns,
    *register.urlpatterns,  # last: it knows risks by their references
]
