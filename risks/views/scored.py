"""A page on which scores are chosen: its matrix can be looked at before anything is saved, without script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from programme.foundation.views import ActionView

from ..reading.yardstick import yardstick

SHOW = "show"


class ScoringView(ActionView):
    """``show`` among what is sent asks for the same page with the chosen cells lit; nothing is saved."""

    def form_options(self, record: Any) -> dict[str, Any]:
        return super().form_options(record) | {"yard": yardstick()}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if SHOW not in request.POST:
            return super().post(request, **kwargs)
        options = self.form_options(self._target)
        blank = self.form_class(**options)
        typed = {
            name: field.widget.value_from_datadict(request.POST, request.FILES, name)
            for name, field in blank.fields.items()
        }
        return self._page(self.form_class(**options | {"initial": typed}))
