"""Help and the accessibility statement: words for everybody."""

import re

import pytest
from django.test import Client

from portal.help import ROLES
from programme.people.choices import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/help/", "/help/accessibility/"])
def test_help_is_read_before_signing_in(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert "govuk-breadcrumbs" not in page or 'href="/"' in page


def test_the_sign_in_page_leads_to_both(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert 'href="/help/"' in page
    assert 'href="/help/accessibility/"' in page


def test_every_role_is_explained(client: Client) -> None:
    assert set(ROLES) == set(Role)
    page = client.get("/help/").content.decode()
    assert all(role.label in page for role in Role)


def test_links_within_help_lead_somewhere(client: Client) -> None:
    page = client.get("/help/").content.decode()
    targets = re.findall(r'href="#([\w-]+)"', page)
    assert len(targets) > 5
    assert all(f'id="{target}"' in page for target in targets)


@pytest.mark.parametrize(
    "part",
    [
        "Compliance status",
        "Non-accessible content",
        "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
        "Web Content Accessibility Guidelines",
        "Equality Advisory and Support Service",
        "Preparation of this accessibility statement",
        "Feedback and contact",
    ],
)
def test_the_statement_has_the_parts_that_the_regulations_expect(part: str, client: Client) -> None:
    assert part in client.get("/help/accessibility/").content.decode()
