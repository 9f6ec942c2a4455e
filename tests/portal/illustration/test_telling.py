"""The illustration: made-up work, dated by when it took effect, done by its own people."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programme.foundation import calendar
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Project

pytestmark = pytest.mark.django_db


def test_it_asks_for_the_business_case_first():
    with pytest.raises(CommandError, match="Load the business case first"):
        call_command("load_illustration")


def test_production_refuses_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Production holds real work only"):
        call_command("load_illustration")


def test_the_story_as_told(story_told):
    assert calendar.today() == datetime.date(2022, 11, 30)
    move = Activity.objects.get(ref="DIG-01-M01").changes()[0]
    assert move.when.date() == datetime.date(2022, 11, 14)
    assert move.recorded.year >= 2026, "the time of recording is the database's own"
    assert move.who.username == "pm-crm"
    assert move.reason.startswith("Illustration: ")

    before = Project.objects.get(ref="DIG-02").as_at(datetime.date(2022, 9, 1))
    assert before.stage == "outline_business_case"
    assert Project.objects.get(ref="DIG-02").stage_decision.date == datetime.date(2022, 10, 12)
    assert Activity.objects.filter(original_finish=None).count() == 0
    assert Decision.objects.get(question__contains="consultation").classification == "exempt"


def test_no_reason_names_an_exempt_decision(story_told):
    exempt = Decision.objects.get(classification="exempt")
    assert exempt.stage_moves.exists()
    for model in (Project, Activity):
        assert not model.history.filter(history_change_reason__contains=exempt.reference).exists()
    assert Project.history.filter(history_change_reason__contains="TB-2022-").exists()


def test_telling_it_again_changes_nothing(story_told):
    rows = Activity.history.count()
    call_command("load_illustration", verbosity=0)
    assert Activity.history.count() == rows
