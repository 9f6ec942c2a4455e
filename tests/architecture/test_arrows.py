"""Imports, templates and foreign keys point down: portal → cms → benefits → risks → programme."""

import ast
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.backends.django import get_installed_libraries
from django.urls import URLPattern, URLResolver, get_resolver

from .arrows import (
    STANDS_ON,
    app_of,
    import_violations,
    imported_modules,
    may_use,
    template_references,
    template_violations,
)
from .sources import dotted, is_app_file, parsed, python_files, read, templates, without_comments


def test_no_module_imports_what_stands_above_it() -> None:
    modules = [path for path in python_files(migrations=True) if is_app_file(path)]
    found = [
        violation
        for path in modules
        for violation in import_violations(parsed(path), dotted(path), is_package=path.stem == "__init__")
    ]
    assert not found, "\n".join(found)


def test_the_portals_code_never_imports_its_tests() -> None:
    found = [
        str(path)
        for path in python_files()
        if is_app_file(path)
        and any(name.split(".")[0] == "tests" for name in imported_modules(parsed(path), dotted(path)))
    ]
    assert not found, found


def address_owners() -> dict[str, str]:
    """A URL's namespace, or its name where it has none → the app whose module answers."""
    owners: dict[str, str] = {}

    def walk(resolver: URLResolver) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                callback = getattr(pattern.callback, "view_class", pattern.callback)
                if pattern.name and (owner := app_of(callback.__module__)):
                    owners.setdefault(pattern.name, owner)
            elif pattern.namespace:
                module = getattr(pattern.urlconf_module, "__name__", "")
                if owner := app_of(module):
                    owners[pattern.namespace] = owner
            else:
                walk(pattern)

    walk(get_resolver())
    return owners


def test_no_template_uses_what_stands_above_its_app() -> None:
    libraries, addresses = get_installed_libraries(), address_owners()
    found = []
    for path in templates():
        name = "/".join(path.parts[path.parts.index("templates") + 1 :])
        text = without_comments(read(path))
        found += template_violations(name, text, libraries=libraries, addresses=addresses)
    assert not found, "\n".join(found)


def test_foreign_keys_point_down() -> None:
    found = []
    for model in apps.get_models(include_auto_created=True):
        user = app_of(model.__module__)
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if not user or field.auto_created or not hasattr(target, "_meta"):
                continue
            used = app_of(target.__module__)
            # Anything may point at the person who did it: the user model is a setting, not a dependency.
            if target._meta.label != settings.AUTH_USER_MODEL and used and not may_use(user, used):
                found.append(f"{model._meta.label}.{field.name} points up at {target._meta.label}")
    assert not found, "\n".join(found)


def test_foundation_stands_on_nothing() -> None:
    assert STANDS_ON["foundation"] == set()


# The rules above, tried on sources that break them.


def violations(source: str, module: str) -> list[str]:
    return import_violations(ast.parse(source), module)


def test_an_import_upwards_is_found_however_it_is_written() -> None:
    assert violations("from portal.home import waiting", "programme.plan.models")
    assert violations("import cms.models", "benefits.actions")
    assert violations("from programme import plan", "programme.portfolio.models")
    assert violations("from ..plan.models import Activity", "programme.portfolio.models")
    assert violations("from .. import plan", "programme.people.grants")
    assert violations("def later():\n    from programme.people import models", "programme.foundation.jobs")
    assert violations("apps.get_model('benefits.BenefitLine')", "programme.plan.figures")
    assert violations("from programme.board.models import Meeting", "programme.performance.models")
    assert violations("from benefits.models import BenefitLine", "risks.models")


def test_an_import_downwards_or_sideways_within_the_app_is_fine() -> None:
    assert not violations("from programme.foundation.calendar import today", "programme.plan.models")
    assert not violations("from ..foundation import money", "programme.people.models")
    assert not violations("from . import choices", "programme.plan.models")
    assert not violations("from programme.board.models import Meeting", "programme.reporting.models")
    assert not violations("import benefits, risks, cms, django", "portal.views")
    assert not violations("from risks.models import Risk", "benefits.models")


def test_a_relative_import_in_a_package_counts_from_the_package() -> None:
    tree = ast.parse("from ..plan import x")
    assert "programme.plan" in set(imported_modules(tree, "programme.portfolio", is_package=True))
    assert "plan" in set(imported_modules(tree, "programme.portfolio", is_package=False))


def references(name: str, text: str) -> list[str]:
    libraries = {"plan_tags": "programme.plan.templatetags.plan_tags", "i18n": "django.templatetags.i18n"}
    return template_violations(name, text, libraries=libraries, addresses={"plan": "plan", "home": "portal"})


def test_a_template_that_reaches_up_is_found() -> None:
    assert references("people/list.html", "{% load i18n plan_tags %}")
    assert references("people/list.html", "{% load bar from plan_tags %}")
    assert references("portfolio/project.html", "{% url 'plan:activity' pk=1 %}")
    assert references("portfolio/project.html", "{% include 'plan/row.html' with a=b %}")
    assert references("plan/activity.html", '{% extends "benefits/record.html" %}')
    assert references("plan/activity.html", "{% url 'home' %}")
    assert references("components/tag.html", "{% url 'plan:activity' pk=1 %}")


def test_a_template_that_reaches_down_or_stands_in_the_frame_is_fine() -> None:
    text = '{% extends "base.html" %}{% load i18n plan_tags %}{% include "components/tag.html" %}'
    assert not references("plan/activity.html", text)
    assert not references("base.html", "{% url 'home' %}")
    assert not references("gallery/index.html", "{% url 'plan:activity' pk=1 %}")
    assert not references("plan/activity.html", "{% include row.template_name %}")


def test_words_in_a_template_comment_are_not_read() -> None:
    text = "{# {% url 'home' %} #}{% comment %}{% load x %}{% endcomment %}"
    assert not list(template_references(without_comments(text)))


def test_modules_know_their_names() -> None:
    assert dotted(Path("programme/plan/models/__init__.py")) == "programme.plan.models"
    assert app_of("programme.plan.models") == "plan"
    assert app_of("django.db") is None
