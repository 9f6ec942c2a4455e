"""Forms about a risk: what is typed is kept and checked at its field; two at once lose nothing."""

import datetime
from html import unescape

import pytest

from risks.actions import mitigations, moves, risks
from risks.models import Acceptance, Issue, Risk, RiskAction
from risks.models.scored import SCORE_FIELDS
from risks.rules.scoring import Score, Scores
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/risks/R-001/"
RAISED = {
    "title": "The supplier is late",
    "cause": "The market is thin",
    "event": "The go-live slips",
    "effect": "A year of savings is lost",
    "classification": "internal",
}


def words(answer):
    return unescape(words_of(answer.content.decode()))


@pytest.fixture
def send(sign_in):
    """``send(person, "review", current_impact=3)``: what the form says, with the version it was shown."""

    def post(person, verb, address=PAGE, **typed):
        client = sign_in(person)
        form = client.get(f"{address}{verb}/")
        assert form.status_code == 200, form.status_code
        hidden = {name: form.context[name] for name in ("version", "once") if form.context[name] is not None}
        return client.post(f"{address}{verb}/", hidden | typed)

    return post


@pytest.fixture
def supplier(make_risk, category, lead_digital, today):
    return make_risk("R-001", (3, 4), category=category("Finance", 25), owner=lead_digital)


class TestRaising:
    def test_a_lead_raises_and_scores_in_one_go(self, send, lead_digital, digital, today, category):
        chosen = {"current_likelihood": 3, "current_impact": 4, "category": category("Finance").pk}
        typed = RAISED | chosen | {"place": digital.scope.pk, "owner": lead_digital.pk}
        answer = send(lead_digital, "raise", "/risks/", **typed)
        assert (answer.status_code, answer.url) == (302, PAGE)
        risk = Risk.objects.get()
        assert (risk.current, risk.target, risk.scope) == (Score(3, 4), None, digital.scope)
        assert risk.changes()[0].reason == "Raised"

    def test_scores_may_be_left_for_later(self, send, lead_digital, digital, today):
        assert send(lead_digital, "raise", "/risks/", **RAISED, place=digital.scope.pk).status_code == 302
        assert not Risk.objects.get().is_scored

    def test_half_a_score_is_refused_at_the_field_and_nothing_typed_is_lost(
        self, send, lead_digital, digital, today
    ):
        answer = send(
            lead_digital, "raise", "/risks/", **RAISED, place=digital.scope.pk, current_likelihood=3
        )
        assert answer.status_code == 422
        said = {"current_impact": ["Choose the impact too, or take the likelihood away."]}
        assert answer.context["form"].errors == said
        assert "The market is thin" in words(answer)
        assert 'id="id_current_likelihood_3" name="current_likelihood" value="3" checked' in answer.text
        assert Risk.objects.count() == 0

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("title", " ", "This field is required."),
            ("event", "", "Say what may happen"),
            ("current_impact", "7", "Choose one of the five steps"),
            ("category", "999", "Choose one of the categories offered"),
            ("project", "AGS-99", "There is no project AGS-99 that you may see"),
            (
                "milestones",
                "DIG-01-M99",
                "There is no milestone DIG-01-M99 in the plan: look it up in the list",
            ),
            ("owner", "\0", None),
            ("title", "a\u202eb", None),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, send, lead_digital, digital, today, field, typed, said):
        place = "project" if field == "project" else digital.scope.pk
        answer = send(lead_digital, "raise", "/risks/", **RAISED | {"place": place, field: typed})
        assert answer.status_code == 422
        errors = answer.context["form"].errors[field]
        assert said is None or errors == [said]
        assert Risk.objects.count() == 0

    def test_nobody_raises_where_they_hold_no_role(self, send, lead_digital, commercial, make_project, today):
        answer = send(lead_digital, "raise", "/risks/", **RAISED, place=commercial.scope.pk)
        assert "place" in answer.context["form"].errors
        make_project(commercial, "COM-01")
        answer = send(lead_digital, "raise", "/risks/", **RAISED, place="project", project="com-01")
        assert answer.context["form"].errors["project"] == ["You may raise nothing there"]
        make_project(commercial, "COM-05", **EXEMPT)
        answer = send(lead_digital, "raise", "/risks/", **RAISED, place="project", project="com-05")
        assert "There is no project com-05" in answer.context["form"].errors["project"][0]

    def test_a_lead_who_owns_risks_everywhere_starts_at_home(self, person, digital, agile, sign_in, today):
        roles = ("workstream_lead", digital.scope), ("risk_owner", digital.scope.parent)
        form = sign_in(person("lead", "Lead", *roles)).get("/risks/raise/").context["form"]
        assert len(form.places) == 3
        assert form["place"].value() == str(digital.scope.pk)

    def test_a_risk_owner_owns_what_they_raise_on_their_only_project(self, person, crm, send, sign_in, today):
        owner = person("owner", "Head of IT", ("risk_owner", crm.scope))
        form = sign_in(owner).get("/risks/raise/").context["form"]
        assert form.fields["project"].initial == "DIG-01"
        assert form["owner"].value() == owner.pk
        answer = send(owner, "raise", "/risks/", **RAISED, project="DIG-01", owner=owner.pk)
        assert answer.status_code == 302
        assert Risk.objects.get().owner == owner

    def test_without_script_the_chosen_cell_lights_up_and_nothing_is_saved(
        self, send, lead_digital, digital, today
    ):
        typed = {"current_likelihood": "3", "current_impact": "4", "place": digital.scope.pk, "show": "1"}
        answer = send(lead_digital, "raise", "/risks/", title="Half done", **typed)
        assert answer.status_code == 200
        assert Risk.objects.count() == 0
        cell = next(cell for cell in answer.context["form"].grid.cells if cell.key == "3-4")
        assert [mark.kind for mark in cell.marks] == ["current"]
        assert "Score now: Possible × Major, 12: high" in words(answer)
        assert 'value="Half done"' in answer.text
        assert "There is a problem" not in words(answer)

    def test_words_and_meanings_of_the_scales_stand_with_the_choices(self, sign_in, lead_digital, today):
        page = words(sign_in(lead_digital).get("/risks/raise/"))
        assert "4 Likely It will probably happen: between 1 in 2 and 4 in 5." in page

    @pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("sro", 403), ("staff", 403)])
    def test_others_do_not_raise(self, request, sign_in, who, status, today):
        client = sign_in(request.getfixturevalue(who))
        assert client.get("/risks/raise/").status_code == status
        assert client.post("/risks/raise/", RAISED).status_code == status


class TestReviewing:
    def test_a_review_changes_the_scores_with_a_reason(self, supplier, send, lead_digital, fresh):
        scores = {"current_likelihood": 4, "current_impact": 4, "target_likelihood": 1, "target_impact": 2}
        answer = send(lead_digital, "review", **scores, reason="They merged")
        assert (answer.status_code, answer.url) == (302, PAGE)
        assert fresh(supplier).scores == Scores(None, Score(4, 4), Score(1, 2))

    def test_a_review_says_why(self, supplier, send, lead_digital):
        answer = send(lead_digital, "review", current_likelihood=4, current_impact=4)
        assert answer.context["form"].errors == {"reason": ["Say why"]}

    def test_of_two_at_once_the_second_is_told_what_changed_and_loses_nothing(
        self, supplier, sign_in, lead_digital, programme_manager, fresh
    ):
        second = sign_in(programme_manager)
        shown = second.get(f"{PAGE}review/").context
        risks.review(supplier, scores=Scores(current=Score(5, 4)), by=lead_digital, reason="They merged")
        typed = {
            "current_likelihood": 2,
            "current_impact": 4,
            "reason": "They named dates",
            "once": shown["once"],
        }
        answer = second.post(f"{PAGE}review/", typed | {"version": shown["version"]})
        assert answer.status_code == 409
        said = words(answer)
        assert "Somebody else changed this while you had it open" in said
        assert "by Lead for Be Digital" in said
        assert "Likelihood now 3 5" in said
        assert "They merged" in said
        assert "Its score stands at Almost certain × Major, 20: severe" in said
        assert "They named dates" in said
        assert 'name="current_likelihood" value="2" checked' in answer.text
        assert fresh(supplier).current == Score(5, 4)
        again = second.post(f"{PAGE}review/", typed | {"version": answer.context["version"]})
        assert again.status_code == 302
        assert fresh(supplier).current == Score(2, 4)

    def test_what_the_second_left_alone_shows_what_the_first_made_of_it(
        self, supplier, sign_in, lead_digital, programme_manager, fresh
    ):
        second = sign_in(programme_manager)
        shown = second.get(f"{PAGE}review/").context
        held = {name: shown["form"][name].value() or "" for name in SCORE_FIELDS}
        first = Scores(inherent=Score(5, 5), current=Score(5, 4), target=supplier.target)
        risks.review(supplier, scores=first, by=lead_digital, reason="They merged")
        typed = held | {"target_likelihood": 1, "target_impact": 3, "reason": "They named dates"}
        answer = second.post(f"{PAGE}review/", typed | {"version": shown["version"]})
        assert answer.status_code == 409
        form = answer.context["form"]
        carried = {name: str(form[name].value()) for name in SCORE_FIELDS}
        assert list(carried.values()) == ["5", "5", "5", "4", "1", "3"]
        assert "They named dates" in answer.text
        assert "Likelihood now 3 5" in words(answer)
        again = carried | {"reason": "They named dates", "version": answer.context["version"]}
        assert second.post(f"{PAGE}review/", again).status_code == 302
        assert fresh(supplier).scores == first._replace(target=Score(1, 3))

    def test_so_it_is_with_every_other_field(self, supplier, sign_in, lead_digital, programme_manager, fresh):
        second = sign_in(programme_manager)
        shown = second.get(f"{PAGE}change/").context
        held = {name: shown["form"][name].value() or "" for name in shown["form"].fields}
        risks.change(supplier, title="Two suppliers merge", by=lead_digital, reason="They merged")
        typed = held | {"cause": "A thin market", "reason": "Heard today", "version": shown["version"]}
        form = second.post(f"{PAGE}change/", typed).context["form"]
        assert form["title"].value() == "Two suppliers merge"
        assert form["cause"].value() == "A thin market"
        assert form["reason"].value() == "Heard today"

    def test_no_guess_is_answered_at_what_a_risk_was_while_it_was_kept_from_its_reader(
        self, make_risk, commercial, digital, sign_in, lead_digital, sro, today
    ):
        """It was exempt and elsewhere then: a form that says it is of that time keeps every guess alike."""
        moved = make_risk("R-001", scope=commercial.scope, title="The price is 7", **EXEMPT)
        facts = {"scope": digital.scope, "title": "A price", "classification": "internal"}
        risks.change(moved, by=sro, reason="Open now", **facts)
        lead = sign_in(lead_digital)
        assert lead.get(f"{PAGE}change/").status_code == 200
        for guess in ("The price is 7", "The price is 8"):
            answer = lead.post(f"{PAGE}change/", RAISED | {"title": guess, "version": "1"})
            assert answer.status_code == 409
            assert answer.context["form"]["title"].value() == guess

    def test_a_version_that_no_page_showed_is_refused(self, supplier, sign_in, lead_digital):
        for version in ("0", "99", "x", ""):
            typed = {"current_likelihood": 2, "current_impact": 4, "reason": "So", "version": version}
            assert sign_in(lead_digital).post(f"{PAGE}review/", typed).status_code == 409


class TestChanging:
    def test_facts_contributors_and_milestones_change_and_what_is_unseen_stays(
        self, supplier, send, lead_digital, sro, fresh
    ):
        typed = RAISED | {"place": "as-now", "contributors": [sro.pk], "reason": "Talked to IT"}
        typed["proximity"] = "three_months"
        assert send(lead_digital, "change", **typed).status_code == 302
        assert fresh(supplier).proximity == "three_months"
        assert [one.person for one in fresh(supplier).contributors.live()] == [sro]
        assert fresh(supplier).scope == supplier.scope

    def test_treating_needs_an_action_and_says_so_at_the_response(self, supplier, send, lead_digital, fresh):
        typed = RAISED | {"place": "as-now", "response": "treat", "reason": "It can be treated"}
        answer = send(lead_digital, "change", **typed)
        assert answer.context["form"].errors["response"] == [
            "Treating a risk needs at least one action with an owner and a date: plan it first."
        ]
        planned = {"what": "Go live by stages", "owner": lead_digital.pk, "due": "2022-09-30"}
        assert send(lead_digital, "actions/plan", **planned).status_code == 302
        assert send(lead_digital, "change", **typed).status_code == 302
        assert fresh(supplier).response == "treat"

    def test_a_category_that_is_gone_stays_on_offer_for_those_in_it(self, supplier, sign_in, lead_digital):
        category = supplier.category
        category.withdraw(by=lead_digital, reason="Not used")
        form = sign_in(lead_digital).get(f"{PAGE}change/").context["form"]
        assert category in form.fields["category"].queryset


class TestMoves:
    def test_escalating_says_to_whom_and_is_taken_back(self, supplier, send, lead_digital, fresh):
        assert send(lead_digital, "escalate", reason="Too big").context["form"].errors == {
            "to": ["Say to whom it is escalated"]
        }
        assert send(lead_digital, "escalate", to="board", reason="Too big").status_code == 302
        assert fresh(supplier).status_words == "Escalated to the board"
        assert send(lead_digital, "take-back", reason="Solved").status_code == 302
        assert fresh(supplier).status == "open"

    def test_nobody_escalates_to_themselves(self, make_risk, sign_in, send, lead_digital, risk_owner, fresh):
        supplier = make_risk("R-001", (3, 4), owner=risk_owner)

        def offered(who):
            form = sign_in(who).get(f"{PAGE}escalate/").context["form"]
            return [value for value, _ in form.fields["to"].choices]

        assert offered(lead_digital) == ["programme", "board"]
        assert offered(risk_owner) == ["lead", "programme", "board"]
        assert send(lead_digital, "escalate", to="lead", reason="Too big").status_code == 422
        assert fresh(supplier).status == "open"

    @pytest.mark.parametrize(
        ("score", "tolerated", "who", "alone"),
        [
            ((2, 3), 25, "lead_digital", True),
            ((3, 4), 25, "lead_digital", False),
            ((3, 4), 25, "sro", True),
            ((4, 5), 25, "sro", False),
            ((2, 3), 5, "sro", False),
            ((2, 3), 25, "programme_manager", False),
        ],
    )
    def test_whose_word_is_not_enough_names_a_decision_of_the_board(
        self, make_risk, category, today, request, send, decision, score, tolerated, who, alone
    ):
        make_risk("R-001", score, category=category("Finance", tolerated))
        viewer = request.getfixturevalue(who)
        typed = {"expires": "2023-03-01", "reason": "Carried until spring"}
        answer = send(viewer, "accept", **typed)
        assert answer.status_code == (302 if alone else 422)
        if not alone:
            said = ["Name the decision of the board that accepts it"]
            assert answer.context["form"].errors == {"decision": said}
            assert send(viewer, "accept", **typed, decision=decision().pk).status_code == 302
        assert Acceptance.objects.get().expires == DAY(2023, 3, 1)

    @pytest.mark.parametrize(
        ("expires", "said"),
        [
            ("2022-09-01", "An acceptance expires on a day in the future."),
            ("2023-09-02", "An acceptance holds 12 months at most: until 1 September 2023."),
            ("31 2 2023", "Accepted until must be a real date, such as 6 7 2022"),
            ("", "This field is required."),
        ],
    )
    def test_an_acceptance_expires_within_the_year(self, supplier, send, sro, expires, said):
        answer = send(sro, "accept", expires=expires, reason="Carried")
        assert answer.context["form"].errors == {"expires": [said]}

    def test_an_acceptance_is_ended(self, supplier, send, sro, fresh):
        send(sro, "accept", expires="2023-03-01", reason="Carried")
        assert send(sro, "acceptance/end", reason="Not any more").status_code == 302
        assert Acceptance.objects.get().ended_because == "not_tolerated"
        again = send(sro, "acceptance/end", reason="Not any more")
        assert "Nobody accepts this risk now." in words(again)

    def test_what_has_happened_becomes_an_issue(self, supplier, send, programme_manager, fresh):
        typed = {"title": "It is late", "what_happened": "No date is named", "severity": "major"}
        answer = send(programme_manager, "materialise", **typed, reason="Letter of 1 September")
        issue = Issue.objects.get()
        assert answer.url == f"/issues/{issue.ref}/"
        assert (issue.risk, issue.owner, fresh(supplier).status) == (supplier, supplier.owner, "materialised")

    def test_a_closed_risk_is_opened_again(self, supplier, send, lead_digital, fresh):
        assert send(lead_digital, "close", reason="Delivered").status_code == 302
        answer = send(lead_digital, "escalate", to="board", reason="Too big")
        assert answer.status_code == 422
        assert send(lead_digital, "reopen", reason="Not delivered").status_code == 302
        assert fresh(supplier).status == "open"

    def test_every_move_says_why(self, supplier, send, lead_digital):
        for verb in ("close", "withdraw"):
            assert send(lead_digital, verb).context["form"].errors == {"reason": ["Say why"]}
        moves.close(supplier, by=lead_digital, reason="Delivered")
        assert send(lead_digital, "reopen").context["form"].errors == {"reason": ["Say why"]}


class TestMitigations:
    def test_an_action_is_planned_done_taken_back_and_withdrawn(self, supplier, send, lead_digital):
        planned = {"what": "Go live by stages", "owner": lead_digital.pk, "due": "2022-09-30"}
        send(lead_digital, "actions/plan", **planned)
        action = RiskAction.objects.get()
        verb = f"actions/{action.pk}"
        changed = planned | {"due": "2022-10-31", "reason": "The supplier asks for time"}
        assert send(lead_digital, f"{verb}/change", **changed).status_code == 302
        late = send(lead_digital, f"{verb}/complete", done_on="2022-09-02")
        assert late.context["form"].errors == {"done_on": ["An action cannot be done in the future."]}
        assert send(lead_digital, f"{verb}/complete", done_on="2022-09-01").status_code == 302
        assert send(lead_digital, f"{verb}/take-back", reason="Not all of it").status_code == 302
        assert send(lead_digital, f"{verb}/withdraw", reason="Another way").status_code == 302
        assert RiskAction.objects.get().withdrawn

    def test_an_action_needs_words_an_owner_and_a_day(self, supplier, send, lead_digital):
        assert send(lead_digital, "actions/plan").context["form"].errors == {
            "what": ["Say what is done"],
            "owner": ["Choose who does it"],
            "due": ["Say until when it is done"],
        }

    def test_an_action_is_found_with_its_own_risk_only(self, supplier, make_risk, sign_in, lead_digital):
        make_risk("R-002")
        what = {"what": "Go live by stages", "owner": lead_digital, "due": DAY(2022, 9, 30)}
        action = mitigations.plan(supplier, by=lead_digital, reason="Agreed", **what)
        assert sign_in(lead_digital).get(f"/risks/R-002/actions/{action.pk}/change/").status_code == 404

    def test_the_group_plans_for_its_workstream_and_no_other(
        self, supplier, make_risk, commercial, send, sign_in, group_member, lead_digital
    ):
        planned = {"what": "Ask other councils", "owner": lead_digital.pk, "due": "2022-09-30"}
        assert send(group_member, "actions/plan", **planned).status_code == 302
        make_risk("R-002", scope=commercial.scope)
        assert sign_in(group_member).get("/risks/R-002/actions/plan/").status_code == 403
