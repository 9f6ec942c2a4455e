"""Who comes into the editors' pages, and by which door."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from wagtail.admin import urls

from programme.foundation import calendar
from programme.people import actions
from programme.people.models import Appointment, User


def test_staff_get_a_page_that_says_no(
    news: object, staff: User, sign_in: Callable[[User], Client], make_news: Callable
) -> None:
    client = sign_in(staff)
    for address in ("/cms/", "/cms/pages/", "/cms/images/", "/cms/sprite/", "/cms/nowhere/", "/cms/account/"):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "You may not do this" in answer.content.decode()
        assert "agtail" not in answer.content.decode()
    page = make_news("Bulky waste")
    assert client.post(f"/cms/pages/{page.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert client.post(f"/cms/pages/{page.pk}/delete/").status_code == 403


def views(patterns: list[Any]) -> Iterator[Callable]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_every_one_of_wagtails_pages_asks_first(rf: RequestFactory, staff: User) -> None:
    request = rf.get("/cms/")
    request.user = staff
    asked = 0
    for view in views(urls.urlpatterns):
        with pytest.raises(PermissionDenied):
            view(request)
        asked += 1
    assert asked > 100


@pytest.mark.parametrize("who", ["auditor", "programme_manager", "sro", "lead_digital"])
def test_whoever_is_not_communications_writes_no_news(
    who: str, request: pytest.FixtureRequest, sign_in: Callable[[User], Client], news: object
) -> None:
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/cms/").status_code == 403
    assert client.get("/news/").status_code == 200
    assert "Write news" not in client.get("/news/").content.decode()


def test_nobody_signs_in_at_wagtails_own_form(client: Client, news: object) -> None:
    assert client.get("/cms/pages/").url == "/sign-in/?next=/cms/pages/"
    assert client.get("/cms/login/?next=/cms/").url == "/sign-in/?next=/cms/"
    assert client.get("/cms/password_reset/").url.startswith("/sign-in/")
    assert client.get("/cms/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_a_password_is_not_reset_at_wagtail(editor: Client) -> None:
    assert editor.get("/cms/password_reset/").status_code == 404
    assert "password" not in editor.get("/cms/account/").content.decode().lower()


def test_the_account_page_keeps_no_name_and_no_picture(editor: Client, communications: User) -> None:
    editor.post("/cms/account/", {"name_email-first_name": "A name", "theme-theme": "dark"})
    communications.refresh_from_db()
    assert communications.first_name == ""
    page = editor.get("/cms/account/").content.decode()
    assert "theme-theme" in page
    assert "avatar-avatar" not in page


def test_an_ended_appointment_loses_the_editor_at_once(
    editor: Client, communications: User, programme_manager: User
) -> None:
    assert editor.get("/cms/").status_code == 200
    for one in Appointment.objects.filter(person=communications, role="communications"):
        actions.end_appointment(
            one, ends=calendar.add_working_days(calendar.today(), -1), by=programme_manager, reason="Moved on"
        )
    assert editor.get("/cms/").status_code == 403
    assert editor.get("/news/").status_code == 200


def test_the_group_alone_lets_nobody_in(
    staff: User, communications: User, news: object, sign_in: Callable[[User], Client]
) -> None:
    from django.contrib.auth.models import Group

    staff.groups.add(Group.objects.get(name="Communications"))
    assert sign_in(staff).get("/cms/").status_code == 403


def test_an_editor_finds_what_news_needs_and_nothing_of_the_rest(editor: Client) -> None:
    home = editor.get("/cms/").content.decode()
    for name in ("Images", "Documents", "Reports"):
        assert name in home
    for address in (
        "/cms/users/",
        "/cms/groups/",
        "/cms/sites/",
        "/cms/collections/",
        "/cms/workflows/list/",
    ):
        assert editor.get(address).status_code in (302, 404), address
        assert f'"{address}"' not in home


def test_only_the_editors_pages_may_carry_style_elements_and_no_page_scripts(editor: Client) -> None:
    public = editor.get("/news/")["Content-Security-Policy"]
    private = editor.get("/cms/")["Content-Security-Policy"]
    assert "unsafe" not in public
    assert "style-src-elem 'self' 'unsafe-inline'" in private
    assert private.count("unsafe") == 1
    assert "script-src" not in private  # so default-src 'self' holds for scripts
