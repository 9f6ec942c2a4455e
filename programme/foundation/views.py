"""Pages that show and ask: one action on a record is here, lists and records are handed on from beside.

A view here is thin: it reads through ``Model.objects.visible_to(user)``, shows a table or a form, and hands
what was asked to one action. Each names the permission it needs (``permissions.PermissionRequired``).
"""

from __future__ import annotations

import logging
import re
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from . import changes, jobs, sent_forms
from .history import MissingReason, Stale
from .lists import RecordListView
from .record_views import HISTORY, OneRecord, RecordView, Tab, asked_day

__all__ = ["ActionView", "RecordListView", "RecordView", "Tab", "asked_day"]

log = logging.getLogger(__name__)

TROUBLE = (
    "The portal could not save this just now, and nothing was changed. What you typed is still below. "
    "Try again in a minute, and tell whoever runs the portal if it happens again."
)
SENT_TWICE = "You sent this form twice. It was taken once, and this is what came of it."
OVERTAKEN = (
    "Nothing of yours was saved. What you changed is still below; what you left as it was shows what it is "
    "now. Look at {what}, then save again if it still holds."
)


class _Invalid(Exception):
    """What was typed is refused by the form, which says so itself."""


class ActionView(OneRecord):
    """A form page for one action: GET shows the form, POST does the action and leads on to the record.

    The page carries the record's ``version``; when somebody else changed the record meanwhile, the page
    comes back (409) with what they changed, as far as its reader may read the history, and with what was
    typed: only that, so that nobody takes back what others changed by leaving a field alone. What breaks a
    rule is said beside its field or at the top (422); a full disk or a busy database is a sentence (503),
    nothing having changed. The same form sent twice is taken once (``sent_forms``).
    ``lookup = ""`` is for an action without a record, such as adding one.
    """

    form_class: ClassVar[type[forms.Form]] = forms.Form
    title: ClassVar[str] = ""
    introduction: ClassVar[str] = ""
    button: ClassVar[str] = "Save the changes"
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
            address, taken = sent_forms.once(request, lambda: self._taken(form))
        except _Invalid:
            return self._page(form, status=422)
        except Stale:
            told, form = self._meanwhile(), self._carried_over(form)
            what = "how it stands now" if told["meanwhile"] is None else "what changed"
            return self._page(form, status=409, stale_words=[OVERTAKEN.format(what=what)], **told)
        except (ValidationError, MissingReason) as broken:
            _say(form, broken)
            return self._page(form, status=422)
        except jobs.CannotQueue as trouble:
            return self._page(form, status=503, trouble=[str(trouble)])
        except (OSError, OperationalError, IntegrityError):
            log.exception("%s could not be done.", type(self).__name__)
            return self._page(form, status=503, trouble=[TROUBLE])
        if taken:
            messages.success(request, self._said)
        else:
            messages.info(request, SENT_TWICE)
        return redirect(address)

    def _taken(self, form: forms.Form) -> str:
        """Does the action; gives the address it leads to. Raises ``_Invalid`` and what the action raises."""
        self._refuse_stale()
        if not form.is_valid():
            raise _Invalid
        outcome = self.act(self._target, form.cleaned_data)
        self._said = self.done_message(outcome)
        return str(self.get_success_url(outcome))

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

    def _meanwhile(self) -> dict[str, Any]:
        """What others changed since the page was shown, newest first; the next attempt starts from there.

        Who may not read the record's history is shown how it stands now instead.
        """
        seen, user = self.request.POST.get("version", ""), self.request.user
        self.__dict__.pop("record", None)
        if not self.lookup:
            return {"meanwhile": []}
        if not user.has_perm(HISTORY, self.get_permission_object()):
            return {"meanwhile": None, "as_it_stands": changes.as_it_stands(self.record, user)}
        if not re.fullmatch(r"[0-9]{1,9}", seen):
            return {"meanwhile": []}
        return {"meanwhile": self.record.changes(user)[: max(self.record.version - int(seen), 0)]}

    def _carried_over(self, form: forms.Form) -> forms.Form:
        """The form with what its sender changed; where they left a field alone, with what it is now."""
        shown = self._as_shown()
        if shown is None:
            return form
        before, now = self.initial(shown), self.initial(self.record)
        held = {name: form[name].value() for name in form.fields}
        left = {name for name in before if name in held and _is_left(form[name], before[name])}
        options = {"initial": held | {name: now[name] for name in left}}
        return self.form_class(**self.form_options(self._target) | options)

    def _as_shown(self) -> Any:
        """The record as it was when the page was shown, where its sender may have read it so."""
        seen = self.request.POST.get("version", "")
        if not self.lookup or not re.fullmatch(r"[0-9]{1,9}", seen):
            return None
        then = self.record.at_version(int(seen))
        readable = getattr(then, "stood_visible_to", lambda user: True)
        return then if then is not None and readable(self.request.user) else None

    def _page(self, form: forms.Form, *, status: int = 200, **extra: Any) -> HttpResponseBase:
        """The form's page. Once refused, the record is read again: the action may have changed its copy."""
        version = self.request.POST.get("version")
        if status != 200:
            self.__dict__.pop("record", None)
        if version is None or status == 409:
            version = getattr(self._target, "version", None)
        context = {"form": form, "record": self._target, "version": version, "refused": status != 200}
        context["once"] = self.request.POST.get(sent_forms.FIELD) or sent_forms.new_word()
        return self.render_to_response(self.get_context_data(**context, **extra), status=status)


def _is_left(field: BoundField, before: Any) -> bool:
    """Whether what was sent is what the page showed; numbers come back as text."""
    same = str("" if before is None else before) == str(field.data or "")
    return same or not field.field.has_changed(before, field.data)


def _say(form: forms.Form, broken: ValidationError | MissingReason) -> None:
    """Puts a broken rule's words beside the fields they are about, and the rest at the top."""
    if isinstance(broken, MissingReason):
        broken = ValidationError({"reason": str(broken)})
    words = broken.message_dict if hasattr(broken, "error_dict") else {None: broken.messages}
    for name, sentences in words.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
