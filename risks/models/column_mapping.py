from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked

from ..offline.columns import COLUMNS
from ..offline.scales import in_words
from .access import RuledQuerySet


class ColumnsField(models.JSONField):
    """Which heading is which column of ours; history tells both by their words."""

    def value_to_words(self, value: dict[str, str]) -> str:
        return "; ".join(f"{heading} → {COLUMNS[name].title}" for heading, name in sorted(value.items()))

    def deconstruct(self) -> Any:
        """To the database it is JSON like any other."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options


class WordsField(ColumnsField):
    """What the words of its scales mean, by the scale."""

    def value_to_words(self, value: dict[str, Any]) -> str:
        return in_words(value)


class ColumnMapping(Tracked):
    """How the columns of somebody else's register are read, kept under a name to be chosen again.

    ``columns`` says which heading is which column of ours, ``words`` what the words and numbers of each
    of its scales mean from 1 to 5; both by the words as they stand there, in small letters.
    """

    name = models.CharField(max_length=80)
    columns = ColumnsField("columns by heading")
    words = WordsField("words of the scale", default=dict, blank=True)

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
