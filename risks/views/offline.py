"""The register edited offline: send it, say what its columns are, look at what it changes, apply it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from programme.foundation import jobs, sent_forms
from programme.foundation.csv_files import Unreadable
from programme.foundation.job_records import Job
from programme.foundation.views import SENT_TWICE, ActionView

from .. import tasks
from ..actions import offline
from ..forms.offline import ApplyForm, ColumnsForm, SendForm
from ..models import ColumnMapping, RegisterUpload
from ..offline.scales import by_scale
from ..reading import guide, previews
from ..reading import offline as reading
from ..reading.uploads import Sheet
from ..words.guide import COLUMN_NAMES
from ..words.offline import tables

SEND = "/risks/workbook/"


class OfUpload(ActionView):
    """A page about a register that somebody sent: theirs alone."""

    permission = "risks.load_workbook"
    model = RegisterUpload
    lookup = "pk"

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        """What is gone since it was saved says so: also to the second of two clicks."""
        try:
            return super().dispatch(request, *arguments, **options)
        except Http404:
            if not request.user.has_perm(self.permission):
                raise
            if request.method == "POST" and (address := sent_forms.led_to(request)):
                messages.info(request, SENT_TWICE)
                return redirect(address)
            return render(request, "risks/offline_gone.html", status=404)

    def get_permission_object(self) -> None:
        """Loading is asked anywhere; where each row lies is asked row by row."""
        _ = self.record

    @cached_property
    def record(self) -> RegisterUpload:
        upload: RegisterUpload = super().record
        if not upload.path.exists():
            raise Http404
        return upload

    def initial(self, record: Any) -> dict[str, Any]:
        return {}

    def get_cancel_url(self) -> str:
        return SEND

    def get_success_url(self, outcome: Any) -> str:
        return str(outcome if isinstance(outcome, str) else outcome.get_absolute_url())


class SendRegister(ActionView):
    """Our own workbook is compared at once; of another the columns are asked first."""

    permission = "risks.load_workbook"
    lookup = ""
    form_class = SendForm
    template_name = "risks/offline_send.html"
    title = "Load a register"
    introduction = "You see what the file would change, and every error in it, before anything is saved."
    button = "Look at the file"
    done = "The file is kept for a day. Nothing of it is saved in the register yet."

    def get_cancel_url(self) -> str:
        return "/risks/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"guide": guide.rows(self.request.user), "guide_columns": COLUMN_NAMES}
        return super().get_context_data(**kwargs) | said

    def act(self, record: None, data: dict[str, Any]) -> RegisterUpload | Job:
        upload = RegisterUpload.objects.keep(data["file"], by=self.request.user)
        try:
            layout = Sheet(upload).own_layout()
        except Unreadable as refused:
            upload.forget()
            raise ValidationError({"file": refused.sentences}) from refused
        upload.settle(layout=layout or {})
        return looked_at(upload) if layout else upload


class Columns(OfUpload):
    """Which sheet, which row of headings, which column is what; guessed, or as it was kept under a name."""

    form_class = ColumnsForm
    template_name = "risks/offline_columns.html"
    title = "What the columns are"
    introduction = "This register is not the portal’s own. Nothing is saved yet."
    button = "Show what it would add"
    done = "The file is kept for a day. Nothing of it is saved in the register yet."

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if isinstance(self.sheet, Unreadable):
            return self._page(SendForm(), status=422, trouble=self.sheet.sentences)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if isinstance(self.sheet, Unreadable):
            return self._page(SendForm(), status=422, trouble=self.sheet.sentences)
        return super().post(request, **kwargs)

    @cached_property
    def sheet(self) -> Sheet | Unreadable:
        asked, layout = self.request.GET, self.record.layout
        name, row = asked.get("sheet", layout.get("sheet")), asked.get("row", str(layout.get("header", "")))
        known = self.record.file.sheets
        header = int(row) if row.isascii() and row.isdecimal() and len(row) < 7 else None
        try:
            return Sheet(self.record, name if name in known else None, header)
        except Unreadable as refused:
            return refused

    @cached_property
    def mappings(self) -> list[ColumnMapping]:
        return list(ColumnMapping.objects.visible_to(self.request.user).live())

    @cached_property
    def chosen(self) -> ColumnMapping | None:
        """The mapping that is asked for; otherwise one that knows the headings of every column it names."""
        asked = self.request.GET.get("mapping", "")
        if asked:
            return next((one for one in self.mappings if str(one.pk) == asked), None)
        fits = [one for one in self.mappings if len(self.sheet.saved(one.columns)) == len(one.columns)]
        return max(fits, key=lambda one: len(one.columns), default=None)

    def form_options(self, record: RegisterUpload) -> dict[str, Any]:
        user = self.request.user
        known = reading.known(user, reading.Reach(user))
        options = {"sheet": self.sheet, "known": known, "more": record.outcome.get("words", ())}
        if self.said_before:
            before = record.layout
            options["guess"] = {int(at): name for at, name in before["columns"].items()}
            return options | {"words": by_scale(before["words"]), "initial": {"place": before["place"]}}
        guess = self.sheet.saved(self.chosen.columns) if self.chosen else self.sheet.guess(known)
        return options | {"guess": guess, "words": by_scale(self.chosen.words if self.chosen else {})}

    @property
    def said_before(self) -> bool:
        """Whether it was said of this very sheet what its columns are, and no kept choices are asked for."""
        held, asked = self.record.layout, self.request.GET.get("mapping")
        here = (held.get("sheet"), held.get("header")) == (self.sheet.name, self.sheet.head.number)
        return here and asked is None

    def act(self, upload: RegisterUpload, data: dict[str, Any]) -> RegisterUpload | Job:
        sheet, columns = self.sheet, data["columns"]
        if name := data["save_as"]:
            kept = {"columns": sheet.names_for(columns), "words": data["words"]}
            offline.keep_mapping(name, by=self.request.user, reason=f"Kept while {upload} was loaded", **kept)
        facts = {"place": data["place"], "source": upload.name, "words": data["words"]}
        upload.settle(layout=sheet.layout(columns, **facts), outcome={})
        return looked_at(upload)


class Preview(OfUpload):
    """What the file changes, field by field, and every error at its cell; with one reason it is applied."""

    form_class = ApplyForm
    template_name = "risks/offline_preview.html"
    title = "What this register changes"
    introduction = "Nothing is saved yet. Look at it, then save all of it with one reason."
    button = "Save all of it"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.record.layout:
            return redirect(f"{self.record.get_absolute_url()}columns/")
        return super().get(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            outcome = previews.of(self.record, self.request.user)
        except Unreadable as refused:
            kwargs["trouble"] = refused.sentences
            outcome = None
        said = {"outcome": outcome, "layout": self.record.layout}
        if outcome:
            more = outcome["problem_count"] - len(outcome["problems"])
            said["error_count"] = f"{outcome['problem_count']:,}"
            said["problems"] = [*outcome["problems"], *([f"And {more:,} more like these."] if more else [])]
            said["ready"] = not outcome["problem_count"] and (outcome["changed"] or outcome["added"])
            said |= tables(outcome)
        return super().get_context_data(**kwargs) | said

    def act(self, upload: RegisterUpload, data: dict[str, Any]) -> str | Job:
        user, shown = self.request.user, self.request.POST.get("shown", "")
        if upload.layout.get("long"):
            self.done = "It is being saved."
            asked = {"upload": upload.pk, "shown": shown, "reason": data["reason"]}
            title, key = f"Save {upload.name}", f"apply register {upload.pk}"
            return jobs.enqueue(tasks.apply_register, owner=user, title=title, arguments=asked, key=key)
        try:
            count = offline.apply(upload, shown=shown, by=user, reason=data["reason"])
        except Unreadable as refused:
            raise ValidationError(refused.sentences) from refused
        upload.forget()
        self.done = f"{count:,} {'risk is' if count == 1 else 'risks are'} saved."
        return "/risks/"


class CompareAgain(OfUpload):
    """Starts the comparison of a long register once more."""

    template_name = "risks/offline_preview.html"
    title = "What this register changes"
    button = "Compare it again"
    done = "It is being compared."

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return redirect(self.record)

    def act(self, upload: RegisterUpload, data: dict[str, Any]) -> RegisterUpload | Job:
        return looked_at(upload)


def looked_at(upload: RegisterUpload) -> RegisterUpload | Job:
    """The upload itself, whose page compares it at once; of a long one the task that does."""
    if not upload.layout.get("long"):
        return upload
    title, key = f"What {upload.name} changes", f"compare register {upload.pk}"
    arguments = {"upload": upload.pk}
    return jobs.enqueue(tasks.compare_register, owner=upload.owner, title=title, arguments=arguments, key=key)
