"""The portal's addresses beside the pages that are measured, so that nothing is left out silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from .page import Page


def not_there(pages: Iterable[Page], places: dict[str, str]) -> list[Page]:
    """Those of ``pages`` that the portal has no address for."""
    return [page for page in pages if _route(page.at(places)) is None]


def not_measured(pages: Iterable[Page], places: dict[str, str]) -> list[str]:
    """The portal's addresses that none of ``pages`` opens: forms, mostly."""
    opened = {_route(page.at(places)) for page in pages}
    return sorted(set(routes(get_resolver().url_patterns)) - opened)


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the portal; of Wagtail's many only the first part."""
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        elif route.startswith(("cms/", "documents/")):
            yield f"{route}…"
        else:
            yield from routes(pattern.url_patterns, route)


def _route(address: str) -> str | None:
    try:
        return resolve(address.partition("?")[0]).route.replace("^", "")
    except Resolver404:
        return None
