"""Pages of packs: the list, one pack, its three forms as they were kept, and asking for more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from portal.models import Pack, PackOpening, Rendition
from portal.models.pack import Form
from programme.foundation.job_records import Job
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import ActionView, RecordListView

from . import asking, openings, page, rendering, storage
from .forms import CorrectionForm, IssueForm
from .tables import PackFilters, PackTable

BOARD, PACKS = {"label": "Board", "url": "/board/"}, {"label": "Packs", "url": "/board/packs/"}


class PackList(RecordListView):
    permission = "portal.view_pack"
    model = Pack
    table_class = PackTable
    filters_class = PackFilters
    title = "Packs"
    introduction = "What has been issued for the Programme Board. A correction is a new version."
    empty = "No pack has been issued yet. The SRO or the programme office issues the first from home."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("issued_by__profile")

    def actions(self) -> Iterable[tuple[str, str]]:
        if self.request.user.has_perm("portal.issue_pack"):
            yield "Issue a pack", "/board/packs/issue/"


class IssuePack(ActionView):
    """The form with its choices; home posts here directly."""

    permission = "portal.issue_pack"
    model = Pack
    lookup = ""
    form_class = IssueForm
    template_name = "portal/packs/issue.html"
    title = "Issue a pack"
    introduction = "Made in the background, in under a minute. Once issued, a pack never changes."
    button = "Issue the pack"
    done = "The pack is being made. You can leave this page."

    def act(self, record: None, data: dict[str, Any]) -> Job:
        return asking.new_pack(by=self.request.user, variant=data["variant"], as_at=data["as_at"])


class OnePack:
    """Finds the pack of the address among those the viewer may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def record(self) -> Pack:
        """Raises ``Http404``."""
        seen = Pack.objects.visible_to(self.request.user).select_related("issued_by__profile")
        pack = seen.filter(number=self.kwargs["number"], version=self.kwargs["version"]).first()
        if pack is None:
            raise Http404("There is no such pack here.")
        return pack


class PackPage(OnePack, PermissionRequired, TemplateResponseMixin, ContextMixin):
    permission = "portal.view_pack"
    template_name = "portal/packs/pack.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pack, user = self.record, self.request.user
        seen = Pack.objects.visible_to(user).filter(number=pack.number)
        versions = list(seen.select_related("issued_by__profile"))
        may_issue = user.has_perm("portal.issue_pack")
        renditions = Rendition.objects.visible_to(user).filter(pack=pack).order_by("form")
        return super().get_context_data(**kwargs) | {
            "pack": pack,
            "newest": versions[0],
            "trail": [BOARD, PACKS],
            "lede": page.lede(pack),
            "facts": page.facts(pack),
            "form_columns": page.FORM_COLUMNS,
            "forms": page.form_rows(pack, renditions),
            "versions": versions,
            "version_columns": page.VERSION_COLUMNS,
            "version_rows": page.version_rows(versions),
            "opened_columns": page.OPENED_COLUMNS,
            "opened": page.opened_rows(self._openings()) if may_issue else None,
            "may_correct": may_issue and versions[0] == pack,
            "may_compare": user.has_perm("portal.check_pack"),
        }

    def _openings(self) -> Any:
        rows = PackOpening.objects.visible_to(self.request.user).filter(pack=self.record)
        return rows.select_related("person__profile")[:100]


class CorrectPack(OnePack, ActionView):
    """The correction is a pack of its own, so the form carries no version of a record."""

    permission = "portal.issue_pack"
    model = Pack
    lookup = ""
    form_class = CorrectionForm
    title = "Correct a pack"
    introduction = (
        "A correction is a new version, made anew from the records as they stand. "
        "The version it corrects stays as it is."
    )
    button = "Issue the correction"
    done = "The correction is being made. You can leave this page."

    def get_permission_object(self) -> None:
        """Issuing is asked anywhere, since a pack has no place of its own; not visible is not found."""
        _ = self.record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"record": self.record}

    def act(self, record: None, data: dict[str, Any]) -> Job:
        return asking.correction(self.record, by=self.request.user, **data)


class ComparePack(OnePack, PermissionRequired):
    permission = "portal.check_pack"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return redirect(asking.comparison(self.record, by=request.user))


class PackFile(OnePack, PermissionRequired):
    """The kept file, the same bytes for ever, while it has the digest it was kept under."""

    permission = "portal.view_pack"
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *, form: str, **kwargs: Any) -> HttpResponse:
        one = Rendition.objects.visible_to(request.user).filter(pack=self.record, form=form).first()
        if one is None:
            raise Http404("This pack has no such form.")
        try:
            data = storage.read(one.digest, form)
        except storage.NotKept as lost:
            return render(
                request, "portal/packs/not_kept.html", {"pack": self.record, "lost": lost}, status=503
            )
        if request.method == "GET":
            openings.note(self.record, form, by=request.user)
        return self._answer(data, form)

    def _answer(self, data: bytes, form: str) -> HttpResponse:
        answer = HttpResponse(data, content_type=rendering.FORMS[form].media_type)
        shown = "attachment" if form == Form.XLSX else "inline"
        answer["Content-Disposition"] = f'{shown}; filename="{self.record.file_name(form)}"'
        if form == Form.HTML:
            answer["Content-Security-Policy"] = rendering.html_policy(self.record.template)
        return answer
