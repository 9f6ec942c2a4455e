"""What the database answered is kept until a table that was asked changes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count as numbers

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.foundation import kept_answers
from programme.foundation.kept_answers import Answers, Question, Register, composed_once
from programme.people.models import Profile
from programme.people.standing import Held, Standing
from programme.plan.models import Activity
from programme.portfolio.models import Project, Workstream

pytestmark = pytest.mark.django_db


def tables_asked(work: Callable[[], object]) -> list[str]:
    """The tables themselves that are read, not those of the histories."""
    with CaptureQueriesContext(connection) as seen:
        work()
    own = {model._meta.db_table for model in (Project, Workstream, Profile, Activity)}
    return [name for query in seen for name in sorted(own) if f'"{name}"' in query["sql"]]


def count(rows) -> int:
    return Register(rows).count


def test_a_count_is_asked_once_and_again_after_a_change(make_project, digital, lead_digital):
    make_project(digital, "DIG-01")
    rows = Project.objects.filter(ref__startswith="DIG")
    assert count(rows) == 1
    assert tables_asked(lambda: count(rows)) == []

    project = make_project(digital, "DIG-02")
    assert count(rows) == 2

    project.ref = "AGI-02"
    project.record(by=lead_digital, reason="Numbered anew")
    assert count(rows) == 1


def test_other_rows_of_the_same_table_have_a_count_of_their_own(make_project, digital):
    make_project(digital, "DIG-01")
    make_project(digital, "DIG-02")
    counts = [count(Project.objects.filter(ref=ref)) for ref in ("DIG-01", "DIG-03", "DIG-01")]
    assert counts == [1, 0, 1]


def test_the_rows_of_a_page_are_found_in_their_order_by_their_keys(make_project, digital, lead_digital):
    """The keys of a page are kept, and what stands in its rows is read each time."""
    projects = [
        make_project(digital, f"DIG-{number:02}", name=f"Project {9 - number}") for number in range(5)
    ]
    rows = Project.objects.order_by("name")

    def page() -> list[str]:
        return [project.name for project in Register(rows).page(1, 4)]

    assert page() == page() == ["Project 6", "Project 7", "Project 8"]
    projects[2].name = "Project 0"
    projects[2].record(by=lead_digital, reason="Named anew")
    assert page() == ["Project 5", "Project 6", "Project 8"]


def test_a_page_is_two_queries_however_it_is_sorted(make_project, digital, django_assert_num_queries):
    make_project(digital, "DIG-01")
    for order in ("name", "-workstream__name"):
        rows = Project.objects.order_by(order, "pk")
        Register(rows).page(0, 25)
        with django_assert_num_queries(2):
            assert len(Register(rows).page(0, 25)) == 1


def test_a_page_of_what_has_no_history_is_read_as_it_is(staff, sro):
    people = get_user_model()._base_manager.order_by("-pk")
    assert Register(people).page(0, 1) == [people[0]]
    assert Register(people).page(1, 3) == list(people[1:3])


def test_a_table_that_is_asked_beside_counts_too(make_project, digital, lead_digital):
    """The name of the workstream is asked of another table, whose change is noticed."""
    make_project(digital, "DIG-01")
    rows = Project.objects.filter(workstream__name=digital.name)
    assert count(rows) == 1
    digital.name = "Be Digital and More"
    digital.record(by=lead_digital, reason="Named anew")
    assert count(rows) == 0


def test_what_lies_in_a_table_without_history_is_asked_each_time(staff):
    people = get_user_model()._base_manager.filter(is_active=True)
    before = count(people)
    staff.is_active = False
    staff.save()
    assert count(people) == before - 1
    assert Question(people).tables == ()


def test_what_nothing_can_answer_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count(Project.objects.none()) == 0
        assert kept_answers.read([Question(Project.objects.none().values_list("pk"))]) == [[]]


def test_several_questions_are_looked_after_in_one_query(
    make_project, digital, lead_digital, django_assert_num_queries
):
    """And each is asked again only when one of its own tables has changed."""
    questions = [
        Question(Project.objects.order_by("ref").values_list("ref")),
        Question(Workstream.objects.filter(slug=digital.slug).values_list("slug", "name")),
    ]
    kept_answers.read(questions)
    with django_assert_num_queries(1):
        assert kept_answers.read(questions) == [[], [(digital.slug, digital.name)]]
    digital.name = "Be Digital and More"
    digital.record(by=lead_digital, reason="Named anew")
    with django_assert_num_queries(2):
        assert kept_answers.read(questions)[1] == [(digital.slug, "Be Digital and More")]


def test_what_is_composed_for_somebody_is_composed_anew_when_they_may_read_otherwise(person, digital):
    """Whoever has the same appointments on the next request is given the same."""
    times = numbers(1)
    composed = composed_once(lambda user: Project.objects.filter(pk=next(times)))
    staff, lead = (
        person("reader", "", ("staff", digital.scope)),
        person("other", "", ("staff", digital.scope)),
    )
    once = str(composed(staff).query)
    assert str(composed(get_user_model().objects.get(pk=staff.pk)).query) == once
    assert str(composed(lead).query) != once

    staff.standing = Standing.of([Held("workstream_lead", "", digital.scope.pk, "workstream")])
    assert str(composed(staff).query) != once
    left = get_user_model().objects.get(pk=lead.pk)
    left.is_active = False
    assert str(composed(left).query) != str(composed(lead).query)


def test_rows_composed_once_are_read_each_time(make_project, digital, lead_digital):
    composed = composed_once(lambda user: Project.objects.order_by("ref"))
    assert list(composed(lead_digital)) == []
    made = make_project(digital, "DIG-01")
    assert list(composed(lead_digital)) == [made]


def test_only_so_many_answers_are_kept_and_those_asked_for_last() -> None:
    answers, times = Answers[int](2), numbers(1)

    def ask(question: str, state: str = "") -> int:
        return answers.answer(question, state, lambda: next(times))

    assert [ask("first"), ask("second"), ask("first"), ask("third")] == [1, 2, 1, 3]
    assert ask("first") == 1, "it was asked for after the second"
    assert ask("second") == 4
    assert ask("second", "another state") == 5
