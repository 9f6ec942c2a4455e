from __future__ import annotations

from typing import Any

from programme.foundation.history import Tracked
from programme.people.models import User
from programme.people.readable_history import readable_at

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
        """By its risk, and in a history by what the risk was at that very time."""
        moment = getattr(self, "stood_at", None)
        then = moment is None or readable_at(self.risk, user)(moment)
        return then and self.risk.stood_visible_to(user)
