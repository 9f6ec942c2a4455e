"""``/sign-in/``: Django's own, in the portal's frame."""

from typing import Any

from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """Name and password; then to the page that was asked for, or home."""

    template_name = "sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without Django's ``site`` (the address' host name): pages know the council under that name."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        return context
