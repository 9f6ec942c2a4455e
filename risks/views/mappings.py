"""How other registers' columns are read, as it was kept under names: looked at, and withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import changes
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import ActionView

from ..actions import offline
from ..forms.moves import ReasonForm
from ..models import ColumnMapping
from ..words import mappings as words

ADDRESS = "/risks/workbook/mappings/"
LOAD = "risks.load_workbook"


class KeptMappings(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """Whoever loads registers chooses them, keeps others under the same name, and withdraws them."""

    permission = LOAD
    template_name = "risks/offline_mappings.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        known = ColumnMapping.objects.visible_to(request.user)
        told = request.user.has_perm("portfolio.view_history")
        context = self.get_context_data(
            columns=words.COLUMNS,
            rows=words.rows(known.live()),
            changes=changes.of_all(known, request.user) if told else None,
        )
        return self.render_to_response(context)


class WithdrawMapping(ActionView):
    permission = LOAD
    model = ColumnMapping
    lookup = "pk"
    form_class = ReasonForm
    title = "Withdraw kept choices"
    introduction = (
        "They are offered no more for the next file of the kind. Risks that were loaded by them stay as they "
        "are, and what was kept stays in history."
    )
    button = "Withdraw them"
    done = "{record} is withdrawn."

    def get_queryset(self) -> Any:
        return super().get_queryset().live()

    def get_permission_object(self) -> None:
        """They lie at no place: loading is asked anywhere."""
        _ = self.record

    def get_cancel_url(self) -> str:
        return ADDRESS

    def get_success_url(self, outcome: Any) -> str:
        return ADDRESS

    def act(self, record: ColumnMapping, data: dict[str, Any]) -> ColumnMapping:
        return offline.withdraw_mapping(record, by=self.request.user, **data)
