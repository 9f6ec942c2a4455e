"""Choices of columns that were kept under a name: looked at, withdrawn with a reason, and told in history."""

import pytest

from risks.models import ColumnMapping
from tests.cast import written

pytestmark = pytest.mark.django_db
LIST = "/risks/workbook/mappings/"
FILE = b"Danger,Chance,Harm\r\nFire,dire,3\r\n"


@pytest.fixture
def kept(db):
    columns = {"danger": "event", "chance": "current_likelihood", "harm": "current_impact"}
    return written(ColumnMapping(name="Danger lists", columns=columns, words={"dire": 5}))


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


def test_they_are_listed_with_what_they_say(manager, kept, said):
    page = said(manager.get(LIST))
    assert "Danger lists" in page
    assert "danger → What may happen" in page
    assert "dire = 5" in page
    assert "Withdraw Danger lists" in page
    assert "current_likelihood" not in page


def test_withdrawn_they_are_offered_no_more_and_who_and_why_stays(
    manager, kept, send, said, fresh, programme_manager
):
    assert send(manager, FILE, "dangers.csv").context["view"].chosen == kept
    page = manager.get(f"{LIST}{kept.pk}/withdraw/")
    sent = {"version": page.context["version"], "reason": "Nobody sends these now"}
    answer = manager.post(f"{LIST}{kept.pk}/withdraw/", sent, follow=True)
    assert "Danger lists is withdrawn." in said(answer)
    assert "Withdraw Danger lists" not in said(answer)
    assert "Nobody sends these now" in said(answer)
    last = fresh(kept).changes()[0]
    assert (last.kind, last.who) == ("withdrawn", programme_manager)
    columns = send(manager, FILE, "dangers.csv")
    assert columns.context["view"].chosen is None
    assert manager.get(f"{columns.request['PATH_INFO']}?mapping={kept.pk}").context["view"].chosen is None
    assert manager.get(f"{LIST}{kept.pk}/withdraw/").status_code == 404


def test_without_a_reason_they_stay(manager, kept, fresh):
    assert manager.post(f"{LIST}{kept.pk}/withdraw/", {"version": "1", "reason": " "}).status_code == 422
    assert not fresh(kept).withdrawn


def test_changed_by_somebody_else_meanwhile_they_stay(manager, kept, fresh):
    written(fresh(kept))
    answer = manager.post(f"{LIST}{kept.pk}/withdraw/", {"version": "1", "reason": "Old"})
    assert answer.status_code == 409
    assert not fresh(kept).withdrawn


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("pm_crm", 403), ("staff", 404)])
def test_only_those_who_load_registers_see_or_withdraw_them(request, sign_in, kept, fresh, who, status):
    reader = sign_in(request.getfixturevalue(who))
    address = f"{LIST}{kept.pk}/withdraw/"
    assert reader.get(LIST).status_code == 403
    assert reader.get(address).status_code == status
    assert reader.post(address, {"version": "1", "reason": "Mine"}).status_code == status
    assert not fresh(kept).withdrawn
