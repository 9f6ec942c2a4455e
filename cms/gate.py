"""Who comes into ``/cms/``, and by which door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import RedirectView
from wagtail.admin.views.account import AccountView, ThemeSettingsPanel
from wagtail.users.models import UserProfile

from programme.foundation.permissions import PermissionRequired, Public

View = Callable[..., HttpResponseBase]

# Wagtail's editor of rich text writes two style elements as it starts. Scripts and style attributes stay
# refused as on every other page: docs/adr/0013.
EDITOR_POLICY = {"style-src": [SELF], "style-src-elem": [SELF, UNSAFE_INLINE]}


def editors_only(view: View) -> View:
    """Lets through whom an appointment allows to write news; asked of appointments on every request.

    Others get the portal's own pages: sign-in, or 403. Wagtail would show them a sign-in form of its own.
    """

    def gated(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied("Only those who are appointed to communications write news.")
        return with_policy(request, *arguments, **options)

    with_policy = csp_update(EDITOR_POLICY)(view)
    return gated


class SignInInstead(Public, RedirectView):
    """``/cms/login/``: everybody signs in at one place."""

    public_because = "It only leads to the sign-in page."
    url = "/sign-in/"
    query_string = True


class Account(PermissionRequired, AccountView):
    """``/cms/account/``: how the editor's pages look, and nothing about the person.

    Names are not kept in the portal, posts and passwords are changed on its own pages, and Wagtail sends
    no mail.
    """

    permission = "wagtailadmin.access_admin"
    page_title = "How the editor looks"

    panels: ClassVar[tuple[type, ...]] = (ThemeSettingsPanel,)

    def get_panels(self) -> list[Any]:
        user = self.request.user
        profile = UserProfile.get_for_user(user)
        return [panel(self.request, user, profile) for panel in self.panels]
