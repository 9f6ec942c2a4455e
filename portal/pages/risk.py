"""A risk's page with what stands above the register: the benefits that the risk threatens."""

from __future__ import annotations

from typing import Any

from benefits.reading.threats import benefits_threatened_by
from programme.foundation.views import Tab
from risks.models import Risk
from risks.views.risk import RiskPage as RegisterPage


class RiskPage(RegisterPage):
    """Benefits are linked from their own pages, by whoever keeps them."""

    tabs = (Tab("summary", "Summary", "portal/risk_summary.html"), *RegisterPage.tabs[1:])

    def tab_summary(self, risk: Risk) -> dict[str, Any]:
        return super().tab_summary(risk) | {
            "threat_columns": ["Benefit", "Status", "What it would take"],
            "threats": self._threats() if self.request.user.has_perm("benefits.view_benefits") else None,
        }

    def _threats(self) -> list[list[Any]]:
        return [
            [
                {"text": one.benefit, "url": one.benefit.get_absolute_url()},
                one.benefit.status_words,
                one.link.note or "Nobody has said yet",
            ]
            for one in benefits_threatened_by(self.record, self.request.user, self.as_at)
        ]
