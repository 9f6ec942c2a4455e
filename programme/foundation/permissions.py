"""Every page names the permission it needs, or says why it needs none; a page that does neither is shut."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views import View


class PermissionRequired(View):
    """A view that asks for its ``permission`` before anything else happens.

    Anonymous people are sent to sign in. Whoever lacks the permission gets 403; what they may not even
    see is 404, which :meth:`get_permission_object` brings about by reading through ``visible_to``.
    ``permission`` is a string of the matrix in ``people/grants.py``.
    """

    permission: ClassVar[str] = ""

    def get_permission_object(self) -> Any:
        """The record the permission is asked on; None asks for it anywhere. May raise ``Http404``."""
        return None

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        if not self.permission:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission.")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm(self.permission, self.get_permission_object()):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **options)


class Public(View):
    """A page for everybody, signed in or not; it must say why."""

    public_because: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        if not self.public_because:
            raise ImproperlyConfigured(f"{type(self).__name__} does not say why it is public.")
        return super().dispatch(request, *arguments, **options)
