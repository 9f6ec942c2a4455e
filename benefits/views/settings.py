"""What is settled about benefits: read by whoever reads benefits, changed with a reason, kept by date."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.views import ActionView, RecordView, Tab

from ..actions import settings as actions
from ..forms.settings import SettingsForm
from ..models import BenefitsSettings

CHANGE = "benefits.change_settings"
FROM_THE_START = "From the start"
SINCE = ["Held", "Rate, real"]


class OneRow:
    """The one row of settings, or the defaults while nobody has settled anything: these have version 0."""

    @cached_property
    def record(self) -> BenefitsSettings:
        held = BenefitsSettings.objects.visible_to(self.request.user).current()  # type: ignore[attr-defined]
        if held.pk is None:
            held.version = 0
        return held


class SettingsPage(OneRow, RecordView):
    """``?as_at=`` shows what held on a day."""

    permission = "benefits.view_benefits"
    model = BenefitsSettings
    lookup = ""
    template_name = "benefits/settings.html"
    tabs = (Tab("summary", "Settings", "benefits/settings_summary.html"),)

    def actions(self, record: BenefitsSettings) -> list[tuple[str, str]]:
        may = self.request.user.has_perm(CHANGE)
        return [("Change the settings", f"{record.get_absolute_url()}change/")] if may else []

    def _as_it_stood(self, day: datetime.date) -> BenefitsSettings:
        """Before anybody settled anything the defaults held."""
        return self.record.as_at(day) or BenefitsSettings()

    def tab_summary(self, record: BenefitsSettings) -> dict[str, Any]:
        return {"facts": list(_facts(record)), "since": self._since(), "since_columns": SINCE}

    def _since(self) -> list[list[str]]:
        """Each discount rate with the day from which it held, the newest first."""
        end = calendar.end_of_day(self.as_at or calendar.today())
        rows: Any = BenefitsSettings.history.filter(id=self.record.pk, history_date__lte=end)
        found: list[tuple[str, str]] = [(_per_cent(BenefitsSettings().discount_rate), FROM_THE_START)]
        held = rows.order_by("history_date", "history_id").values_list("discount_rate", "history_date")
        for rate, when in held:
            day = calendar.in_words(when.astimezone(calendar.LONDON).date())
            if (words := _per_cent(rate)) != found[-1][0]:
                found.append((words, f"From {day}"))
        return [[since, rate] for rate, since in reversed(found)]


class ChangeSettings(OneRow, ActionView):
    permission = CHANGE
    model = BenefitsSettings
    form_class = SettingsForm
    title = "Change the settings of benefits"
    introduction = (
        "They hold from now on for everybody. Saved scenarios keep what they assume, issued packs what they "
        "say, and the history what held when."
    )
    done = "The settings are changed; what held before stays in the history."

    def get_permission_object(self) -> None:
        """Asked anywhere: they hold for the programme as a whole."""

    def initial(self, record: BenefitsSettings) -> dict[str, Any]:
        return super().initial(record) | {"discount_rate": _plain(record.discount_rate)}

    def act(self, record: BenefitsSettings, data: dict[str, Any]) -> BenefitsSettings:
        return actions.settle(record, by=self.request.user, **data)


def _facts(held: BenefitsSettings) -> Any:
    yield {"key": "Discount rate", "value": f"{_per_cent(held.discount_rate)}, real"}
    yield {"key": "Horizon", "value": f"{held.horizon} years: years 0 to {held.horizon - 1}"}
    day = held.horizon_date
    words = f"{calendar.in_words(day)}: {held.horizon_date_words}" if day else "None is assumed"
    yield {"key": "Horizon date (an assumption)", "value": words}
    yield {
        "key": "Fewest posts behind a total that others see",
        "value": f"{held.smallest_group} posts; unknown counts as fewer",
    }


def _plain(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _per_cent(rate: Decimal) -> str:
    return f"{_plain(Decimal(rate))} %"
