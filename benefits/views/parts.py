"""The pages of benefits beside each other, as tabs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import Resolver404, resolve

from programme.people.models import User

PARTS = [
    ("Savings", "/benefits/", "benefits.view_benefits"),
    ("List", "/benefits/list/", "benefits.view_benefits"),
    ("Claims", "/benefits/claims/", "benefits.view_benefits"),
    ("Budget gap", "/benefits/gap/", "benefits.view_benefits"),
    ("Payback", "/benefits/payback/", "benefits.view_benefits"),
    ("Reconciliation", "/benefits/reconciliation/", "benefits.view_benefits"),
    ("Investment", "/benefits/investment/", "benefits.view_benefits"),
    ("Reserve", "/benefits/reserve/", "benefits.view_benefits"),
    ("Map", "/benefits/map/", "benefits.view_benefits"),
    ("Measures", "/measures/", "performance.view_measures"),
    ("Double counting", "/benefits/double-counting/", "benefits.view_benefits"),
    ("Business case", "/benefits/business-case/", "benefits.view_benefits"),
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
        resolve(url)
    except Resolver404:
        return False
    return True
