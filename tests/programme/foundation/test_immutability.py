"""What must not change is guarded by the database, and a check says where it is not."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from programme.foundation import immutability
from programme.foundation.history import Tracked
from programme.people.models import Profile


def run(statement, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_the_history_of_every_governed_record_is_among_the_guarded():
    tables = set(immutability.immutable_tables())
    tracked = [model for model in apps.get_models() if issubclass(model, Tracked)]
    assert tracked
    assert {model.history.model._meta.db_table for model in tracked} <= tables
    # A record that says of itself that it never changes, such as a review of a risk, is guarded as well.
    changing = [model for model in tracked if not issubclass(model, immutability.Immutable)]
    assert not {model._meta.db_table for model in changing} & tables


def test_names_of_triggers_are_all_different():
    tables = immutability.immutable_tables()
    names = [name for table in tables for name in immutability._trigger_names(table, "postgresql")]
    assert len(set(names)) == len(names)


def test_sql_itself_cannot_change_or_delete_history(staff):
    for statement in (
        "UPDATE people_historicalprofile SET post = 'x'",
        "DELETE FROM people_historicalprofile",
    ):
        with pytest.raises(DatabaseError, match="may not be changed or deleted"):
            run(statement)
    assert Profile.history.exclude(post="x").exists()


def test_replacing_a_row_is_refused_as_well(staff):
    again = "INTO people_historicalprofile SELECT * FROM people_historicalprofile WHERE true"
    replace = {
        "sqlite": f"REPLACE {again}",
        "postgresql": f"INSERT {again} ON CONFLICT (history_id) DO UPDATE SET post = 'x'",
    }
    with pytest.raises(DatabaseError, match="may not be changed or deleted"):
        run(replace[connection.vendor])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_history_cannot_be_emptied_at_once(staff):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what this transaction has still to check would refuse it
    with pytest.raises(DatabaseError, match="may not be changed or deleted"):
        run("TRUNCATE people_historicalprofile")
    assert Profile.history.exists()


def test_a_guarded_table_still_takes_new_rows(staff, installation):
    before = Profile.history.count()
    staff.profile.record(by=installation, reason="Looked at")
    assert Profile.history.count() == before + 1


def test_a_missing_trigger_is_named_and_put_back_by_migrating(db):
    call_command("check", databases=["default"])
    place = "" if connection.vendor == "sqlite" else " ON people_historicalprofile"
    run(f"DROP TRIGGER people_historicalprofile_no_delete{place}")
    with pytest.raises(SystemCheckError, match="Rows of people_historicalprofile can be changed"):
        call_command("check", databases=["default"])
    immutability.install_triggers(apps.get_app_config("foundation"), using="default")
    call_command("check", databases=["default"])


def test_nothing_is_asked_of_databases_not_named():
    assert immutability.check_triggers(None, databases=None) == []
