"""Many risks at once, all or none; and the categories of the settings."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.foundation.history import MissingReason, Stale
from risks.actions import risks, settings, several
from risks.models import Risk, RiskCategory, RiskSettings
from risks.reading import findings


@pytest.fixture
def five(make_risk):
    return [make_risk(f"R-00{number}") for number in range(1, 6)]


def test_owner_category_and_place_are_set_with_one_reason(
    five, programme_manager, risk_owner, category, commercial
):
    kind = category()
    facts = {"owner": risk_owner, "category": kind, "scope": commercial.scope}
    changed = several.change(five, by=programme_manager, reason="The register is sorted", **facts)
    assert changed == five
    for risk in Risk.objects.all():
        assert (risk.owner, risk.category, risk.scope) == (risk_owner, kind, commercial.scope)
        assert risk.changes()[0].reason == "The register is sorted"


def test_only_what_differs_is_written(five, programme_manager, risk_owner, fresh):
    several.change(five[:2], owner=risk_owner, by=programme_manager, reason="Assigned")
    changed = several.change(
        [fresh(one) for one in five], owner=risk_owner, by=programme_manager, reason="All"
    )
    assert {one.ref for one in changed} == {"R-003", "R-004", "R-005"}
    assert [fresh(one).version for one in five] == [2, 2, 2, 2, 2]
    several.change([fresh(one) for one in five], owner=None, by=programme_manager, reason="Nobody")
    assert Risk.objects.unowned().count() == 5


def test_one_that_changed_meanwhile_stops_them_all(five, programme_manager, lead_digital, risk_owner, fresh):
    risks.change(fresh(five[3]), title="Reworded", by=lead_digital, reason="Clearer")
    with pytest.raises(Stale):
        several.change(five, owner=risk_owner, by=programme_manager, reason="All")
    assert Risk.objects.unowned().count() == 5


def test_one_that_is_withdrawn_stops_them_all(five, programme_manager, risk_owner):
    risks.withdraw(five[3], by=programme_manager, reason="A duplicate")
    with pytest.raises(ValidationError, match="R-004: withdrawn"):
        several.change(five, owner=risk_owner, by=programme_manager, reason="All")
    assert Risk.objects.unowned().count() == 5


def test_what_cannot_be_set_is_refused(five, programme_manager, board, category, risk_owner):
    gone = category()
    settings.withdraw_category(gone, by=programme_manager, reason="Unused")
    risk_owner.is_active = False
    refused = [{}, {"title": "Same"}, {"scope": board.scope}, {"scope": None}, {"category": gone}]
    for facts in [*refused, {"owner": risk_owner}]:
        with pytest.raises(ValidationError):
            several.change(five, by=programme_manager, reason="All", **facts)
    with pytest.raises(MissingReason):
        several.change(
            five, owner=None, category=None, scope=board.scope.parent, by=programme_manager, reason=""
        )
    assert not Risk.objects.filter(version__gt=1)


def test_queries_do_not_depend_on_how_many(make_risk, programme_manager, risk_owner):
    several_risks = [make_risk(f"R-{number:03}") for number in range(1, 13)]

    def queries(some):
        with CaptureQueriesContext(connection) as counted:
            several.change(some, owner=risk_owner, by=programme_manager, reason="All")
        return len(counted)

    assert queries(several_risks[:2]) == queries(several_risks[2:]) <= 8


# Categories


def test_a_category_is_added_changed_and_withdrawn(programme_manager, make_risk, lead_digital, fresh):
    facts = {"name": "Delivery", "appetite": "cautious", "highest_tolerated": 12}
    kind = settings.add_category(by=programme_manager, reason="Orange Book", **facts)
    risk = make_risk(current=(3, 4), category=kind)
    assert not Risk.objects.filter(findings.outside())
    settings.change_category(kind, highest_tolerated=11, by=programme_manager, reason="Less appetite")
    assert list(Risk.objects.filter(findings.outside())) == [risk]
    with pytest.raises(ValidationError, match="1 risk is in it: move it"):
        settings.withdraw_category(kind, by=programme_manager, reason="Unused")
    risks.change(risk, category=None, by=lead_digital, reason="Unclear")
    settings.withdraw_category(kind, by=programme_manager, reason="Unused")
    assert not RiskCategory.objects.to_choose()
    for action in (settings.withdraw_category, settings.change_category):
        with pytest.raises(ValidationError, match="was withdrawn"):
            action(kind, by=programme_manager, reason="Again")


@pytest.mark.parametrize(
    "facts",
    [
        {"highest_tolerated": 0},
        {"highest_tolerated": 26},
        {"appetite": "hungry"},
        {"name": ""},
        {"name": "Old"},
    ],
)
def test_a_category_that_is_wrong_is_refused(programme_manager, category, facts):
    category("Old")
    facts = {"name": "Delivery", "appetite": "cautious", "highest_tolerated": 12} | facts
    with pytest.raises(ValidationError):
        settings.add_category(by=programme_manager, reason="Orange Book", **facts)


def test_settings_take_no_field_round_the_back(programme_manager, category):
    with pytest.raises(ValidationError, match="not changed here"):
        settings.change_category(category(), withdrawn=True, by=programme_manager, reason="Sly")
    with pytest.raises(ValidationError, match="not changed here"):
        settings.change_intervals(RiskSettings.objects.current(), only=2, by=programme_manager, reason="Sly")
