from __future__ import annotations

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked

from .access import RuledQuerySet


class ColumnMapping(Tracked):
    """How the columns of somebody else's register are read, kept under a name to be chosen again.

    ``columns`` says which heading is which column of ours, ``words`` what the words of its scale mean from 1
    to 5; both by the words as they stand there, in small letters.
    """

    name = models.CharField(max_length=80)
    columns = models.JSONField("columns by heading")
    words = models.JSONField("words of the scale", default=dict, blank=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "mapping of columns"
        verbose_name_plural = "mappings of columns"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(withdrawn=False),
                name="risks_mapping_named_once",
                violation_error_message="There is a mapping of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
