"""``/sign-in/``, ``/sign-out/`` and ``/password/``: Django's own, in the portal's frame."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.http import HttpResponse
from django.urls import reverse_lazy

from programme.foundation.permissions import PermissionRequired, Public
from programme.people.sign_in import SignInForm


class SignIn(Public, views.LoginView):
    """Name and password; then to the page that was asked for, or home."""

    public_because = "Nobody is signed in before they have signed in."
    template_name = "sign_in.html"
    authentication_form = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without Django's ``site`` (the address' host name): pages know the council under that name."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        return context


class SignOut(Public, views.LogoutView):
    """A POST that ends the session, whoever's it is."""

    public_because = "Whoever is signed in may sign out, whatever they may do otherwise."


class OwnPassword(PermissionRequired, views.PasswordChangeView):
    """Everybody sets their own password; who made the account knew only the first."""

    permission = "portal.view_home"
    template_name = "own_password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Your password is changed.")
        return super().form_valid(form)
