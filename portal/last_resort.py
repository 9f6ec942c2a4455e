"""The pages of last resort: when the portal cannot answer, and when it cannot use its database or disk."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

TRY_AGAIN = "120"  # seconds, for browsers and load balancers that ask when
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where database or disk failed, as at sign-in on a full disk; else 500. Django has logged it."""
    return _unavailable() if _about_storage(sys.exception()) else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, unless what Django took for a lost session is a session that could not be written."""
    return _unavailable() if _about_storage(exception) else defaults.bad_request(request, exception)


def _unavailable() -> HttpResponse:
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": TRY_AGAIN})


def _about_storage(error: BaseException | None) -> bool:
    """Whether ``error``, or what led to it, came from a database that does not answer or a full disk."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False
