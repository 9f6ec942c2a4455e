"""Every address of the portal, and an empty one for whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY = "/bench/empty/"


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """The same middleware, session and user as every page, and nothing else."""
    return HttpResponse("")


urlpatterns = [path(EMPTY.lstrip("/"), empty), path("", include("portal.urls"))]
