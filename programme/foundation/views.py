"""Pages about one record: what it is, and one action on it. (Lists are in ``lists.py``.)

A view here is thin: it reads through ``Model.objects.visible_to(user)``, shows a table or a form, and hands
what was asked to one action. Each names the permission it needs (``permissions.PermissionRequired``).
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from . import calendar, jobs
from .history import MissingReason, Stale, Tracked
from .lists import RecordListView
from .permissions import PermissionRequired
from .tables import day_in_words

__all__ = ["ActionView", "RecordListView", "RecordView", "Tab", "asked_day"]

log = logging.getLogger(__name__)

TROUBLE = (
    "The portal could not save this just now, and nothing was changed. What you typed is still below. "
    "Try again in a minute, and tell whoever runs the portal if it happens again."
)
OVERTAKEN = (
    "Nothing of yours was saved, and what you typed is still below. Look at what changed, "
    "then save again if it still holds."
)


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

    model: ClassVar[type[models.Model]]
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
    history_permission: ClassVar[str] = "portfolio.view_history"
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
        shown = self._as_it_stood(self.as_at) if self.as_at else self.record
        if shown is None:
            name = self.model._meta.verbose_name
            return self._refuse(f"This {name} did not exist on {day_in_words(self.as_at)}.", 404)
        return self.render_to_response(self.get_context_data(record=shown))

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        tabs = self._visible_tabs()
        asked = self.request.GET.get("tab")
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

    def _visible_tabs(self) -> list[Tab]:
        history = Tab("history", "History", "records/history.html", self.history_permission, on_record=True)
        tabs = (*self.tabs, history) if issubclass(self.model, Tracked) else self.tabs
        user = self.request.user
        return [
            one
            for one in tabs
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


class ActionView(OneRecord):
    """A form page for one action: GET shows the form, POST does the action and leads on to the record.

    The page carries the record's ``version``; when somebody else changed the record meanwhile, the page
    comes back (409) with what they changed and what was typed. What breaks a rule is said beside its
    field or at the top (422); a full disk or a busy database is a sentence (503), nothing having changed.
    ``lookup = ""`` is for an action without a record, such as adding one.
    """

    form_class: ClassVar[type[forms.Form]] = forms.Form
    title: ClassVar[str] = ""
    introduction: ClassVar[str] = ""
    button: ClassVar[str] = "Save"
    done: ClassVar[str] = "Saved."
    template_name = "records/action.html"

    def act(self, record: Any, data: dict[str, Any]) -> Any:
        """Calls the one action; gives the record to lead on to. Subclasses write this."""
        raise TypeError(f"{type(self).__name__} does not say what it does.")

    def get_permission_object(self) -> Any:
        return self.record if self.lookup else None

    def initial(self, record: Any) -> dict[str, Any]:
        """What the form holds at first: the record's own values of the same names."""
        values = {name: getattr(record, name, None) for name in self.form_class.base_fields}
        return {name: value.all() if hasattr(value, "all") else value for name, value in values.items()}

    def form_options(self, record: Any) -> dict[str, Any]:
        """Further arguments of the form, such as the viewer whose choices it offers."""
        return {}

    def done_message(self, outcome: Any) -> str:
        return self.done.format(record=outcome)

    def get_success_url(self, outcome: Any) -> str:
        return outcome.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.record.get_absolute_url() if self.lookup else "../"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self._page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self._form(request.POST, request.FILES)
        try:
            self._refuse_stale()
            if not form.is_valid():
                return self._page(form, status=422)
            outcome = self.act(self._target, form.cleaned_data)
        except Stale:
            return self._page(form, status=409, meanwhile=self._meanwhile(), stale_words=[OVERTAKEN])
        except (ValidationError, MissingReason) as broken:
            _say(form, broken)
            return self._page(form, status=422)
        except jobs.CannotQueue as trouble:
            return self._page(form, status=503, trouble=[str(trouble)])
        except (OSError, OperationalError, IntegrityError):
            log.exception("%s could not be done.", type(self).__name__)
            return self._page(form, status=503, trouble=[TROUBLE])
        messages.success(request, self.done_message(outcome))
        return redirect(self.get_success_url(outcome))

    @property
    def _target(self) -> Any:
        return self.record if self.lookup else None

    def _form(self, *posted: Any) -> forms.Form:
        initial = self.initial(self.record) if self.lookup else {}
        options = {"initial": initial} | self.form_options(self._target)
        return self.form_class(*posted, **options)

    def _refuse_stale(self) -> None:
        version = getattr(self._target, "version", None)
        if version is not None and self.request.POST.get("version") != str(version):
            raise Stale(self._target)

    def _meanwhile(self) -> list[Any]:
        """What others changed since the page was shown, newest first; the next attempt starts from there."""
        seen = self.request.POST.get("version", "")
        self.__dict__.pop("record", None)
        known = re.fullmatch(r"[0-9]{1,9}", seen)
        if not known:
            return []
        return self.record.changes(self.request.user)[: max(self.record.version - int(seen), 0)]

    def _page(self, form: forms.Form, *, status: int = 200, **extra: Any) -> HttpResponseBase:
        """The form's page. Once refused, the record is read again: the action may have changed its copy."""
        version = self.request.POST.get("version")
        if status != 200:
            self.__dict__.pop("record", None)
        if version is None or status == 409:
            version = getattr(self._target, "version", None)
        context = {"form": form, "record": self._target, "version": version, "refused": status != 200}
        return self.render_to_response(self.get_context_data(**context, **extra), status=status)


def _say(form: forms.Form, broken: ValidationError | MissingReason) -> None:
    """Puts a broken rule's words beside the fields they are about, and the rest at the top."""
    if isinstance(broken, MissingReason):
        broken = ValidationError({"reason": str(broken)})
    words = broken.message_dict if hasattr(broken, "error_dict") else {None: broken.messages}
    for name, sentences in words.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
