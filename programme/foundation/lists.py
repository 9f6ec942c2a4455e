"""Registers: lists with filters, order and page in the address, and the same rows as a sheet or CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from . import exports, jobs
from .filters import RecordFilters
from .history import Tracked
from .permissions import PermissionRequired
from .tables import BaseTable, address
from .tasks import export_list


class RecordListView(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """A register: ``?sort=-due``, ``?page=2``, ``?per=25|50|100``, ``?format=xlsx|csv``, and its filters.

    What an address asks that does not exist (a column, a page) is passed over; a filter's wrong value is
    named beside the filter and nothing is listed. A GET changes nothing. The number of queries does not
    depend on the number of rows.
    """

    model: ClassVar[type[models.Model]]
    table_class: ClassVar[type[BaseTable]]
    filters_class: ClassVar[type[RecordFilters] | None] = None
    title: ClassVar[str] = ""
    introduction: ClassVar[str] = ""
    empty: ClassVar[str] = "There is nothing here yet."
    template_name = "records/list.html"

    def get_queryset(self) -> Any:
        """The rows before filters: what the viewer may see, without what was withdrawn."""
        rows = self.model.objects.visible_to(self.request.user)
        return rows.live() if issubclass(self.model, Tracked) else rows

    def actions(self) -> Iterable[tuple[str, str]]:
        """Buttons above the list as (words, address); only what the viewer may do."""
        return ()

    @cached_property
    def filters(self) -> RecordFilters | None:
        if self.filters_class is None:
            return None
        return self.filters_class(self.request.GET, self.get_queryset(), request=self.request)

    @property
    def filters_hold(self) -> bool:
        """Whether every filter in the address could be understood."""
        return self.filters is None or self.filters.form.is_valid()

    @cached_property
    def table(self) -> BaseTable:
        """The whole filtered and sorted register, not yet cut into pages."""
        if self.filters is None:
            rows = self.get_queryset()
        else:
            rows = self.filters.qs if self.filters_hold else self.filters.queryset.none()
        table = self.table_class(rows, query=self.request.GET, caption=self.title)
        table.sort(self.request.GET.get("sort", ""))
        return table

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("format") in exports.FORMATS:
            return self._export()
        context = self.get_context_data(**kwargs)
        if request.htmx and not request.htmx.history_restore_request:
            template, context["partial"] = ["records/results.html"], True
            response = self.response_class(request, template, context)
            response["HX-Push-Url"] = request.path + address(request.GET)
        else:
            response = self.render_to_response(context)
        response["Vary"] = "HX-Request"
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Starts the export of a list too long to wait for."""
        try:
            return redirect(exports.start(self, export_list))
        except jobs.CannotQueue as trouble:
            messages.error(request, str(trouble))
            return redirect(request.path + address(request.GET, format=None))

    def _export(self) -> HttpResponseBase:
        if not self.filters_hold:
            return self.render_to_response(self.get_context_data(), status=400)
        if (count := self.table.count) > exports.AT_ONCE:
            context = {"title": self.title, "count": count, "format": self.request.GET["format"]}
            return self.response_class(self.request, ["records/long_export.html"], context)
        return exports.answer(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, table = self.request.GET, self.table
        table.show_page(query.get("page", ""), query.get("per", ""))
        count = table.paginator.count
        meta = self.model._meta
        return super().get_context_data(**kwargs) | {
            "list": self,
            "title": self.title,
            "table": table,
            "filters": self.filters,
            "count": count,
            "noun": meta.verbose_name if count == 1 else meta.verbose_name_plural,
            "numbers": table.paginator.get_elided_page_range(table.page.number, on_each_side=1, on_ends=1),
            "rest": _rest(query),
        }


def _rest(query: QueryDict) -> str:
    """The address's query without page and format, ready for another part to follow: ``q=crm&``."""
    rest = address(query, page=None, format=None)[1:]
    return f"{rest}&" if rest else ""
