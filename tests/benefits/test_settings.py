"""What is settled about benefits: who may, what is refused at the field, what held when, and what follows."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from benefits.actions import settings as actions
from benefits.models import BenefitsSettings
from programme.foundation.models import Clock

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/benefits/settings/", "/benefits/settings/change/"
TYPED = {
    "discount_rate": "3.5",
    "horizon": "10",
    "smallest_group": "5",
    "reason": "Agreed with the Section 151 officer",
}


@pytest.fixture(autouse=True)
def on_30_november(db: None) -> None:
    Clock(pk=1, fixed_on=datetime.date(2022, 11, 30)).save()


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def settle(client: Any, version: int = 0, **typed: str) -> Any:
    return client.post(CHANGE, TYPED | typed | {"version": str(version)})


@pytest.fixture
def office(programme_manager, sign_in) -> Any:
    return sign_in(programme_manager)


def test_until_somebody_settles_anything_the_defaults_hold(office):
    page = words(office.get(PAGE))
    assert "3.5 %, real" in page
    assert "10 years: years 0 to 9" in page
    assert "None is assumed" in page
    assert "5 posts" in page
    assert not BenefitsSettings.objects.exists()


def test_the_office_settles_them_with_a_reason_and_history_says_what_held_when(office):
    Clock.objects.update(fixed_on=datetime.date(2022, 7, 6))
    assert settle(office, discount_rate="3 %", horizon="12").url == PAGE
    Clock.objects.update(fixed_on=datetime.date(2022, 11, 30))
    typed = {"horizon_date_day": "1/4/2028", "horizon_date_words": "A successor authority takes over"}
    assert settle(office, 1, discount_rate="2.75", **typed).status_code == 302
    page = words(office.get(PAGE))
    assert "1 April 2028: A successor authority takes over" in page
    for since, rate in (("From 30 November 2022", "2.75 %"), ("From 6 July 2022", "3 %")):
        assert f'{since}</th><td class="govuk-table__cell govuk-table__cell--numeric">{rate}' in page
    assert "From the start" in page
    then = words(office.get(f"{PAGE}?as_at=2022-08-01"))
    assert "3 %, real" in then
    assert "2.75" not in then
    assert "3.5 %, real" in words(office.get(f"{PAGE}?as_at=2022-07-05")), "before that the defaults held"
    assert "Agreed with the Section 151 officer" in words(office.get(f"{PAGE}?tab=history"))


def test_the_payback_page_opens_with_what_is_settled(office):
    typed = {"horizon_date_day": "1/4/2028", "horizon_date_words": "A successor authority takes over"}
    settle(office, discount_rate="2", horizon="8", **typed)
    page = words(office.get("/benefits/payback/"))
    assert 'name="rate" value="2' in page
    assert 'name="horizon" value="8"' in page
    assert "An assumption, settled as 1 April 2028: A successor authority takes over." in page
    assert f'href="{PAGE}"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"discount_rate": "three"}, "“three” is not a rate in per cent a year"),
        ({"discount_rate": "-1"}, "“-1” is not a rate in per cent a year"),
        ({"discount_rate": "26"}, "A rate is between 0 and 25 per cent a year."),
        ({"discount_rate": "3.555"}, "At most two figures after the point, such as 3.25."),
        ({"horizon": "31"}, "“31” is not a horizon"),
        ({"horizon": "0"}, "“0” is not a horizon"),
        ({"smallest_group": "2"}, "“2” is not a smallest group; write a whole number of posts from 3 to 50."),
        ({"smallest_group": "5.5"}, "“5.5” is not a smallest group"),
        ({"horizon_date_day": "30/2/2028", "horizon_date_words": "X"}, "must be a real date"),
        ({"horizon_date_day": "1/4/1980", "horizon_date_words": "X"}, "must be between 1 April 1990"),
        ({"horizon_date_day": "1/4/2028"}, "Say what happens on the horizon date"),
        ({"horizon_date_words": "Takes over"}, "Give the day on which this happens"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_kept(office, typed, said):
    answer = settle(office, **typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not BenefitsSettings.objects.exists()


def test_only_the_office_and_finance_settle_and_staff_do_not_read(
    finance, sro, lead_digital, auditor, staff, sign_in
):
    assert sign_in(finance).get(CHANGE).status_code == 200
    for user in (sro, lead_digital, auditor):
        client = sign_in(user)
        assert "Change the settings" not in words(client.get(PAGE))
        assert settle(client).status_code == 403
    assert sign_in(staff).get(PAGE).status_code == 403


@pytest.mark.parametrize("settled_before", [False, True])
def test_two_who_settle_at_once_do_not_overwrite_each_other(office, finance, sign_in, settled_before):
    if settled_before:
        settle(office)
    version = 1 if settled_before else 0
    assert settle(office, version, horizon="12").status_code == 302
    answer = settle(sign_in(finance), version, horizon="20")
    assert answer.status_code == 409
    assert BenefitsSettings.objects.get().horizon == 12


def test_the_action_itself_refuses_a_date_without_words_and_the_reverse(finance):
    for facts in ({"horizon_date": datetime.date(2028, 4, 1)}, {"horizon_date_words": "Takes over"}):
        with pytest.raises(ValidationError):
            actions.settle(BenefitsSettings(), by=finance, reason="Because", **facts)
    with pytest.raises(ValidationError, match="not settled here"):
        actions.settle(BenefitsSettings(), by=finance, reason="Because", only=2)
    with pytest.raises(ValidationError):
        actions.settle(BenefitsSettings(), by=finance, reason="Because", discount_rate=Decimal(26))


def test_few_queries(office, django_assert_max_num_queries):
    settle(office)
    with django_assert_max_num_queries(14):
        office.get(PAGE)
