"""Issues: listed, read, raised, changed, put to a body, answered, resolved; and who may."""

import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import issues
from risks.models import Issue
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/issues/I-001/"
VERBS = ["resolve", "change", "ask", "withdraw"]


def words(answer):
    return unescape(words_of(answer.content.decode()))


@pytest.fixture
def make_issue(digital):
    def make(ref="I-001", severity="major", **facts):
        facts = {"title": f"Issue {ref}", "what_happened": "It happened", "raised_on": BEGINNING} | facts
        return written(Issue(ref=ref, severity=severity, **{"scope": digital.scope} | facts))

    return make


@pytest.fixture
def send(sign_in):
    def post(person, verb, address=PAGE, **typed):
        client = sign_in(person)
        form = client.get(f"{address}{verb}/")
        assert form.status_code == 200, form.status_code
        hidden = {name: form.context[name] for name in ("version", "once") if form.context[name] is not None}
        return client.post(f"{address}{verb}/", hidden | typed)

    return post


@pytest.fixture
def listed(sign_in):
    def read(person, query=""):
        table = sign_in(person).get(f"/issues/{query}").context["table"]
        return [issue.ref for issue in table.page.object_list.data]

    return read


@pytest.fixture
def register(make_issue, crm, programme_scope, board, lead_digital, today):
    """I-001 overdue, I-002 asks the board, I-003 of a project, I-004 resolved."""
    make_issue("I-001", "moderate", owner=lead_digital, due=DAY(2022, 8, 31))
    make_issue("I-002", "critical", scope=programme_scope, decision_asked="May we wait?", asked_of=board)
    make_issue("I-003", "minor", scope=crm.scope, due=today)
    done = {"status": "resolved", "resolved_on": today, "how_resolved": "Paid"}
    make_issue("I-004", "critical", **done)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["I-002", "I-001", "I-003"]),
        ("?status=resolved", ["I-004"]),
        ("?status=all", ["I-002", "I-004", "I-001", "I-003"]),
        ("?severity=critical", ["I-002"]),
        ("?owner=nobody", ["I-002", "I-003"]),
        ("?workstream=digital", ["I-001", "I-003"]),
        ("?workstream=programme", ["I-002"]),
        ("?project=DIG-01", ["I-003"]),
        ("?overdue=true", ["I-001"]),
        ("?overdue=false", ["I-002", "I-003"]),
        ("?asks=true", ["I-002"]),
        ("?asks=false", ["I-001", "I-003"]),
        ("?q=wait", ["I-002"]),
        ("?sort=due", ["I-001", "I-003", "I-002"]),
        ("?sort=severity", ["I-002", "I-001", "I-003"]),
    ],
)
def test_the_severest_stand_first_and_filters_narrow_them(register, listed, sro, query, found):
    assert listed(sro, query) == found


def test_rows_say_what_is_late_unowned_and_asked_of_whom(register, sign_in, sro):
    page = words(sign_in(sro).get("/issues/"))
    assert "31 August 2022, overdue" in page
    assert "Nobody yet" in page
    assert "May we wait? Programme Board" in page
    assert "These are open, the severest first." in page
    csv = b"".join(sign_in(sro).get("/issues/?format=csv").streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("I-002,Issue I-002,Critical,Transforming East Herts,Nobody yet,")


def test_what_is_exempt_is_neither_listed_nor_found(make_issue, listed, sign_in, lead_agile, sro, today):
    make_issue("I-001", title="Seven posts", **EXEMPT)
    assert listed(lead_agile) == []
    assert listed(sro) == ["I-001"]
    assert sign_in(lead_agile).get(PAGE).status_code == 404
    assert sign_in(lead_agile).get(f"{PAGE}change/").status_code == 404


def test_queries_are_few_and_do_not_grow(make_issue, sign_in, lead_digital, board, today):
    client = sign_in(lead_digital)

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_issue("I-001", owner=lead_digital, decision_asked="May we wait?", asked_of=board)
    few = asked("/issues/"), asked(PAGE)
    for number in range(2, 20):
        asks = {"decision_asked": "May we wait?", "asked_of": board}
        make_issue(f"I-{number:03}", owner=lead_digital, **asks)
    assert (asked("/issues/"), asked(PAGE)) == few
    assert few[0] <= 12


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("auditor", []),
        ("sro", []),
        ("lead_agile", []),
        ("group_member", []),
        ("lead_digital", VERBS),
        ("programme_manager", VERBS),
    ],
)
def test_only_what_one_may_do_is_offered_and_taken(make_issue, sign_in, request, today, who, offered):
    make_issue()
    client = sign_in(request.getfixturevalue(who))
    buttons = client.get(PAGE).context["actions"]
    assert [url.removeprefix(PAGE).rstrip("/") for _, url in buttons] == offered
    for verb in VERBS:
        assert client.get(f"{PAGE}{verb}/").status_code == (200 if offered else 403)


def test_staff_see_none(make_issue, staff, sign_in, today):
    make_issue()
    assert sign_in(staff).get(PAGE).status_code in {403, 404}
    assert sign_in(staff).get("/issues/raise/").status_code == 403


def test_an_issue_is_raised_with_a_question_to_the_board(send, lead_digital, digital, board, today, sign_in):
    typed = {
        "title": "Calls have doubled",
        "what_happened": "Since August",
        "severity": "major",
        "place": digital.scope.pk,
        "due": "2022-10-01",
        "classification": "internal",
        "decision_asked": "May we hire for three months?",
    }
    half = send(lead_digital, "raise", "/issues/", **typed)
    said = {"asked_of": ["A decision is asked of a body: fill in both, or neither"]}
    assert (half.status_code, half.context["form"].errors) == (422, said)
    answer = send(lead_digital, "raise", "/issues/", **typed, asked_of=board.pk)
    assert (answer.status_code, answer.url) == (302, PAGE)
    page = words(sign_in(lead_digital).get(PAGE))
    assert "Major. To be resolved by 1 October 2022. It waits for a decision." in page
    assert "May we hire for three months?" in page


def test_what_is_missing_is_said_at_its_field(send, lead_digital, today):
    answer = send(lead_digital, "raise", "/issues/", classification="internal")
    assert set(answer.context["form"].errors) == {"title", "what_happened", "severity", "place"}


def test_an_issue_is_answered_resolved_and_opened_again(
    make_issue, send, sign_in, lead_digital, board, decision, fresh, today
):
    issue = make_issue(owner=lead_digital)
    asks = {"decision_asked": "May we wait?", "asked_of": board.pk}
    assert send(lead_digital, "ask", **asks, reason="Beyond us").status_code == 302
    answer = decision("TB-2022-004", "rejected")
    assert "The issue asks: May we wait?" in words(sign_in(lead_digital).get(f"{PAGE}answer/"))
    assert send(lead_digital, "answer", decision=answer.pk, reason="Minutes").status_code == 302
    assert "TB-2022-004: May this risk be carried?" in words(sign_in(lead_digital).get(PAGE))
    early = {"how_resolved": "Two people hired", "resolved_on": "2022-09-02", "reason": "Seen"}
    refused = send(lead_digital, "resolve", **early)
    assert "resolved_on" in refused.context["form"].errors
    assert send(lead_digital, "resolve", **early | {"resolved_on": ""}).status_code == 302
    assert fresh(issue).status == "resolved"
    buttons = [words for words, _ in sign_in(lead_digital).get(PAGE).context["actions"]]
    assert buttons == ["Open again", "Change who may see it", "Withdraw"]
    assert send(lead_digital, "reopen", reason="Not settled").status_code == 302
    assert send(lead_digital, "withdraw", reason="A duplicate").status_code == 302
    assert fresh(issue).withdrawn


def test_of_two_at_once_the_second_is_told_and_loses_nothing(
    make_issue, sign_in, lead_digital, programme_manager, fresh, today
):
    issue = make_issue()
    second = sign_in(programme_manager)
    version = second.get(f"{PAGE}resolve/").context["version"]
    issues.change(issue, severity="critical", by=lead_digital, reason="It grows")
    typed = {"version": version, "how_resolved": "Two people hired", "reason": "Seen"}
    answer = second.post(f"{PAGE}resolve/", typed)
    assert answer.status_code == 409
    assert "Severity Major Critical" in words(answer)
    assert "Two people hired" in answer.text
    assert fresh(issue).status == "open"


def test_a_past_day_shows_the_issue_as_it_stood(make_issue, sign_in, lead_digital, on):
    issue = make_issue(due=DAY(2022, 8, 1))
    on(DAY(2022, 9, 1))
    issues.resolve(issue, how_resolved="Paid", by=lead_digital, reason="Seen")
    client = sign_in(lead_digital)
    assert "Resolved on 1 September 2022" in words(client.get(PAGE))
    then = words(client.get(f"{PAGE}?as_at=2022-08-31"))
    assert "To be resolved by 1 August 2022, overdue." in then
    assert "Paid" not in then
