"""The pages of risks and issues beside each other, as tabs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import Resolver404, resolve

from programme.people.models import User

PARTS = [
    ("Register", "/risks/", "risks.view_risks"),
    ("Matrix", "/risks/matrix/", "risks.view_risks"),
    ("Movement", "/risks/movement/", "risks.view_risks"),
    ("Top risks", "/risks/top/", "risks.view_risks"),
    ("Gaps", "/risks/gaps/", "risks.view_risks"),
    ("Issues", "/issues/", "risks.view_risks"),
    ("Settings", "/risks/settings/", "risks.view_risks"),
]


def parts(user: User, path: str) -> list[dict[str, Any]]:
    """The tabs for ``components/tabs.html``: those that this person may open, the one at ``path`` current."""
    return [
        {"label": label, "url": url, "current": url == path}
        for label, url, permission in PARTS
        if user.has_perm(permission) and _there(url)
    ]


@cache
def _there(url: str) -> bool:
    try:
        found = resolve(url)
    except Resolver404:
        return False
    return not found.kwargs  # and not a risk of that name
