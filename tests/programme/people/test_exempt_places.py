"""A project that may not be known of is not named by those who were appointed to it."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from programme.people.models import Scope

EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "Talks with a partner are not finished.",
    "exempt_review": datetime.date(2023, 3, 31),
}


@pytest.fixture
def hidden(make_project, commercial):
    return make_project(commercial, "COM-05", "Share of a company", **EXEMPT)


@pytest.fixture
def author(person, crm, hidden):
    """Manages an open project, and writes for an exempt one."""
    return person("writer", "Project Writer", ("project_manager", crm.scope), ("author", hidden.scope))


def everything_about(author, client):
    """What the pages of people and their files say of ``author``."""
    pages = ["/people/", author.get_absolute_url(), f"{author.get_absolute_url()}?tab=history"]
    found = [client.get(page).text for page in [*pages, f"{author.get_absolute_url()}?as_at=2022-08-01"]]
    found.append(b"".join(client.get("/people/?format=csv").streaming_content).decode())
    book = load_workbook(io.BytesIO(b"".join(client.get("/people/?format=xlsx").streaming_content)))
    found += [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    return "\n".join(found)


def test_who_may_not_know_of_a_project_is_told_of_no_appointment_to_it(
    author, lead_digital, group_member, communications_only, sign_in
):
    for viewer in (lead_digital, group_member, communications_only):
        said = everything_about(author, sign_in(viewer))
        assert "Project manager, DIG-01 Single view of the customer" in said
        for kept in ("COM-05", "Share of a company", "Author, "):
            assert kept not in said, kept


def test_who_may_know_of_it_sees_who_holds_what(author, lead_commercial, programme_manager, auditor, sign_in):
    for viewer in (lead_commercial, programme_manager, auditor):
        assert "Author, COM-05 Share of a company" in everything_about(author, sign_in(viewer))


def test_everybody_sees_what_they_hold_themselves(author, sign_in):
    assert "Author, COM-05 Share of a company" in everything_about(author, sign_in(author))


def test_no_filter_finds_what_the_list_keeps_back(author, lead_digital, lead_commercial, sign_in):
    assert "Project Writer" not in sign_in(lead_digital).get("/people/?role=author").text
    assert "Project Writer" in sign_in(lead_commercial).get("/people/?role=author").text


def test_places_are_known_but_for_projects_kept_back(
    hidden, crm, lead_digital, lead_commercial, auditor, staff, board
):
    def names(user):
        return {scope.key for scope in Scope.objects.visible_to(user)}

    everything = {scope.key for scope in Scope.objects.all()}
    assert names(auditor) == names(lead_commercial) == everything
    assert names(lead_digital) == names(staff) == everything - {"com-05"}
