"""What every page knows before its own view has said a word: the site, the clock, the viewer, the links."""

from typing import Any

from django.http import HttpRequest

from programme.foundation import calendar
from programme.foundation.prepared import Prepared

from . import navigation
from .models import SiteSettings


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``templates/base.html``.

    ``site``: council_name, portal_name, brand_colour. ``clock``: {"fixed": date} while the illustration
    fixes the day, else None. ``viewer``: {"post", "roles"}, None for who is not signed in.
    ``navigation``: the main links as [{"label", "url", "current"}].
    """
    person = viewer(request)
    return {
        "site": site(),
        "clock": {"fixed": day} if (day := calendar.fixed_on()) else None,
        "viewer": person,
        "navigation": navigation.links(request) if person else [],
    }


def site() -> dict[str, str]:
    """The council's name, the portal's and the colour, or the defaults while nobody has set anything."""
    rows = _site() or [tuple(getattr(SiteSettings(), name) for name in SITE)]
    return dict(zip(SITE, rows[0], strict=True))


SITE = "council_name", "portal_name", "brand_colour"
_site = Prepared(lambda: SiteSettings.objects.order_by("pk").values_list(*SITE)[:1])


def viewer(request: HttpRequest) -> dict[str, str] | None:
    """Who is signed in, by post; the error pages come here before anybody is known."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"post": str(user), "roles": ", ".join(user.standing.labels)}
