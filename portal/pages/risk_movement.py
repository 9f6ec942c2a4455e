"""Movement of risks since the last board, of whose packs the register knows nothing."""

from __future__ import annotations

import datetime

from django.utils.functional import cached_property

from portal.models import Pack
from programme.foundation import calendar
from risks.views.movement import MovementPage

CALLED = "the last board pack"


class RiskMovement(MovementPage):
    """Compared with the day of the last pack that was issued for a day before today, where there is one."""

    @cached_property
    def usual(self) -> tuple[datetime.date, str]:
        packs = Pack.objects.visible_to(self.request.user).filter(as_at__lt=calendar.today())
        last = packs.order_by("-as_at").values_list("as_at", flat=True).first()
        return (last, CALLED) if last else super().usual
