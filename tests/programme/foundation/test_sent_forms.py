"""A form that is sent twice is taken once; what is counted is counted rightly, also by several at once."""

import datetime
import re

import pytest
from django.utils import timezone

from programme.foundation import sent_forms, tallies, tasks
from programme.foundation.sent_forms import SentForm
from programme.foundation.tallies import Tally
from programme.foundation.views import SENT_TWICE
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Decision, ExecutiveReport, Project
from tests.threads import at_once, one_database

WHY = {"reason": "Asked for"}
PROJECT = {"name": "Online forms", "stage": "proposal", "classification": "internal", **WHY}
DECISION = {
    "date": "2022-09-20",
    "question": "Shall the record be bought?",
    "outcome": "approved",
    "reasons": "It pays.",
    "classification": "internal",
    **WHY,
}
PERSON = {"post": "Head of Planning", "username": "planning", "password": "A long first word", **WHY}
MILESTONE = {
    "project": "DIG-01",
    "kind": "milestone",
    "name": "Train the team",
    "precision": "day",
    "forecast_finish": "2023-01-20",
}
REPORT = {"date": "2022-09-20", "subject": "Where we stand", **WHY}


def page_of(client, address: str) -> dict[str, str]:
    """What the page of a form at ``address`` sends along unseen."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(once|version)" value="([^"]+)">', html))


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


@pytest.mark.django_db
def test_an_address_for_which_there_is_no_room_leads_to_the_plain_list_the_second_time(rf, programme_manager):
    request = rf.post("/risks/several/", {"once": "a-word", "reason": "Moved"})
    request.user = programme_manager
    long = f"/risks/?q={'x' * 3_000}"
    assert sent_forms.once(request, lambda: long) == (long, True)
    assert sent_forms.once(request, lambda: long) == ("/risks/", False)
    assert len(SentForm.objects.get().address) <= sent_forms.LONGEST


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "typed", "kind"),
    [
        ("/projects/add/", PROJECT, Project),
        ("/board/decisions/enter/", DECISION, Decision),
        ("/people/add/", PERSON, User),
        ("/plan/add/", MILESTONE, Activity),
        ("/programme/reports/add/", REPORT, ExecutiveReport),
    ],
)
def test_the_same_form_sent_twice_makes_one_record_and_leads_to_it(crm, board, manager, address, typed, kind):
    places = {"workstream": crm.workstream_id, "body": board.pk}
    form = {**places, **typed, **page_of(manager, address)}
    before = kind.objects.count()

    first, second = manager.post(address, form), manager.post(address, form)

    assert kind.objects.count() == before + 1
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert SENT_TWICE in manager.get(second["Location"]).content.decode()


@pytest.mark.django_db
def test_going_back_and_typing_something_else_is_another_form(crm, manager):
    form = {"workstream": crm.workstream_id, **PROJECT, **page_of(manager, "/projects/add/")}
    manager.post("/projects/add/", form)
    manager.post("/projects/add/", form | {"name": "Online payments"})
    assert Project.objects.filter(name__startswith="Online").count() == 2


@pytest.mark.django_db
def test_the_same_words_typed_into_a_new_page_are_another_form(crm, manager):
    for _ in range(2):
        form = {"workstream": crm.workstream_id, **PROJECT, **page_of(manager, "/projects/add/")}
        manager.post("/projects/add/", form)
    assert Project.objects.filter(name="Online forms").count() == 2


@pytest.mark.django_db
def test_nobody_is_led_on_by_the_word_of_somebody_else(crm, manager, lead_digital, sign_in):
    form = {"workstream": crm.workstream_id, **PROJECT, **page_of(manager, "/projects/add/")}
    manager.post("/projects/add/", form)
    sign_in(lead_digital).post("/projects/add/", form)
    assert Project.objects.filter(name="Online forms").count() == 2


@pytest.mark.django_db
def test_what_was_refused_can_be_sent_again_from_the_same_page(crm, manager):
    unseen = page_of(manager, "/projects/add/")
    form = {"workstream": crm.workstream_id, **PROJECT, **unseen, "reason": ""}
    refused = manager.post("/projects/add/", form)
    assert refused.status_code == 422
    assert f'name="once" value="{unseen["once"]}"' in refused.content.decode()
    assert not SentForm.objects.exists()
    assert manager.post("/projects/add/", form | WHY).status_code == 302


@pytest.mark.django_db
def test_a_change_sent_twice_is_no_clash_with_oneself(crm, manager):
    address = "/projects/DIG-01/change/"
    form = {"name": "Single view", "classification": "open", **WHY, **page_of(manager, address)}
    first, second = manager.post(address, form), manager.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Project.objects.get(ref="DIG-01").version == crm.version + 1


def test_two_processes_that_are_sent_the_same_take_it_once(
    real_transactions, crm, programme_manager, sign_in, tmp_path
):
    page = page_of(sign_in(programme_manager), "/projects/add/")
    form = {"workstream": crm.workstream_id, **PROJECT, **page}

    def send() -> list[str]:
        return [sign_in(programme_manager).post("/projects/add/", form)["Location"]]

    with one_database(tmp_path):
        assert set(at_once(*[send] * 4)) == {"/projects/DIG-02/"}
        assert at_once(lambda: [Project.objects.filter(name="Online forms").count()]) == [1]


def test_several_who_count_at_once_count_them_all(real_transactions, tmp_path):
    with one_database(tmp_path):
        counted = at_once(*[lambda: [tallies.add("door", seconds=60) for _ in range(5)]] * 4)
        assert sorted(counted) == list(range(1, 21))


@pytest.mark.django_db
def test_the_daily_task_removes_what_need_not_be_remembered(db):
    old, new = timezone.now() - datetime.timedelta(days=3), timezone.now()
    for taken in (old, new):
        SentForm.objects.create(key=str(taken), address="/", taken=taken)
    tallies.add("ended", seconds=-1)
    tallies.add("counts", seconds=60)
    tasks.tidy()
    assert [form.taken for form in SentForm.objects.all()] == [new]
    assert Tally.objects.count() == 1
    assert (sent_forms.forget_old(), tallies.forget_old()) == (0, 0)
