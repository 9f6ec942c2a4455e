"""Libraries' tables come first, so that an empty database migrates quickly: docs/architecture.md."""

import pytest
from django.apps import apps
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

# Wagtail's tables point at the person, so the table of people alone comes before them.
BEFORE_ALL = ("people", "0001_user")
OUR_PACKAGES = ("portal", "cms", "benefits", "risks", "programme")


@pytest.fixture(scope="module")
def graph() -> MigrationGraph:
    with override_settings(MIGRATION_MODULES={}):  # the suite's own database is made without migrations
        return MigrationLoader(None).graph


def ours(app_label: str) -> bool:
    return apps.get_app_config(app_label).name.split(".")[0] in OUR_PACKAGES


def test_every_library_migrates_before_our_records(graph: MigrationGraph) -> None:
    """Each of some 170 migrations would otherwise draw every record and its history anew."""
    theirs = {key for key in graph.nodes if not ours(key[0])}
    assert len(theirs) > 100
    for key in graph.nodes:
        if ours(key[0]) and key != BEFORE_ALL:
            later = theirs - set(graph.forwards_plan(key))
            assert not later, f"{key} may run before {sorted(later)[:3]}: depend on people.0002_initial"
