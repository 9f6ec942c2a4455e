"""The pages of the register: who enters, who corrects, and who sees exempt entries."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.portfolio.models import Decision

pytestmark = pytest.mark.django_db
LIST, ENTER = "/board/decisions/", "/board/decisions/enter/"
NEW = {
    "date": "2022-09-20",
    "question": "Shall the record be bought?",
    "outcome": "approved",
    "reasons": "It pays.",
    "classification": "internal",
    "reason": "From the minutes",
}


def wrong(response) -> dict[str, list[str]]:
    assert response.status_code == 422, response.status_code
    return dict(response.context["form"].errors)


def references(response) -> list[str]:
    return [one.reference for one in response.context["table"].page.object_list.data]


@pytest.fixture
def chair(sro, sign_in):
    return sign_in(sro)


def test_the_sro_and_the_programme_manager_enter_decisions(board, chair, programme_manager, sign_in):
    typed = NEW | {"body": board.pk}
    assert chair.post(ENTER, typed).headers["Location"] == "/board/decisions/TB-2022-001/"
    assert sign_in(programme_manager).post(ENTER, typed | {"date": "6 July 2021"}).headers["Location"] == (
        "/board/decisions/TB-2021-001/"
    )


@pytest.mark.parametrize("who", ["chief_executive", "finance", "lead_digital", "pm_crm", "auditor", "staff"])
def test_nobody_else_does(who, decide, request, sign_in):
    decide(classification="open")
    client = sign_in(request.getfixturevalue(who))
    assert client.get(ENTER).status_code == 403
    assert client.post(f"{LIST}TB-2022-001/correct/", NEW).status_code == (404 if who == "staff" else 403)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"body": ""}, "body"),
        ({"reference": "TB-2022-001"}, "reference"),
        ({"reference": "minutes, p. 3"}, "reference"),
        ({"reference": "T" * 10_000}, "reference"),
        ({"date": ""}, "date"),
        ({"date": "2090-01-01"}, "date"),
        ({"date": "30 February 2022"}, "date"),
        ({"question": "x" * 10_000}, "question"),
        ({"reasons": "a\x07b"}, "reasons"),
        ({"outcome": "maybe"}, "outcome"),
        ({"classification": "exempt", "exempt_paragraphs": ["4"], "exempt_reason": "So"}, "exempt_review"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed, field, decide, board, chair):
    decide()
    response = chair.post(ENTER, NEW | {"body": board.pk} | typed)
    assert list(wrong(response)) == [field]
    assert "From the minutes" in response.content.decode()
    assert Decision.objects.count() == 1


def test_an_exempt_entry_is_listed_counted_and_exported_only_for_those_who_may(
    decide, exempt, chair, lead_digital, sign_in
):
    decide("TB-2022-007", question="Shall posts go?", **exempt)
    lead = sign_in(lead_digital)

    assert references(chair.get(LIST)) == ["TB-2022-007"]
    response = lead.get(f"{LIST}?q=posts")
    assert (references(response), response.context["count"]) == ([], 0)
    assert "TB-2022-007" not in lead.get(f"{LIST}?format=csv").getvalue().decode()
    assert lead.get(f"{LIST}TB-2022-007/").status_code == 404


def test_the_register_filters_by_body_outcome_and_day(decide, digital_group, chair):
    decide()
    decide("TB-2022-002", outcome="rejected", question="=1+1")
    decide("TB-2022-003", body=digital_group)

    assert references(chair.get(f"{LIST}?outcome=rejected")) == ["TB-2022-002"]
    assert references(chair.get(f"{LIST}?body=delivery-digital")) == ["TB-2022-003"]
    assert references(chair.get(f"{LIST}?since=2022-09-21")) == []
    assert references(chair.get(f"{LIST}?sort=reference&until=2022-09-20")) == [
        f"TB-2022-00{n}" for n in (1, 2, 3)
    ]
    rows = list(csv.reader(io.StringIO(chair.get(f"{LIST}?format=csv").getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["Reference", "Date", "Body", "Question", "Outcome", "Class"]
    assert "'=1+1" in rows[2]


def test_staff_do_not_read_the_register(staff, sign_in):
    assert sign_in(staff).get(LIST).status_code == 403


def test_a_correction_is_seen_in_the_history_and_the_past_still_stands(decide, chair):
    decide()
    typed = NEW | {"question": "Shall the customer record be bought?", "version": "1"}
    assert chair.post(f"{LIST}TB-2022-001/correct/", typed).status_code == 302

    assert "Shall it go ahead?" in chair.get(f"{LIST}TB-2022-001/?tab=history").content.decode()
    then = chair.get(f"{LIST}TB-2022-001/?as_at=2022-12-31").content.decode()
    assert "Shall it go ahead?" in then
    assert "customer record" not in then


def test_the_number_of_queries_does_not_grow_with_the_rows(decide, chair):
    def queries() -> int:
        chair.get(LIST)  # the first visit reads the names that filters offer
        with CaptureQueriesContext(connection) as counted:
            chair.get(LIST)
        return len(counted)

    decide()
    few = queries()
    for number in range(2, 21):
        decide(f"TB-2022-{number:03}")
    assert queries() == few <= 12
