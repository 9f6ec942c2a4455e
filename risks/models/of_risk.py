from __future__ import annotations

from typing import Any

from programme.foundation.history import Tracked
from programme.people.models import User

from .access import OfRiskQuerySet


class OfRisk(Tracked):
    """A record that hangs on a risk: seen by whoever sees the risk, and kept where that lies.

    Whether somebody may change it is asked of the risk, but for an action, whose owner is a person's own.
    """

    objects = OfRiskQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.risk.scope

    def get_absolute_url(self) -> str:
        return self.risk.get_absolute_url()

    def stood_visible_to(self, user: User) -> bool:
        """A row of a time when its risk was exempt is read by whoever may read the risk now."""
        return self.risk.stood_visible_to(user)
