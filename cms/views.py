"""``/news/`` and its pages for readers; what editors use is Wagtail's, behind :mod:`cms.gate`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from programme.foundation.permissions import PermissionRequired

from .models import NewsIndexPage, NewsPage


class NewsList(PermissionRequired):
    """All published news, newest first."""

    permission = "portal.view_home"

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        return get_object_or_404(NewsIndexPage.objects.live()).serve(request)


class News(PermissionRequired):
    """One piece of news; a draft, or one whose time is not yet or no longer, is not found.

    It is read by its slug: all news lies in one list, so walking Wagtail's tree would only cost queries.
    """

    permission = "portal.view_home"

    def get(self, request: HttpRequest, address: str, slug: str) -> HttpResponse:
        rows = NewsPage.objects.visible_to(request.user).select_related("workstream")
        return get_object_or_404(rows, slug=slug).serve(request)
