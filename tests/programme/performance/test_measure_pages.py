"""The register of measures and its forms, as people of different roles meet them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.performance.models import Measure

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Contact online",
    "unit": "per cent",
    "direction": "up",
    "source_document": "Channel shift study",
    "source_as_at": "30 June 2022",
    "basis": "estimate",
    "classification": "internal",
    "reason": "From the study",
}


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def add(client: Any, **typed: Any) -> Any:
    return client.post("/measures/add/", TYPED | typed)


def problems(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_a_lead_adds_a_measure_to_the_own_workstream(lead_digital, digital, sign_in):
    typed = {"target": "90 %", "target_date": "31 March 2025", "trajectory": "31 March 2023: 70\n\n"}
    answer = add(sign_in(lead_digital), home=digital.scope.pk, owner=lead_digital.pk, **typed)
    assert answer.url == "/measures/M-001/"
    one = Measure.objects.get()
    assert (one.target, one.owner, one.workstream) == (Decimal(90), lead_digital, digital)
    assert [point.value for point in one.trajectory.all()] == [70]
    assert one.changes()[0].reason == "From the study"


def test_a_lead_is_offered_no_other_workstream_and_refused_it(lead_digital, digital, agile, sign_in):
    client = sign_in(lead_digital)
    offered = client.get("/measures/add/").context["form"].fields["home"].queryset
    assert list(offered) == [digital.scope]
    assert "home" in problems(add(client, home=agile.scope.pk))
    assert not Measure.objects.exists()


def test_a_project_manager_keeps_measures_of_the_project(pm_crm, crm, sign_in):
    assert add(sign_in(pm_crm), home=crm.scope.pk).status_code == 302
    assert Measure.objects.get().workstream == crm.workstream


def test_staff_do_not_own_measures(lead_digital, digital, staff, sign_in):
    assert "owner" in problems(add(sign_in(lead_digital), home=digital.scope.pk, owner=staff.pk))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"target": "1,25"}, "target", "is not a number"),
        ({"baseline_qualifier": "about"}, "baseline", "Give the baseline as well"),
        ({"target_date": "31 March 2025"}, "target", "Give the target as well"),
        ({"source_as_at": "1 January 2098"}, "source_as_at", "cannot be in the future"),
        ({"trajectory": "soon: 70"}, "trajectory", "Line 1"),
        ({"trajectory": "31 March 2023: many"}, "trajectory", "Line 1: “many” is not a number"),
        ({"trajectory": "31 March 2023"}, "trajectory", "a date, a colon and a value"),
        ({"trajectory": "31 March 2023: 7\n31/3/2023: 8"}, "trajectory", "Line 2: 31 March 2023 stands"),
        (
            {"target": "9", "target_date": "1 May 2023", "trajectory": "31 May 2023: 7"},
            "trajectory",
            "after the target",
        ),
        (
            {"target": "9", "target_date": "1 May 2023", "baseline": "8", "baseline_date": "1 June 2023"},
            "target_date",
            "must be after",
        ),
        ({"classification": "exempt"}, "exempt_reason", "public interest"),
        ({"reason": " "}, "reason", "Say why"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(typed, field, said, lead_digital, digital, sign_in):
    found = problems(add(sign_in(lead_digital), home=digital.scope.pk, **typed))
    assert said in " ".join(found[field])
    assert not Measure.objects.exists()


def test_the_register_says_what_is_known_and_leaves_out_what_was_withdrawn(
    measure, programme_manager, sign_in
):
    from programme.performance.actions import measures

    measure(name="Automated processes", unit="count", baseline=Decimal(75), baseline_qualifier="about")
    gone = measure(name="Counted by nobody")
    measures.withdraw(gone, by=programme_manager, reason="Nobody counts it")
    answer = sign_in(programme_manager).get("/measures/")
    page = words(answer)
    assert answer.context["count"] == 1
    assert "about 75" in page
    assert "Not known" in page
    assert "Counted by nobody" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?workstream=digital", {"M-001", "M-002"}),
        ("?lacks=target", {"M-001"}),
        ("?direction=down", {"M-002"}),
        ("?confirmed=true", set()),
        ("?q=calls", {"M-002"}),
    ],
)
def test_filters_stand_in_the_address(query, found, measure, lead_digital, sign_in):
    measure()
    measure(name="Calls waiting", direction="down", target=Decimal(5))
    table = sign_in(lead_digital).get(f"/measures/{query}").context["table"]
    assert {one.ref for one in table.data} == found


def test_the_register_costs_the_same_however_many_there_are(measure, programme_manager, sign_in):
    client = sign_in(programme_manager)
    client.get("/measures/")  # the first visit of all reads the names that filters offer
    counts = []
    for number in (1, 20):
        for _ in range(number):
            measure(owner=programme_manager)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/measures/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_staff_and_leads_of_others_are_kept_out(measure, staff, lead_agile, sign_in):
    address = measure(target=Decimal(90)).get_absolute_url()
    assert sign_in(staff).get("/measures/").status_code == 403
    assert sign_in(staff).get(address).status_code == 404
    lead = sign_in(lead_agile)
    assert lead.get(address).status_code == 200
    for verb in ("change", "confirm", "withdraw"):
        assert lead.get(f"{address}{verb}/").status_code == 403


def test_figures_are_confirmed_and_the_measure_withdrawn_with_a_reason(measure, lead_digital, sign_in):
    one, client = measure(target=Decimal(90)), sign_in(lead_digital)
    address = one.get_absolute_url()
    assert "the target 90 %" in words(client.get(f"{address}confirm/"))
    client.post(f"{address}confirm/", {"version": 1, "reason": "Read in the study"})
    assert Measure.objects.get().confirmed_by == lead_digital
    client.post(f"{address}withdraw/", {"version": 2, "reason": "Replaced"})
    assert Measure.objects.get().withdrawn
    assert client.get(f"{address}change/").status_code == 404


def test_the_form_of_a_change_holds_what_is_known(measure, lead_digital, sign_in):
    one = measure(
        baseline=Decimal("12.5"), trajectory={datetime.date(2023, 3, 31): Decimal(70)}, unit="minutes"
    )
    page = words(sign_in(lead_digital).get(f"{one.get_absolute_url()}change/"))
    assert 'value="12.5"' in page
    assert "31 March 2023: 70" in page
