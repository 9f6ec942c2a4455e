"""The main links: what this person may open, and where they are.

Eight at most, so that they stay in one row. What belongs to one of them is reached from its pages: measures
from the benefits that they show and from the programme, people from the programme that they work in.
"""

from __future__ import annotations

from django.http import HttpRequest

OF_PROGRAMME = ("/programme/", "/workstreams/", "/bodies/", "/people/")

# Label, address, the beginnings of addresses that belong to it, and the permission it needs.
LINKS = [
    ("Home", "/", (), "portal.view_home"),
    ("Programme", "/programme/", OF_PROGRAMME, "portfolio.view_public"),
    ("Projects", "/projects/", ("/projects/",), "portfolio.view_public"),
    ("Plan", "/plan/", ("/plan/",), "plan.view_plan"),
    ("Risks", "/risks/", ("/risks/", "/issues/"), "risks.view_risks"),
    ("Benefits", "/benefits/", ("/benefits/", "/measures/"), "benefits.view_benefits"),
    ("Board", "/board/", ("/board/",), "portal.view_pack"),
    ("News", "/news/", ("/news/",), "portal.view_home"),
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
