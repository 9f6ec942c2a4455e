"""What can be done to a project: add, change, move, say what it serves and what it needs."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programme.foundation.history import MissingReason, Stale
from programme.portfolio.actions import project_needs, projects
from programme.portfolio.models import Project, ProjectDependency, ProjectService

pytestmark = pytest.mark.django_db
WHY = {"reason": "Agreed with the lead"}


def problems(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


def test_a_project_gets_the_next_reference_of_its_workstream(crm, digital, agile, programme_manager):
    added = projects.add(workstream=digital, name="Online forms", by=programme_manager, **WHY)
    first = projects.add(workstream=agile, name="Desks", by=programme_manager, **WHY)

    assert added.ref == "DIG-02"
    assert first.ref == "AGI-01"
    assert (added.scope.key, added.scope.parent) == ("dig-02", digital.scope)


def test_a_reference_that_is_taken_is_refused_at_its_field_and_leaves_nothing(
    crm, digital, programme_manager
):
    with pytest.raises(ValidationError) as refused:
        projects.add(workstream=digital, ref="DIG-01", name="Twice", by=programme_manager, **WHY)

    assert problems(refused) == {"ref": ["This reference is not free; leave it empty for the next one."]}
    assert Project.objects.count() == 1
    assert crm.scope._meta.model.objects.filter(name__contains="Twice").count() == 0


@pytest.mark.parametrize("ref", ["dig-1", "DIG", "DIG-1", "DIG/01", "=1+1", "DIG-01\n"])
def test_a_reference_is_written_like_the_others(ref, digital, programme_manager):
    with pytest.raises(ValidationError) as refused:
        projects.add(workstream=digital, ref=ref, name="Odd", by=programme_manager, **WHY)
    assert list(problems(refused)) == ["ref"]


def test_a_project_under_way_is_added_with_the_decision_behind_it(digital, decide, programme_manager):
    with pytest.raises(ValidationError) as refused:
        projects.add(workstream=digital, name="Late entry", stage="delivery", by=programme_manager, **WHY)
    assert list(problems(refused)) == ["stage_decision"]

    facts = {"stage": "delivery", "stage_decision": decide()}
    added = projects.add(workstream=digital, name="Late entry", by=programme_manager, **facts, **WHY)
    assert added.stage_decision.reference == "TB-2022-001"


def test_a_change_is_recorded_field_by_field_with_who_and_why(crm, lead_digital):
    facts = {"name": "One customer record", "estimated_cost": Decimal("487000")}
    projects.change(crm, by=lead_digital, **facts, **WHY)

    change = crm.changes()[0]
    assert change.who == lead_digital
    assert change.reason == "Agreed with the lead"
    assert ("Estimated cost", "", "£487,000") in [(f.label, f.old, f.new) for f in change.fields]
    assert crm.scope.name == "DIG-01 One customer record"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"estimated_cost": Decimal(-1)}, "estimated_cost"),
        ({"estimated_saving": Decimal("0.001")}, "__all__"),
        ({"classification": "exempt"}, "__all__"),
        ({"classification": "secret"}, "classification"),
        ({"exempt_paragraphs": [9]}, "exempt_paragraphs"),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused_and_leaves_nothing(facts, field, crm, lead_digital):
    with pytest.raises(ValidationError) as refused:
        projects.change(crm, by=lead_digital, **facts, **WHY)

    assert field in problems(refused) or field == "__all__"
    assert len(crm.changes()) == 1


@pytest.mark.parametrize(
    "field",
    [
        "stage",
        "stage_decision",
        "approved_finish",
        "dates_decision",
        "ref",
        "scope",
        "workstream",
        "withdrawn",
    ],
)
def test_what_has_its_own_move_is_not_changed_in_passing(field, crm, lead_digital):
    with pytest.raises(ValidationError, match="not changed here"):
        projects.change(crm, by=lead_digital, **{field: "x"}, **WHY)


def test_a_change_needs_a_reason_and_the_copy_that_stands(crm, lead_digital):
    with pytest.raises(MissingReason):
        projects.change(crm, by=lead_digital, name="New", reason=" \t")

    older = Project.objects.get(pk=crm.pk)
    projects.change(Project.objects.get(pk=crm.pk), by=lead_digital, name="First", **WHY)
    with pytest.raises(Stale):
        projects.change(older, by=lead_digital, name="Second", **WHY)


# Moves


def test_a_move_names_its_decision(make_project, digital, decide, lead_digital):
    project = make_project(digital, "DIG-02", stage="outline_business_case")
    decision = decide()

    projects.move(project, to="business_case", decision=decision, by=lead_digital, **WHY)

    project.refresh_from_db()
    assert (project.stage, project.stage_decision) == ("business_case", decision)


def test_a_move_without_the_decision_it_needs_is_refused_at_the_decision(make_project, digital, lead_digital):
    project = make_project(digital, "DIG-02", stage="outline_business_case")
    with pytest.raises(ValidationError) as refused:
        projects.move(project, to="business_case", decision=None, by=lead_digital, **WHY)
    assert list(problems(refused)) == ["decision"]


def test_a_move_that_is_not_allowed_is_refused_at_the_stage(make_project, digital, decide, lead_digital):
    project = make_project(digital, "DIG-02", stage="proposal")
    with pytest.raises(ValidationError) as refused:
        projects.move(project, to="delivery", decision=decide(), by=lead_digital, **WHY)
    assert problems(refused) == {"stage": ["A project cannot move from proposal to delivery."]}


@pytest.mark.parametrize("outcome", ["deferred", "rejected", "noted"])
def test_only_a_decision_that_approves_allows_a_move(outcome, make_project, digital, decide, lead_digital):
    project = make_project(digital, "DIG-02", stage="delivery")
    with pytest.raises(ValidationError) as refused:
        projects.move(project, to="transition", decision=decide(outcome=outcome), by=lead_digital, **WHY)
    assert list(problems(refused)) == ["decision"]


def test_a_withdrawn_decision_allows_nothing(make_project, digital, decide, lead_digital, installation):
    project, decision = make_project(digital, "DIG-02", stage="delivery"), decide()
    decision.withdraw(by=installation, reason="Entered by mistake")
    with pytest.raises(ValidationError):
        projects.move(project, to="transition", decision=decision, by=lead_digital, **WHY)


# What a project serves and needs


def served(project) -> set[str]:
    return {
        str(row.principle or row.priority) for row in ProjectService.objects.live().filter(project=project)
    }


def test_what_a_project_serves_is_set_as_a_whole(crm, priority, principle, lead_digital):
    def say(principles, priorities):
        projects.say_what_it_serves(crm, principles=principles, priorities=priorities, by=lead_digital, **WHY)

    say([principle], [priority])
    assert served(crm) == {"A single view of the customer", "Enabling our communities"}
    say([], [priority])
    assert served(crm) == {"Enabling our communities"}
    say([principle], [])
    assert served(crm) == {"A single view of the customer"}
    assert ProjectService.objects.count() == 3


def test_a_dependency_is_recorded_once_and_can_end_and_begin_again(crm, make_project, digital, lead_digital):
    hub = make_project(digital, "DIG-05")
    link = project_needs.add(hub, needs=crm, note="Its records", by=lead_digital, **WHY)
    with pytest.raises(ValidationError, match="already"):
        project_needs.add(hub, needs=crm, by=lead_digital, **WHY)

    project_needs.end(link, by=lead_digital, **WHY)
    project_needs.add(hub, needs=crm, by=lead_digital, **WHY)
    assert ProjectDependency.objects.live().count() == 1


def test_a_circle_is_refused_and_named(crm, make_project, digital, lead_digital):
    hub, forms = make_project(digital, "DIG-05"), make_project(digital, "DIG-06")
    project_needs.add(hub, needs=crm, by=lead_digital, **WHY)
    project_needs.add(forms, needs=hub, by=lead_digital, **WHY)

    with pytest.raises(ValidationError, match="DIG-01 → DIG-06 → DIG-05 → DIG-01"):
        project_needs.add(crm, needs=forms, by=lead_digital, **WHY)
    with pytest.raises(ValidationError, match="itself"):
        project_needs.add(crm, needs=crm, by=lead_digital, **WHY)


def test_a_circle_does_not_name_what_may_not_be_seen(
    crm, make_project, agile, digital, exempt, lead_digital, installation
):
    hidden, forms = make_project(agile, "AGI-01", **exempt), make_project(digital, "DIG-06")
    project_needs.add(hidden, needs=crm, by=installation, **WHY)
    project_needs.add(forms, needs=hidden, by=installation, **WHY)

    with pytest.raises(ValidationError) as refused:
        project_needs.add(crm, needs=forms, by=lead_digital, **WHY)
    words = problems(refused)["needs"][0]
    assert "AGI-01" not in words
    assert "a project that you may not see" in words


@pytest.mark.parametrize("hidden_end", ["project", "needs"])
def test_a_dependency_is_seen_only_by_who_sees_both_ends(
    hidden_end, crm, make_project, agile, exempt, lead_digital, sro, installation
):
    hidden = make_project(agile, "AGI-01", **exempt)
    first, second = (hidden, crm) if hidden_end == "project" else (crm, hidden)
    project_needs.add(first, needs=second, by=installation, **WHY)

    assert not ProjectDependency.objects.visible_to(lead_digital).exists()
    assert ProjectDependency.objects.visible_to(sro).exists()
