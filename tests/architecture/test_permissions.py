"""Every page names the permission it needs or says why it is public, and every list starts at visible_to."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views import View

from programme.foundation.history import Tracked
from programme.people.grants import GRANTS, PERMISSIONS

from .arrows import app_of


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Callable]]:
    """(address, view) of every page but those of Wagtail, whose pages and admin keep their own rules."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not pattern.callback.__module__.startswith("wagtail."):
                yield address, pattern.callback
        elif not getattr(pattern.urlconf_name, "__name__", "").startswith("wagtail."):
            yield from pages(pattern.url_patterns, address)


def unguarded(patterns: list[URLPattern | URLResolver], permissions: set[str]) -> list[str]:
    """Pages that name neither a permission of the matrix nor a reason for being public."""
    found = []
    for address, callback in pages(patterns):
        view = getattr(callback, "view_class", callback)
        permission, public = getattr(view, "permission", ""), getattr(view, "public_because", "")
        if permission and permission not in permissions:
            found.append(f"{address}: {view.__name__} names {permission!r}, which is not in the matrix")
        elif not permission and not public:
            found.append(f"{address}: {view.__name__} names no permission and no reason to be public")
    return found


def test_every_page_names_its_permission_or_says_why_it_is_public() -> None:
    found = unguarded(get_resolver().url_patterns, set(PERMISSIONS))
    assert not found, "\n".join(found)


def test_every_button_says_what_it_does() -> None:
    """A verb and what it is done to: "Save" and "Add" alone leave people to guess."""
    buttons = {
        getattr(getattr(callback, "view_class", callback), "button", None)
        for _, callback in pages(get_resolver().url_patterns)
    } - {None}
    assert len(buttons) > 20
    assert not buttons & {"", "Save", "Add", "Change", "Enter", "Correct", "Move", "Remove", "Submit", "OK"}


def test_every_granted_permission_is_described_and_every_described_one_granted() -> None:
    granted = set().union(*GRANTS.values())
    assert granted == set(PERMISSIONS)


def test_every_governed_record_is_read_through_visible_to() -> None:
    found = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Tracked) and not hasattr(model._default_manager, "visible_to")
    ]
    assert not found, f"without visible_to: {found}"


def test_every_governed_record_belongs_to_an_app_of_the_house() -> None:
    tracked = [model for model in apps.get_models() if issubclass(model, Tracked)]
    assert tracked
    assert all(app_of(model.__module__) for model in tracked)


# The rules above, tried on pages that break them.


class Guarded(View):
    permission = "plan.view_plan"


class Misspelt(View):
    permission = "plan.veiw_plan"


class Open(View):
    public_because = "Health checks come from machines."


class Nothing(View):
    pass


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_page_without_permission_or_reason_is_found() -> None:
    matrix = {"plan.view_plan"}
    assert not unguarded([path("a/", Guarded.as_view()), path("b/", Open.as_view())], matrix)
    assert "names no permission" in unguarded([path("c/", Nothing.as_view())], matrix)[0]
    assert "names no permission" in unguarded([path("d/", plain)], matrix)[0]
    assert "not in the matrix" in unguarded([path("e/", Misspelt.as_view())], matrix)[0]
    assert unguarded([path("f/", ([path("g/", plain)], "ns", "ns"))], matrix)
