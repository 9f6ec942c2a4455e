"""A second load: of the same facts, of changed ones, and after people have worked on the records."""

import dataclasses
import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import override_settings

from benefits.actions import reconciliations
from benefits.models import BenefitAmount, CostLine, Reconciliation, StatedFigure
from portal.business_case.facts import Facts
from portal.business_case.loading import FACTS, load
from programme.foundation import calendar
from programme.foundation.history import Tracked
from programme.people.models import Scope, User
from programme.portfolio.models import Project, Statement
from risks.actions import risks
from risks.models import Risk
from risks.rules.scoring import Score, Scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(facts: Facts, installation: User) -> Facts:
    """Loaded for each test alone, because others here begin with nothing."""
    load(facts, by=installation)
    return facts


def history_rows() -> int:
    return sum(
        model.history.count()
        for model in Tracked.__subclasses__()
        + [deep for kind in Tracked.__subclasses__() for deep in kind.__subclasses__()]
        if not model._meta.abstract
    )


def with_cost(facts: Facts, ref: str, amount: int) -> Facts:
    lines = tuple(
        dataclasses.replace(line, amount=Decimal(amount)) if line.ref == ref else line
        for line in facts.investment.lines
    )
    return dataclasses.replace(facts, investment=dataclasses.replace(facts.investment, lines=lines))


def test_the_same_facts_change_nothing_and_write_no_history(loaded: Facts, installation: User) -> None:
    before = history_rows()
    outcome = load(loaded, by=installation)
    assert outcome.nothing_changed
    assert not outcome.kept
    assert history_rows() == before > 140


def test_a_changed_fact_becomes_one_tracked_change_that_takes_effect_now(
    loaded: Facts, installation: User
) -> None:
    before = history_rows()
    outcome = load(with_cost(loaded, "C-004", 30_000), by=installation)
    assert (outcome.added, outcome.changed, outcome.withdrawn) == (0, 1, 0)
    assert history_rows() == before + 1
    change = CostLine.objects.get(ref="C-004").changes()[0]
    assert [(field.old, field.new) for field in change.fields] == [("£29,000", "£30,000")]
    assert "whose facts were changed" in change.reason
    assert calendar.now() - change.when < datetime.timedelta(minutes=1)


def test_a_fact_taken_out_withdraws_its_record_and_brings_it_back_when_it_returns(
    loaded: Facts, installation: User
) -> None:
    fewer = dataclasses.replace(loaded, stated_figures=loaded.stated_figures[:-1])
    assert load(fewer, by=installation).withdrawn == 1
    assert StatedFigure.objects.get(ref="F-019").withdrawn
    assert load(fewer, by=installation).nothing_changed
    assert load(loaded, by=installation).changed == 1
    assert not StatedFigure.objects.get(ref="F-019").withdrawn


def test_a_sign_off_and_a_movement_outlive_another_load(
    loaded: Facts, installation: User, person: Callable[..., User]
) -> None:
    place = Scope.objects.get(key="transforming-east-herts")
    finance = person("finance", "Finance", ("finance_reviewer", place))
    record = Reconciliation.objects.get(ref="R-009")
    step = {"kind": "scope", "year": None, "amount": Decimal(-200_000), "words": "Hardware only"}
    reconciliations.add_movement(record, by=finance, reason="Trying", **step)
    left = {"": -27_000_00}
    reconciliations.sign_off(record, residual=left, by=finance, reason="Small enough")
    assert load(loaded, by=installation).nothing_changed
    kept = Reconciliation.objects.get(ref="R-009")
    assert (kept.signed_residual, kept.movements.live().count()) == (left, 1)


def test_an_amount_that_becomes_blank_is_withdrawn_not_nought(loaded: Facts, installation: User) -> None:
    first, *rest = loaded.benefits.lines
    profile = {year: amount for year, amount in first.profile.items() if str(year) != "2022/23"}
    lines = (dataclasses.replace(first, profile=profile), *rest)
    load(
        dataclasses.replace(loaded, benefits=dataclasses.replace(loaded.benefits, lines=lines)),
        by=installation,
    )
    assert BenefitAmount.objects.live().filter(line__ref="B-001-L1", kind="approved").count() == 2


def test_what_people_changed_since_stays_and_is_no_change_of_the_facts(
    loaded: Facts, installation: User, person: Callable[..., User]
) -> None:
    somebody = person("somebody")
    project = Project.objects.get(ref="DIG-01")
    project.name = "My East Herts"
    project.record(by=somebody, reason="The residents’ name for it")
    outcome = load(loaded, by=installation)
    assert outcome.nothing_changed
    assert not outcome.kept
    assert Project.objects.get(ref="DIG-01").name == "My East Herts"


def test_where_facts_and_people_both_changed_a_field_the_peoples_word_stays_and_is_named(
    loaded: Facts, installation: User, person: Callable[..., User]
) -> None:
    line = CostLine.objects.get(ref="C-004")
    line.amount = Decimal(31_000)
    line.record(by=person("somebody"), reason="Quote received")
    outcome = load(with_cost(loaded, "C-004", 30_000), by=installation)
    assert outcome.nothing_changed
    assert outcome.kept == ["cost line “Training”: amount"]
    assert CostLine.objects.get(ref="C-004").amount == 31_000


def test_a_record_that_people_changed_is_not_withdrawn_with_its_fact(
    loaded: Facts, installation: User, person: Callable[..., User]
) -> None:
    objective = Statement.objects.get(kind="objective", position=4)
    objective.text = "A skilled workforce"
    objective.record(by=person("somebody"), reason="Shorter")
    programme = dataclasses.replace(loaded.programme, objectives=loaded.programme.objectives[:3])
    outcome = load(dataclasses.replace(loaded, programme=programme), by=installation)
    assert outcome.kept == ["statement “A skilled workforce”: no longer in the facts"]
    assert not Statement.objects.get(pk=objective.pk).withdrawn


def test_production_dates_the_load_with_the_moment_it_is_made(facts: Facts, installation: User) -> None:
    with override_settings(PRODUCTION=True):
        load(facts, by=installation)
    assert Project.history.first().history_date.date() == calendar.today()


def test_the_command_loads_and_says_so_and_says_when_nothing_changed() -> None:
    said = io.StringIO()
    call_command("load_business_case", stdout=said)
    call_command("load_business_case", stdout=said)
    first, second = said.getvalue().splitlines()
    assert first.startswith("The business case is loaded. Records: 1")
    assert second == "The business case is loaded already; nothing changed."


def test_the_command_takes_who_loads_and_refuses_a_stranger(person: Callable[..., User]) -> None:
    person("programme-manager")
    call_command("load_business_case", by="programme-manager", stdout=io.StringIO())
    assert Project.history.first().history_user.username == "programme-manager"
    with pytest.raises(CommandError, match="Nobody signs in as “stranger”"):
        call_command("load_business_case", by="stranger")


def test_a_refused_file_loads_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        FACTS.read_text(encoding="utf-8").replace("stated_total: 1602000", "stated_total: 1602001")
    )
    with pytest.raises(
        CommandError, match=r"wrong\.yaml, line \d+, investment\.stated_total: .* Nothing was loaded"
    ):
        call_command("load_business_case", file=wrong)
    assert not Project.objects.exists()
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_business_case", file=tmp_path / "missing.yaml")


def test_a_record_the_database_refuses_takes_the_whole_load_back(facts: Facts, installation: User) -> None:
    board = dataclasses.replace(
        facts.programme_board,
        seats=tuple(dataclasses.replace(seat, role="chair") for seat in facts.programme_board.seats),
    )
    with pytest.raises(IntegrityError):
        load(dataclasses.replace(facts, programme_board=board), by=installation)
    assert not Project.objects.exists()


def test_scores_that_people_gave_stay(loaded: Facts, installation: User) -> None:
    risk = Risk.objects.get(ref="R-003")
    risks.review(risk, scores=Scores(current=Score(3, 4)), by=installation, reason="Talked through")
    risks.change(risk, cause="One supplier", by=installation, reason="Known now")
    outcome = load(loaded, by=installation)
    assert outcome.nothing_changed
    assert not outcome.kept
    again = Risk.objects.get(ref="R-003")
    assert (again.current, again.cause, again.version) == (Score(3, 4), "One supplier", 3)


def test_a_risk_that_is_no_longer_in_the_facts_is_withdrawn(loaded: Facts, installation: User) -> None:
    outcome = load(dataclasses.replace(loaded, risks=loaded.risks[:4]), by=installation)
    assert outcome.withdrawn == 1
    assert Risk.objects.get(ref="R-005").withdrawn
