from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.people.choices import ScopeKind
from programme.people.models import Scope

from .budget import BudgetQuerySet


class PaybackScenario(Tracked):
    """A named set of assumptions for the payback page: never amounts, so that it is always worked out anew.

    ``assumptions`` are the page's controls, as they stand in its address.
    """

    name = models.CharField(max_length=80)
    assumptions = models.JSONField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="payback_scenarios", on_delete=models.PROTECT
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(withdrawn=False),
                name="benefits_scenario_is_named_once",
                violation_error_message="There is a scenario of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Scope:
        """Where permissions on it are asked: it is about the programme as a whole."""
        return Scope.objects.get(kind=ScopeKind.PROGRAMME)

    def get_absolute_url(self) -> str:
        return f"/benefits/payback/scenarios/{self.pk}/"
