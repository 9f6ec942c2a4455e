"""Pages about one record: found among the visible, shown in tabs, as it is or as it stood on a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from . import calendar
from .history import Tracked
from .permissions import PermissionRequired
from .tables import day_in_words

HISTORY = "portfolio.view_history"


def asked_day(query: QueryDict) -> datetime.date | None:
    """The day in ``?as_at=2022-12-31``, None without one. Raises ``ValueError`` with a sentence."""
    text = query.get("as_at", "").strip()
    if not text:
        return None
    shown = "".join(sign for sign in text[:20] if sign.isprintable())
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{shown}” is not a date. Write it like 2022-12-31.") from None
    if day > calendar.today():
        raise ValueError(f"{day_in_words(day)} is in the future; records stand only as they are or were.")
    return day


class OneRecord(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """A page about one record, found among the visible by ``lookup``, a field and its name in the address."""

    model: ClassVar[Any]  # a model whose manager has ``visible_to``
    lookup: ClassVar[str] = "ref"

    def get_queryset(self) -> Any:
        """Where the record is looked for; not visible is not found."""
        return self.model.objects.visible_to(self.request.user)

    @cached_property
    def record(self) -> Any:
        """The record as it is now. Raises ``Http404``."""
        try:
            return self.get_queryset().get(**{self.lookup: self.kwargs[self.lookup]})
        except (self.model.DoesNotExist, ValueError, ValidationError) as missing:
            raise Http404(f"There is no {self.model._meta.verbose_name} here.") from missing

    def get_permission_object(self) -> Any:
        return self.record


@dataclass(frozen=True)
class Tab:
    """One tab of a record's page. Without its ``permission`` the tab is not there.

    The permission is asked anywhere or, with ``on_record``, on this very record.
    """

    slug: str
    label: str
    template: str
    permission: str = ""
    on_record: bool = False


class RecordView(OneRecord):
    """A record's page: one address, tabs (``?tab=plan``), history, and ``?as_at=2022-12-31``.

    ``tab_<slug>(record)`` gives the context of one tab and runs only when that tab is open.
    """

    tabs: ClassVar[tuple[Tab, ...]] = ()
    history_permission: ClassVar[str] = HISTORY
    template_name = "records/record.html"
    as_at: datetime.date | None = None

    def get_permission_object(self) -> None:
        """Reading is asked anywhere: which records, ``visible_to`` has decided. Not visible is not found."""
        _ = self.record

    def actions(self, record: Any) -> Iterable[tuple[str, str]]:
        """Buttons as (words, address); only what the viewer may do. Not shown of the past."""
        return ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            self.as_at = asked_day(request.GET)
        except ValueError as refused:
            return self._refuse(str(refused), 400)
        if self.as_at is None:
            return self.render_to_response(self.get_context_data(record=self.record))
        stood = self._as_it_stood(self.as_at)
        if stood is None:
            name = self.model._meta.verbose_name
            return self._refuse(f"This {name} did not exist on {day_in_words(self.as_at)}.", 404)
        return self.render_to_response(self.get_context_data(record=stood))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = kwargs.pop("record")
        tabs = self._visible_tabs()
        asked = self.request.GET.get("tab")
        if asked in {one.slug for one in self._every_tab()} - {one.slug for one in tabs}:
            raise PermissionDenied("Your appointments do not open this tab.")
        tab = next((one for one in tabs if one.slug == asked), tabs[0] if tabs else None)
        own = getattr(self, f"tab_{tab.slug}", None) if tab else None
        return super().get_context_data(**kwargs) | {
            "record": record,
            "as_at": self.as_at,
            "tab": tab,
            "tabs": [
                {"label": one.label, "url": self._tab_address(one, first=tabs[0]), "current": one == tab}
                for one in tabs
            ],
            "actions": [] if self.as_at else list(self.actions(record)),
            **(own(record) if own else {}),
        }

    def tab_history(self, record: Any) -> dict[str, Any]:
        """Who changed what, when and why; under ``as_at`` only what had happened by then."""
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        entries = self.record.changes(self.request.user)
        return {"changes": [one for one in entries if end is None or one.when <= end]}

    def _every_tab(self) -> tuple[Tab, ...]:
        history = Tab("history", "History", "records/history.html", self.history_permission, on_record=True)
        return (*self.tabs, history) if issubclass(self.model, Tracked) else self.tabs

    def _visible_tabs(self) -> list[Tab]:
        user = self.request.user
        return [
            one
            for one in self._every_tab()
            if not one.permission or user.has_perm(one.permission, self.record if one.on_record else None)
        ]

    def _tab_address(self, tab: Tab, *, first: Tab) -> str:
        query = QueryDict(mutable=True)
        if tab != first:
            query["tab"] = tab.slug
        if self.as_at:
            query["as_at"] = self.as_at.isoformat()
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def _as_it_stood(self, day: datetime.date) -> Any:
        """The record on that day, for today's appointments and the stricter of then's and now's exemption."""
        then = self.record.as_at(day) if isinstance(self.record, Tracked) else self.record
        seen = getattr(then, "stood_visible_to", None)
        return None if seen and not seen(self.request.user) else then

    def _refuse(self, sentence: str, status: int) -> HttpResponseBase:
        context = {"sentence": sentence, "record": self.record, "today": calendar.today()}
        return self.response_class(self.request, ["records/refused.html"], context, status=status)
