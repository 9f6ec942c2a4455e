"""Each of the thirteen demo people signs in, sees their part of the portal and nothing else."""

import pytest
from playwright.sync_api import expect

from .visiting import sign_in

pytestmark = pytest.mark.journey

PUBLIC = ["Home", "Programme", "Projects", "Board", "News"]
INTERNAL = ["Home", "Programme", "Projects", "Plan", "Risks", "Benefits", "Board", "News"]

# What is exempt: a proposal of Be Commercial and the decision on the staffing consultation.
PROPOSAL, DECISION = "/projects/COM-05/", "/board/decisions/TB-2022-005/"
READS_ALL = {PROPOSAL: 200, DECISION: 200}
# An exempt risk of Be Agile and Sustainable, and a risk of the programme that finance owns and may review.
RISK, OWNED = "/risks/R-011/", "/risks/R-002/review/"
READS_RISKS = {RISK: 200, OWNED: 403, "/risks/raise/": 403, "/risks/several/": 403, "/risks/settings/": 200}
KEEPS_RISKS = {"/risks/raise/": 200, "/risks/several/": 403, "/risks/settings/matrix/": 403}
CHANGES_NOTHING = {"/people/add/": 403, "/projects/add/": 403, "/plan/DIG-01-M01/change/": 403}
MAY_NOT_LEAD = {"/people/add/": 403, "/board/decisions/enter/": 403, "/board/packs/issue/": 403}

# Who, what stands beside their name, their main links, and what some addresses answer them.
PEOPLE = {
    "sro": (
        "Senior Responsible Officer",
        INTERNAL,
        READS_ALL
        | READS_RISKS
        | {"/board/packs/issue/": 200, "/people/add/": 403, "/risks/R-012/accept/": 200},
    ),
    "chief-executive": (
        "Board member",
        INTERNAL,
        READS_ALL | READS_RISKS | CHANGES_NOTHING | {"/board/packs/issue/": 403},
    ),
    "legal": ("Board member", INTERNAL, READS_ALL | READS_RISKS | CHANGES_NOTHING),
    "finance": (
        "Finance reviewer",
        INTERNAL,
        READS_ALL | CHANGES_NOTHING | {RISK: 200, OWNED: 200, "/risks/R-004/review/": 403},
    ),
    "hr": (
        "Specialist adviser",
        INTERNAL,
        READS_ALL | CHANGES_NOTHING | {RISK: 200, OWNED: 403, "/risks/R-004/review/": 200},
    ),
    "communications": (
        "Communications",
        INTERNAL,
        READS_ALL | READS_RISKS | CHANGES_NOTHING | {"/cms/": 200},
    ),
    "programme-manager": (
        "Programme manager",
        INTERNAL,
        READS_ALL
        | {"/people/add/": 200, "/projects/add/": 200, "/board/decisions/enter/": 200, "/cms/": 403}
        | {RISK: 200, OWNED: 200, "/risks/several/": 200, "/risks/workbook/": 200}
        | {"/risks/settings/matrix/": 200, "/risks/workbook/mappings/": 200},
    ),
    "lead-agile": (
        "Workstream lead",
        INTERNAL,
        MAY_NOT_LEAD
        | KEEPS_RISKS
        | {PROPOSAL: 404, "/plan/AGS-02-M01/change/": 200, "/plan/DIG-01-M02/change/": 403}
        | {RISK: 200, "/risks/R-011/review/": 200, OWNED: 403, "/risks/workbook/": 200},
    ),
    "lead-commercial": (
        "Workstream lead",
        INTERNAL,
        MAY_NOT_LEAD | KEEPS_RISKS | {PROPOSAL: 200, DECISION: 404, RISK: 404, "/risks/R-010/review/": 200},
    ),
    "lead-digital": (
        "Workstream lead",
        INTERNAL,
        MAY_NOT_LEAD
        | KEEPS_RISKS
        | {PROPOSAL: 404, DECISION: 404, "/plan/DIG-01-M02/change/": 200}
        | {RISK: 404, OWNED: 403, "/risks/R-003/review/": 200},
    ),
    "pm-crm": (
        "Project manager",
        INTERNAL,
        MAY_NOT_LEAD
        | KEEPS_RISKS
        | {PROPOSAL: 404, "/plan/DIG-01-M02/change/": 200, "/plan/DIG-02-M01/change/": 403}
        | {RISK: 404, "/risks/R-012/review/": 403, "/risks/workbook/": 403, "/issues/I-002/change/": 200},
    ),
    "auditor": (
        "Auditor",
        INTERNAL,
        READS_ALL
        | READS_RISKS
        | CHANGES_NOTHING
        | {"/projects/DIG-01/?tab=history": 200, "/risks/R-011/?tab=history": 200},
    ),
    "staff": (
        "Staff",
        PUBLIC,
        {
            "/projects/DIG-01/": 200,
            "/projects/DIG-06/": 404,
            PROPOSAL: 404,
            DECISION: 404,
            "/plan/": 403,
            "/benefits/": 403,
            "/risks/": 403,
            "/risks/matrix/": 403,
            "/risks/raise/": 403,
            "/risks/R-001/": 404,
            RISK: 404,
            "/issues/I-002/": 404,
            "/people/": 403,
            "/cms/": 403,
        },
    ),
}


@pytest.mark.parametrize("username", PEOPLE)
def test_everybody_sees_their_part_and_nothing_else(visit, username):
    role, links, answers = PEOPLE[username]
    page = visit(username)
    page.goto("/")
    expect(page.get_by_role("banner")).to_contain_text(role)
    assert page.get_by_role("navigation", name="Main").get_by_role("link").all_inner_texts() == links
    for link in links:
        answer = page.request.get(page.get_by_role("link", name=link, exact=True).first.get_attribute("href"))
        assert answer.status == 200, link
    assert {address: page.request.get(address).status for address in answers} == answers


def test_refusals_are_proper_pages(visit):
    page = visit("staff")
    for address, words in (PROPOSAL, "Page not found"), ("/plan/", "not allowed"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert words.lower() in page.content().lower()
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Transforming East Herts")


def test_a_wrong_password_is_refused_with_a_sentence(visit):
    page = visit()
    sign_in(page, "sro", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("user name")
    assert page.title().startswith("Error: Sign in")
    expect(page.get_by_label("User name")).to_have_value("sro")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")


def test_whoever_signs_out_is_asked_to_sign_in_again(visit):
    page = visit()
    sign_in(page, "staff")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")
    page.goto("/projects/DIG-01/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "next=/projects/DIG-01/" in page.url
