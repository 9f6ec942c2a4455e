"""What every page knows before its own view has said a word: the site, the clock, the viewer, the links."""

from typing import Any

from django.http import HttpRequest

from programme.foundation import calendar

from . import navigation
from .models import SiteSettings


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``templates/base.html``.

    ``site``: council_name, portal_name, brand_colour. ``clock``: {"fixed": date} while the illustration
    fixes the day, else None. ``viewer``: {"post", "roles"}, None for who is not signed in.
    ``navigation``: the main links as [{"label", "url", "current"}].
    """
    site = SiteSettings.objects.current()
    person = viewer(request)
    return {
        "site": {
            "council_name": site.council_name,
            "portal_name": site.portal_name,
            "brand_colour": site.brand_colour,
        },
        "clock": {"fixed": day} if (day := calendar.fixed_on()) else None,
        "viewer": person,
        "navigation": navigation.links(request) if person else [],
    }


def viewer(request: HttpRequest) -> dict[str, str] | None:
    """Who is signed in, by post; the error pages come here before anybody is known."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"post": str(user), "roles": ", ".join(user.standing.labels)}
