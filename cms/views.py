"""``/news/`` and its pages for readers; what editors use is Wagtail's, behind :mod:`cms.gate`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from programme.foundation.permissions import PermissionRequired

from . import kept, state
from .models import NewsIndexPage, NewsPage


class NewsList(PermissionRequired):
    """All published news, newest first."""

    permission = "portal.view_home"

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        facts = request.GET.get("page"), state.seen_by(request.user).of_list()
        return kept.answer(request, facts, lambda: self.drawn(request))

    def drawn(self, request: HttpRequest) -> HttpResponse:
        return get_object_or_404(NewsIndexPage.objects.live()).serve(request)


class News(PermissionRequired):
    """One piece of news; a draft, or one whose time is not yet or no longer, is not found.

    It is read by its slug: all news lies in one list, so walking Wagtail's tree would only cost queries.
    """

    permission = "portal.view_home"

    def get(self, request: HttpRequest, address: str, slug: str) -> HttpResponse:
        facts = state.seen_by(request.user).of_page(slug)
        if not facts:
            raise Http404
        return kept.answer(request, facts, lambda: self.drawn(request, slug))

    def drawn(self, request: HttpRequest, slug: str) -> HttpResponse:
        rows = NewsPage.objects.visible_to(request.user).select_related("workstream")
        return get_object_or_404(rows, slug=slug).serve(request)
