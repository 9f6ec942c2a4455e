"""A benefit, or a line, that was withdrawn and is only then found to hold exempt matter is made exempt."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from benefits.actions import benefits, lines
from benefits.models import CostLine, StatedFigure
from tests.cast import written
from tests.savings import SOURCE

pytestmark = pytest.mark.django_db
PAGE, LINE = "/benefits/B-001/", "/benefits/B-001/lines/B-001-L1/"


@pytest.fixture
def gone(benefit, digital, lead_digital, on_30_november):
    made = benefit("B-001", home=digital, lines=[{"forecast": {"2023/24": 10_000}}])
    return benefits.withdraw(made, by=lead_digital, reason="Counted twice")


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_a_withdrawn_benefit_is_made_exempt_and_its_lines_with_it(
    gone, make_exempt, sign_in, lead_digital, group_member
):
    assert sign_in(group_member).get(PAGE).status_code == 200
    assert "Change who may see it" in sign_in(lead_digital).get(PAGE).text
    assert make_exempt(lead_digital, PAGE) == 302
    assert fresh(gone).withdrawn
    assert {fresh(gone).classification, *gone.lines.values_list("classification", flat=True)} == {"exempt"}
    for page in (PAGE, LINE, f"{PAGE}?tab=history"):
        assert sign_in(group_member).get(page).status_code == 404, page
    assert make_exempt(lead_digital, LINE, classification="internal") == 422


def test_so_is_a_line_alone(gone, make_exempt, sign_in, lead_digital, group_member):
    assert "Change who may see it" in sign_in(lead_digital).get(LINE).text
    assert make_exempt(lead_digital, LINE) == 302
    assert sign_in(group_member).get(LINE).status_code == 404
    assert sign_in(group_member).get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("lead_commercial", 403), ("auditor", 403), ("group_member", 403), ("staff", 404)]
)
def test_only_whoever_keeps_it_does(request, gone, make_exempt, who, status):
    person = request.getfixturevalue(who)
    assert make_exempt(person, PAGE) == make_exempt(person, LINE) == status
    assert fresh(gone).classification == "internal"


def test_nothing_else_is_changed_by_it(gone, make_exempt, lead_digital):
    assert make_exempt(lead_digital, PAGE, reason=" ") == 422
    for action, record in ((benefits, gone), (lines, gone.lines.get())):
        with pytest.raises(ValidationError, match="not changed here"):
            action.classify(fresh(record), name="Another", by=lead_digital, reason="A name")


def test_of_what_is_in_use_the_form_that_changes_it_asks(benefit, digital, make_exempt, lead_digital):
    benefit("B-001", home=digital, lines=[{"forecast": {"2023/24": 10_000}}])
    assert make_exempt(lead_digital, PAGE) == make_exempt(lead_digital, LINE) == 404


@pytest.mark.parametrize(
    ("model", "address", "who"),
    [
        (CostLine, "/benefits/investment/C-900/", "programme_manager"),
        (StatedFigure, "/benefits/reconciliation/figures/F-900/", "programme_manager"),
    ],
)
def test_so_are_a_cost_line_and_a_stated_figure(
    request, digital, make_exempt, sign_in, group_member, model, address, who
):
    keeper = request.getfixturevalue(who)
    facts = {"ref": address.split("/")[-2], "amount": Decimal(1), "scope": digital.scope, **SOURCE}
    facts |= {"measure": "annual_savings"} if model is StatedFigure else {"name": "The clerk"}
    facts |= {"confirmed_by": keeper, "basis": "budget"}
    record = written(model(**facts))
    record.withdraw(by=keeper, reason="Entered twice")
    assert sign_in(group_member).get(address).status_code == 200
    assert "Change who may see it" not in sign_in(group_member).get(address).text
    assert "Change who may see it" in sign_in(keeper).get(address).text
    assert make_exempt(group_member, address) == 403
    assert make_exempt(keeper, address, reason="") == 422
    assert make_exempt(keeper, address) == 302
    assert sign_in(group_member).get(address).status_code == 404
