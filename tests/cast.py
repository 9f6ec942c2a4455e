"""The cast: a small, quick world of people with roles on real places, for every test.

Ask for the person whose rights a test is about (``lead_digital``, ``auditor``) and for ``sign_in`` to get
a browser session of theirs; a place or person that no fixture asks for is not made. ``person`` makes more.
Everything stands since 4 July 2022, written by the installation, so that ``as_at`` has something to show.
Models are imported inside, because this file is read before Django is ready.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from programme.people.models import Scope, User
    from programme.portfolio.models import Body, Programme, Project, Workstream

BEGINNING = datetime.date(2022, 7, 4)
MOMENT = datetime.datetime(2022, 7, 4, 9, tzinfo=ZoneInfo("Europe/London"))
REASON = "The world of a test"


def written(record: Any) -> Any:
    """``record``, written by the installation with effect from the beginning.

    The cast is known to be right, so only the database's own constraints look at it: asking each rule of
    each record again took a quarter of the suite's time.
    """
    written_by = {"by": installer(), "reason": REASON, "effective": MOMENT}
    type(record).objects.bulk_record([record], **written_by, clean=False)
    return record


@cache
def installer() -> User:
    """The installation, asked for once: it is the same one for all tests (see ``django_db_setup``)."""
    from programme.people.models import User

    return User.objects.installer()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The installation stands before the first test, and again after one that emptied the database.

    To make it in each test, and to ask for it with each record, took a twelfth of the suite's time.
    """
    from django.apps import apps
    from django.db.models.signals import post_migrate

    from programme.foundation import calendar

    def stand(**_: Any) -> None:
        installer.cache_clear()
        with calendar.clock_stopped(BEGINNING):
            installer()

    with django_db_blocker.unblock():
        stand()
    post_migrate.connect(stand, sender=apps.get_app_config("people"), weak=False)


# Places


def scope_of(kind: str, key: str, name: str, parent: Scope | None = None) -> Scope:
    from programme.people.models import Scope

    return written(Scope(kind=kind, key=key, name=name, parent=parent))


@pytest.fixture
def programme(db: None) -> Programme:
    from programme.portfolio.models import Programme

    slug, name = "transforming-east-herts", "Transforming East Herts"
    scope = scope_of("programme", slug, name)
    council = "East Herts Council"
    words = {"vision": "Services that fit residents' lives.", "business_case": "Business case, July 2022"}
    return written(Programme(slug=slug, name=name, organisation=council, scope=scope, **words))


@pytest.fixture
def programme_scope(programme: Programme) -> Scope:
    return programme.scope


def _workstream(programme: Programme, slug: str, name: str, position: int) -> Workstream:
    from programme.portfolio.models import Workstream

    scope = scope_of("workstream", slug, name, programme.scope)
    words = {"short": name.removeprefix("Be "), "purpose": f"What {name} is for."}
    return written(
        Workstream(programme=programme, slug=slug, name=name, position=position, scope=scope, **words)
    )


@pytest.fixture
def agile(programme: Programme) -> Workstream:
    return _workstream(programme, "agile-sustainable", "Be Agile and Sustainable", 1)


@pytest.fixture
def commercial(programme: Programme) -> Workstream:
    return _workstream(programme, "commercial", "Be Commercial", 2)


@pytest.fixture
def digital(programme: Programme) -> Workstream:
    return _workstream(programme, "digital", "Be Digital", 3)


@pytest.fixture
def make_project(programme: Programme) -> Callable[..., Project]:
    """``make_project(workstream, "DIG-02", classification="internal", …) -> Project``, open unless said."""
    from programme.portfolio.models import Project

    def make(workstream: Workstream, ref: str, name: str = "", **fields: Any) -> Project:
        name = name or f"Project {ref}"
        scope = scope_of("project", ref.lower(), f"{ref} {name}", workstream.scope)
        fields = {"classification": "open"} | fields
        return written(Project(ref=ref, name=name, workstream=workstream, scope=scope, **fields))

    return make


@pytest.fixture
def crm(make_project: Callable[..., Project], digital: Workstream) -> Project:
    return make_project(digital, "DIG-01", "Single view of the customer")


@pytest.fixture
def board(programme: Programme) -> Body:
    from programme.portfolio.models import Body

    scope = scope_of("body", "programme-board", "Programme Board", programme.scope)
    kind = {"slug": "programme-board", "kind": "programme_board", "name": "Programme Board"}
    return written(Body(scope=scope, **kind))


@pytest.fixture
def digital_group(digital: Workstream) -> Body:
    from programme.portfolio.models import Body

    name = "Be Digital delivery group"
    scope = scope_of("body", "delivery-digital", name, digital.scope)
    kind = {"slug": "delivery-digital", "kind": "delivery_group", "name": name, "workstream": digital}
    return written(Body(scope=scope, **kind))


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """Commits are real, for tests with threads; ask for it before the cast. Slow: the database is emptied
    afterwards, for which the triggers that guard history must go (emptying puts them back)."""
    from django.db import connection

    yield
    named = {
        "sqlite": "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal "
        "AND tgname LIKE '%\\_no\\_truncate'",
    }
    with connection.cursor() as cursor:
        cursor.execute(named[connection.vendor])
        for name, place in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"{place}')


# People


@pytest.fixture
def installation(db: None) -> User:
    return installer()


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """``person("hr", "Head of HR", ("auditor", scope), …) -> User``: someone who holds these roles today.

    Roles that need a second person are confirmed; a specialist adviser's names the speciality as well:
    ``("specialist_adviser", scope, "hr")``. The password of everybody is ``"a long password"``.
    """
    from programme.people.grants import SECOND_PERSON
    from programme.people.models import Appointment, Profile, User

    def second_person() -> User:
        return User.objects.get_or_create(username="second-person", defaults={"is_active": False})[0]

    def make(username: str, post: str = "", *roles: tuple) -> User:
        user = User.objects.create_user(username, password="a long password")
        written(Profile(user=user, post=post or username.replace("-", " ").capitalize()))
        for role, scope, *speciality in roles:
            confirmed = (
                {"confirmed_by": second_person(), "confirmed_on": BEGINNING} if role in SECOND_PERSON else {}
            )
            what = {"person": user, "role": role, "scope": scope, "speciality": "".join(speciality)}
            written(Appointment(**what, starts=BEGINNING, appointed_by=installer(), **confirmed))
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """``sign_in(person) -> Client``: a browser session of that person."""
    from django.test import Client

    def begin(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return begin


@pytest.fixture
def sro(person: Callable[..., User], board: Body) -> User:
    return person("sro", "Deputy Chief Executive", ("sro", board.scope))


@pytest.fixture
def chief_executive(person: Callable[..., User], board: Body) -> User:
    return person("chief-executive", "Chief Executive", ("board_member", board.scope))


@pytest.fixture
def finance(person: Callable[..., User], board: Body) -> User:
    post = "Head of Strategic Finance and Property"
    roles = ("specialist_adviser", board.scope, "finance"), ("finance_reviewer", board.scope.parent)
    return person("finance", post, *roles)


@pytest.fixture
def hr(person: Callable[..., User], board: Body) -> User:
    return person("hr", "Head of HR and OD", ("specialist_adviser", board.scope, "hr"))


@pytest.fixture
def communications(person: Callable[..., User], board: Body) -> User:
    advises = ("specialist_adviser", board.scope, "communications")
    return person("communications", "Communications Manager", advises, ("communications", board.scope.parent))


@pytest.fixture
def communications_only(person: Callable[..., User], programme_scope: Scope) -> User:
    """Writes news but, unlike the manager, advises nobody: reads no exempt material."""
    return person("news-editor", "Communications Officer", ("communications", programme_scope))


@pytest.fixture
def programme_manager(person: Callable[..., User], programme_scope: Scope) -> User:
    return person("programme-manager", "Programme Manager", ("programme_manager", programme_scope))


@pytest.fixture
def lead_agile(person: Callable[..., User], agile: Workstream) -> User:
    post = "Lead for Be Agile and Sustainable"
    return person("lead-agile", post, ("workstream_lead", agile.scope), ("benefit_owner", agile.scope))


@pytest.fixture
def lead_commercial(person: Callable[..., User], commercial: Workstream) -> User:
    return person("lead-commercial", "Lead for Be Commercial", ("workstream_lead", commercial.scope))


@pytest.fixture
def lead_digital(person: Callable[..., User], digital: Workstream) -> User:
    return person("lead-digital", "Lead for Be Digital", ("workstream_lead", digital.scope))


@pytest.fixture
def pm_crm(person: Callable[..., User], crm: Project) -> User:
    return person("pm-crm", "Project Manager, single view of the customer", ("project_manager", crm.scope))


@pytest.fixture
def group_member(person: Callable[..., User], digital_group: Body) -> User:
    return person("champion", "Champion of Be Digital", ("group_member", digital_group.scope))


@pytest.fixture
def auditor(person: Callable[..., User], programme_scope: Scope) -> User:
    return person("auditor", "Internal Auditor", ("auditor", programme_scope))


@pytest.fixture
def staff(person: Callable[..., User], programme_scope: Scope) -> User:
    return person("staff", "Customer Services Adviser", ("staff", programme_scope))
