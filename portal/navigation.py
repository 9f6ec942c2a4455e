"""The main links: what this person may open, and where they are."""

from __future__ import annotations

from django.http import HttpRequest

# Label, address, the beginnings of addresses that belong to it, and the permission it needs.
LINKS = [
    ("Home", "/", (), "portal.view_home"),
    ("Programme", "/programme/", ("/programme/", "/workstreams/", "/bodies/"), "portfolio.view_public"),
    ("Projects", "/projects/", ("/projects/",), "portfolio.view_public"),
    ("Plan", "/plan/", ("/plan/",), "plan.view_plan"),
    ("Benefits", "/benefits/", ("/benefits/",), "benefits.view_benefits"),
    ("Measures", "/measures/", ("/measures/",), "performance.view_measures"),
    ("Board", "/board/", ("/board/",), "portal.view_pack"),
    ("News", "/news/", ("/news/",), "portal.view_home"),
    ("People", "/people/", ("/people/",), "people.view_people"),
]


def links(request: HttpRequest) -> list[dict[str, object]]:
    """The links for the signed-in person, as ``{"label", "url", "current"}``; none for anybody else."""
    if not request.user.is_authenticated:
        return []
    standing = request.user.standing
    return [
        {"label": label, "url": url, "current": request.path == url or request.path.startswith(inside)}
        for label, url, inside, permission in LINKS
        if standing.may(permission)
    ]
