"""Governed records: no write without who and why, whichever way it is tried; what history then says."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, QuerySet
from django.test.utils import CaptureQueriesContext

from programme.foundation import changes
from programme.foundation.history import (
    BackDatingRefused,
    MissingReason,
    MissingWho,
    Stale,
    UntrackedWrite,
    plain_reason,
)
from programme.people.models import Scope, User
from programme.portfolio.models import CorporatePriority, Project
from tests.cast import BEGINNING, MOMENT

LATER = MOMENT + datetime.timedelta(days=30)


def priority(name="Digital by design", position=1):
    return CorporatePriority(name=name, position=position)


@pytest.fixture
def recorded(installation):
    return priority().record(by=installation, reason="From the corporate plan", effective=MOMENT)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_every_other_way_of_writing_is_refused(recorded, crm, digital):
    rows = CorporatePriority.objects.all()
    recorded.name = "Slipped past"
    ways = [
        recorded.save,
        recorded.save_base,
        recorded.delete,
        lambda: recorded.save(update_fields=["name"]),
        lambda: rows.update(name="x"),
        rows.delete,
        lambda: rows.create(name="x", position=2),
        lambda: rows.get_or_create(name="x", position=2),
        lambda: rows.update_or_create(name=recorded.name, defaults={"position": 9}),
        lambda: rows.bulk_create([priority("x")]),
        lambda: rows.bulk_update([recorded], ["name"]),
        lambda: digital.projects.update(name="x"),
        lambda: digital.projects.create(ref="DIG-99", name="x"),
        lambda: digital.projects.add(crm),
    ]
    for way in ways:
        with pytest.raises(UntrackedWrite):
            way()
    assert fresh(recorded).name == "Digital by design"
    assert CorporatePriority.objects.count() == recorded.history.count() == 1


def test_fixtures_slip_nothing_past(recorded):
    from django.core import serializers

    text = serializers.serialize("json", [recorded]).replace("Digital by design", "Slipped past")
    (one,) = serializers.deserialize("json", text)
    with pytest.raises(UntrackedWrite):
        one.save()
    assert fresh(recorded).name == "Digital by design"


@pytest.mark.parametrize("reason", ["", "  ", "\n", "\x00\x07", "\u200b\u2060", "\u3164", None])
def test_a_write_needs_a_reason(reason, installation, recorded):
    recorded.name = "Renamed"
    for write in (
        lambda: recorded.record(by=installation, reason=reason),
        lambda: recorded.withdraw(by=installation, reason=reason),
        lambda: CorporatePriority.objects.bulk_record([priority("x")], by=installation, reason=reason),
    ):
        with pytest.raises(MissingReason):
            write()
    assert not recorded.withdrawn
    assert fresh(recorded).name == "Digital by design"


def test_a_write_needs_a_person(recorded):
    for nobody in (None, User(username="not yet saved")):
        with pytest.raises(MissingWho):
            recorded.record(by=nobody, reason="Why not")
        with pytest.raises(MissingWho):
            CorporatePriority.objects.bulk_record([priority("x")], by=nobody, reason="Why not")


def test_the_database_refuses_a_history_row_without_reason_or_person(recorded, installation):
    row = recorded.history.get()
    for broken in ({"history_change_reason": ""}, {"history_change_reason": None}, {"history_user_id": None}):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
        copy = type(row)(**(values | broken | {"history_id": None}))
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_reasons_are_kept_without_control_characters():
    assert plain_reason("  Agreed\x00 by\x1b the\r\nboard \n") == "Agreed by the\nboard"
    assert plain_reason("=1+1 <b>") == "=1+1 <b>"


def test_a_person_who_stands_in_history_cannot_be_deleted(recorded, staff, programme_manager):
    fresh(recorded).record(by=staff, reason="Looked at it")
    with pytest.raises(ProtectedError), transaction.atomic():
        User.objects.filter(pk=staff.pk).delete()


def test_versions_count_and_whoever_is_late_is_told(recorded, installation):
    mine, theirs = fresh(recorded), fresh(recorded)
    theirs.name = "Theirs"
    theirs.record(by=installation, reason="First")
    mine.name = "Mine"
    with pytest.raises(Stale, match="Somebody else changed this corporate priority"):
        mine.record(by=installation, reason="Second")
    with pytest.raises(Stale):
        CorporatePriority.objects.bulk_record([mine], by=installation, reason="Second")
    assert (fresh(recorded).name, fresh(recorded).version) == ("Theirs", 2)
    assert recorded.history.count() == 2


def test_what_the_database_refuses_leaves_nothing_behind_and_can_be_tried_again(crm, installation, digital):
    crm.name = "Renamed"
    crm.full_clean = lambda: None  # as if another request had broken the rule in between
    crm.ref, kept = None, crm.ref
    with pytest.raises(IntegrityError), transaction.atomic():
        crm.record(by=installation, reason="Broken")
    assert crm.history.count() == 1
    crm.ref = kept
    crm.record(by=installation, reason="Mended")
    assert (fresh(crm).name, fresh(crm).version) == ("Renamed", 2)


def test_rules_are_asked_before_anything_is_written(crm, installation):
    crm.ref = "not a reference"
    with pytest.raises(ValidationError):
        crm.record(by=installation, reason="Broken")
    assert (fresh(crm).ref, crm.history.count()) == ("DIG-01", 1)


def test_many_are_written_with_history_or_none(recorded, installation):
    recorded.name = "Changed"
    batch = [recorded, priority("New", 2), priority("Newer", 3)]
    CorporatePriority.objects.bulk_record(batch, by=installation, reason="Plan of 2022", effective=LATER)
    for one in batch:
        entry = fresh(one).changes()[0]
        assert (entry.who, entry.reason, entry.when) == (installation, "Plan of 2022", LATER)
    assert [entry.kind for entry in recorded.changes()] == ["changed", "created"]
    assert fresh(recorded).version == 2
    recorded.name = "Changed again"
    with pytest.raises(ValidationError):
        CorporatePriority.objects.bulk_record([recorded, priority("New", 4)], by=installation, reason="Twice")
    assert fresh(recorded).name == "Changed"


def test_the_history_of_many_holds_every_field_as_the_history_of_one_does(crm, installation):
    crm.purpose, crm.estimated_cost = "“Quoted”, 100 % and\na second line", Decimal("12345.60")
    crm.classification, crm.exempt_paragraphs = "exempt", [3, 5]
    crm.exempt_reason, crm.exempt_review = "A contract is negotiated.", LATER.date()
    type(crm).objects.bulk_record([crm], by=installation, reason="Many")
    of_many, stood = crm.history.latest(), fresh(crm)
    stood.record(by=installation, reason="One")
    of_one = crm.history.latest()
    own = [field.attname for field in crm._meta.concrete_fields if field.name != "version"]
    assert {name: getattr(of_many, name) for name in own} == {name: getattr(of_one, name) for name in own}
    assert {name: getattr(of_many, name) for name in own} == {name: getattr(stood, name) for name in own}
    assert (of_many.version, of_many.history_type, of_many.history_user) == (2, "~", installation)
    assert of_many.recorded <= of_one.recorded


def test_many_cost_no_more_queries_than_few(installation):
    def queries(numbers):
        batch = [priority(f"Priority {number}", number) for number in numbers]
        with CaptureQueriesContext(connection) as seen:
            CorporatePriority.objects.bulk_record(batch, by=installation, reason="Plan", clean=False)
        return len(seen)

    assert queries(range(100, 120)) == queries(range(2))


def test_the_same_record_twice_in_one_batch_is_refused(recorded, installation):
    with pytest.raises(Stale):
        CorporatePriority.objects.bulk_record(
            [fresh(recorded), fresh(recorded)], by=installation, reason="Twice", clean=False
        )


def test_production_dates_every_change_itself(recorded, installation, settings):
    settings.PRODUCTION = True
    with pytest.raises(BackDatingRefused):
        recorded.record(by=installation, reason="Earlier", effective=MOMENT)
    with pytest.raises(BackDatingRefused):
        CorporatePriority.objects.bulk_record(
            [priority("x")], by=installation, reason="Earlier", effective=MOMENT
        )
    assert recorded.record(by=installation, reason="Now").version == 2


def test_the_time_of_recording_is_the_databases_own(recorded):
    entry = recorded.changes()[0]
    assert entry.when == MOMENT
    assert entry.recorded.year >= 2026
    row = recorded.history.get()
    row.recorded = MOMENT
    with pytest.raises(Exception, match="may not be changed"), transaction.atomic():
        row.save()


def test_a_withdrawn_record_stays_and_is_out_of_use(recorded, installation):
    recorded.withdraw(by=installation, reason="Merged with another")
    assert recorded not in CorporatePriority.objects.live()
    assert recorded in CorporatePriority.objects.all()
    assert recorded.changes()[0].kind == "withdrawn"


def test_records_stand_as_they_stood_at_the_end_of_a_day_in_london(recorded, installation):
    recorded.name = "Renamed"
    late = datetime.datetime(
        2022, 8, 3, 22, 59, 59, tzinfo=datetime.UTC
    )  # a second before midnight in London
    recorded.record(by=installation, reason="Renamed", effective=late)
    names = {
        day: [one.name for one in CorporatePriority.objects.all().as_at(day)]
        for day in (
            BEGINNING - datetime.timedelta(1),
            BEGINNING,
            datetime.date(2022, 8, 2),
            datetime.date(2022, 8, 3),
        )
    }
    assert list(names.values()) == [[], ["Digital by design"], ["Digital by design"], ["Renamed"]]
    assert recorded.as_at(BEGINNING).name == "Digital by design"
    assert recorded.as_at(BEGINNING - datetime.timedelta(1)) is None


def test_of_two_changes_in_one_moment_the_later_counts(recorded, installation):
    for name in ("One", "Two"):
        recorded.name = name
        recorded.record(by=installation, reason=name, effective=LATER)
    assert recorded.as_at(LATER.date()).name == "Two"
    assert [entry.reason for entry in recorded.changes()][:2] == ["Two", "One"]


def test_many_records_stand_as_they_stood_in_one_query(make_project, digital):
    for number in range(2, 12):
        make_project(digital, f"DIG-{number:02}")
    with CaptureQueriesContext(connection) as seen:
        assert len(Project.objects.filter(workstream=digital).as_at(BEGINNING)) == 10
    assert len(seen) == 1


def test_changes_are_told_field_by_field_in_words(crm, installation, agile):
    crm.workstream = agile
    crm.estimated_cost = "487000"
    crm.approved_start = datetime.date(2022, 9, 5)
    crm.stage = "delivery"
    crm.classification, crm.exempt_paragraphs = "exempt", [1, 4]
    crm.exempt_reason, crm.exempt_review = "Posts", datetime.date(2023, 7, 4)
    crm.record(by=installation, reason="Agreed")
    told = {field.label: (field.old, field.new) for field in crm.changes()[0].fields}
    assert told["Workstream"] == ("Be Digital", "Be Agile and Sustainable")
    assert told["Estimated cost"] == ("", "£487,000")
    assert told["Approved start"] == ("", "5 September 2022")
    assert told["Stage"] == ("", "Delivery")
    assert told["Paragraphs of Schedule 12A"] == ("", "1; 4")
    assert "Version" not in told


def test_a_history_costs_the_same_however_long_and_however_many(recorded, installation, person):
    def queries(record):
        with CaptureQueriesContext(connection) as seen:
            assert all(str(entry.who) for entry in record.changes())
        return len(seen)

    few = queries(recorded)
    for number in range(10):
        recorded.position = number + 2
        recorded.record(by=person(f"person-{number}"), reason="Moved")
    assert queries(recorded) == few


def test_histories_of_several_records_are_told_as_one(programme_scope, digital, programme_manager):
    scopes = list(Scope.objects.all())
    entries = changes.of_all(scopes, programme_manager)
    assert {entry.subject for entry in entries} == {str(scope) for scope in scopes}
    assert len(entries) == len(scopes)
    assert changes.of_all([], programme_manager) == []


def test_history_is_kept_by_the_plainest_queryset_too(recorded):
    history = type(recorded.history.get())
    with pytest.raises(Exception, match="may not be changed"), transaction.atomic():
        QuerySet(history).update(history_change_reason="Another reason")
    with pytest.raises(Exception, match="may not be changed"), transaction.atomic():
        QuerySet(history).delete()
