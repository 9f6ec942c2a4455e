"""News as it was drawn for the last reader of the same kind, kept for the next.

Permission is asked before anything is looked up here, and whether a page may be read at all is asked of the
database each time; only the drawing is saved. What a page was drawn from is in its key, so that nothing has
to be told when something changes, in whatever process: see :func:`answer`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache as once
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.response import TemplateResponse
from django.utils.html import conditional_escape

if TYPE_CHECKING:
    from programme.people.models import User

SECONDS = 60 * 60
STAMP = "news:stamp"
# Stand in the kept page for what is the reader's own. No keyboard writes these characters.
POST, TOKEN = "\ue000post\ue001", "\ue000token\ue001"
FRAME = ("site", "clock", "viewer", "navigation")


def answer(request: HttpRequest, facts: Any, draw: Callable[[], TemplateResponse]) -> HttpResponse:
    """What ``draw`` answers, or the same from the cache.

    ``facts`` is everything that the page's own words come from: its revision, when it was published, its
    workstream. Beside it the key has the reader's class (permissions and roles, never the person), the frame
    around every page, the files that drew it, and a stamp that changes with pictures and files.
    Somebody to whom a message is due gets a page drawn for them.
    """
    if settings.DEBUG or len(get_messages(request)):
        return draw()
    frame = _frame(request)
    key = _key(request, facts, frame)
    page = cache.get(key)
    if page is None:
        page = _drawn(draw(), frame)
        if page.count(POST) != 1 or page.count(TOKEN) != 1:
            return draw()
        cache.set(key, page, SECONDS)
    post = conditional_escape(frame["viewer"]["post"])
    return HttpResponse(page.replace(POST, post).replace(TOKEN, get_token(request)))


def forget(**_: Any) -> None:
    """Kept pages are not asked for again: a picture, a file or a page's address has changed."""
    transaction.on_commit(_stamp_anew)


def _stamp_anew() -> str:
    stamp = uuid4().hex
    cache.set(STAMP, stamp, None)
    return stamp


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What the header, the links and the banner say to this reader."""
    known: dict[str, Any] = {}
    for processor in engines["django"].engine.template_context_processors:  # type: ignore[attr-defined]
        known |= processor(request)
    return {name: known[name] for name in FRAME}


def _key(request: HttpRequest, facts: Any, frame: dict[str, Any]) -> str:
    standing = cast("User", request.user).standing
    reader = sorted(standing.permissions), sorted(standing.all_roles), standing.labels
    around = [value for name, value in frame.items() if name != "viewer"]
    stamp = cache.get(STAMP) or _stamp_anew()  # a cache that is full lets go of any part
    parts = repr((request.path, facts, reader, around, stamp, _files()))
    return f"news:{hashlib.sha256(parts.encode()).hexdigest()}"


def _drawn(response: TemplateResponse, frame: dict[str, Any]) -> str:
    viewer = frame["viewer"] | {"post": POST}
    response.context_data = {**(response.context_data or {}), **frame, "viewer": viewer, "csrf_token": TOKEN}
    return response.render().content.decode()


@once
def _files() -> str:
    """Changes with a new release: its templates and styles draw other pages than those kept before."""
    folders = (settings.BASE_DIR / "templates", settings.BASE_DIR / "cms", settings.STATIC_ROOT)
    kinds = {".html", ".py", ".json"}
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in kinds]
    return hashlib.sha256(repr([(str(path), path.stat().st_mtime_ns) for path in found]).encode()).hexdigest()
