"""What somebody withdrew, or resolved, and only then found to hold exempt matter: it can still be made
exempt, by whoever keeps it and with a reason, and from then on nobody else reads it."""

import pytest
from django.core.exceptions import ValidationError

from risks.actions import issues, moves, risks
from risks.models import Issue
from tests.cast import BEGINNING, written

pytestmark = pytest.mark.django_db
RISK, ISSUE = "/risks/R-001/", "/issues/I-001/"


@pytest.fixture
def withdrawn(make_risk, lead_digital, today):
    risk = make_risk("R-001", (3, 4), cause="The clerk is ill")
    return risks.withdraw(risk, by=lead_digital, reason="A duplicate")


@pytest.fixture
def issue(digital, today):
    facts = {"title": "It broke", "what_happened": "The clerk was ill", "severity": "major"}
    return written(Issue(ref="I-001", scope=digital.scope, raised_on=BEGINNING, **facts))


def test_a_withdrawn_risk_is_made_exempt(withdrawn, make_exempt, sign_in, lead_digital, group_member, fresh):
    assert "The clerk is ill" in sign_in(group_member).get(RISK).text
    assert "Change who may see it" in sign_in(lead_digital).get(RISK).text
    assert make_exempt(lead_digital, RISK) == 302
    assert fresh(withdrawn).classification == "exempt"
    assert fresh(withdrawn).withdrawn
    for page in (RISK, f"{RISK}?tab=history", f"{RISK}?as_at=2022-07-31", f"{RISK}class/"):
        assert sign_in(group_member).get(page).status_code == 404, page
    history = sign_in(lead_digital).get(f"{RISK}?tab=history").text
    assert "A reader noticed a name" in history


def test_it_takes_a_reason_and_what_an_exemption_says(withdrawn, make_exempt, lead_digital, fresh):
    assert make_exempt(lead_digital, RISK, reason=" ") == 422
    assert make_exempt(lead_digital, RISK, exempt_paragraphs=[]) == 422
    assert make_exempt(lead_digital, RISK, version="1") == 409
    with pytest.raises(ValidationError):
        risks.classify(fresh(withdrawn), classification="exempt", by=lead_digital, reason="A name")
    with pytest.raises(ValidationError, match="not changed here"):
        risks.classify(fresh(withdrawn), title="Other", by=lead_digital, reason="A name")
    assert fresh(withdrawn).classification == "internal"


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead_commercial", 403), ("auditor", 403), ("group_member", 403), ("sro", 403), ("staff", 404)],
)
def test_only_whoever_keeps_it_does(request, withdrawn, make_exempt, fresh, sign_in, who, status):
    person = request.getfixturevalue(who)
    assert make_exempt(person, RISK) == status
    assert "Change who may see it" not in sign_in(person).get(RISK).text
    assert fresh(withdrawn).classification == "internal"


def test_issues_of_a_risk_follow_it_and_are_no_more_open_than_it_is(
    make_risk, lead_digital, programme_manager, make_exempt, sign_in, group_member, fresh, today
):
    said = {"what_happened": "The clerk was ill", "severity": "major"}
    by = {"by": lead_digital, "reason": "It happened"}
    risk = make_risk("R-001", (3, 4))
    issue = moves.materialise(risk, **said, **by)
    issues.resolve(fresh(issue), how_resolved="Somebody else came", **by)
    issues.withdraw(fresh(issue), **by)
    risks.withdraw(fresh(risk), **by)
    assert make_exempt(lead_digital, RISK) == 302
    assert fresh(issue).classification == "exempt"
    assert sign_in(group_member).get(issue.get_absolute_url()).status_code == 404
    assert make_exempt(lead_digital, issue.get_absolute_url(), classification="internal") == 422
    assert fresh(issue).classification == "exempt"


@pytest.mark.parametrize("over", ["resolved", "withdrawn"])
def test_an_issue_that_is_over_is_made_exempt(
    issue, over, make_exempt, sign_in, lead_digital, group_member, fresh
):
    by = {"by": lead_digital, "reason": "Over"}
    if over == "resolved":
        issues.resolve(issue, how_resolved="The clerk is back", **by)
    else:
        issues.withdraw(issue, **by)
    assert "Change who may see it" in sign_in(lead_digital).get(ISSUE).text
    assert make_exempt(lead_digital, ISSUE) == 302
    assert fresh(issue).classification == "exempt"
    assert sign_in(group_member).get(ISSUE).status_code == 404


def test_an_exemption_that_is_over_is_lifted_too(withdrawn, make_exempt, lead_digital, fresh):
    assert make_exempt(lead_digital, RISK) == 302
    assert make_exempt(lead_digital, RISK, classification="internal") == 302
    assert (fresh(withdrawn).classification, fresh(withdrawn).exempt_review) == ("internal", None)
