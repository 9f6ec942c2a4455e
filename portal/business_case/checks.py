"""What must hold between the facts: references lead somewhere, nothing stands twice, tables add up.

The document's headlines disagree with each other; that is data (stated figures) and not checked. Each of its
tables, though, adds up in itself, so one that does not was typed wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

from programme.foundation.money import FinancialYear, pounds
from programme.people.choices import EXEMPT_PARAGRAPHS
from programme.portfolio.choices import SeatRole

from .facts import Facts

Refuse = Callable[[str, str], NoReturn]


def check(facts: Facts, refuse: Refuse) -> None:
    """Calls ``refuse(place, reason)`` for the first thing that does not hold."""
    _check_exemption(facts, refuse)
    _check_references(facts, refuse)
    _check_names_once(facts, refuse)
    _check_bodies(facts, refuse)
    _check_figures(facts, refuse)
    _check_reconciliations(facts, refuse)
    _check_savings(facts, refuse)
    _check_investment(facts, refuse)
    _check_payback(facts, refuse)
    _check_measures(facts, refuse)


def _check_exemption(facts: Facts, refuse: Refuse) -> None:
    if not facts.exemption.paragraphs:
        refuse("exemption.paragraphs", "an exemption names at least one paragraph of Schedule 12A.")
    for n, paragraph in enumerate(facts.exemption.paragraphs):
        if paragraph not in EXEMPT_PARAGRAPHS:
            refuse(f"exemption.paragraphs[{n}]", "paragraphs of Schedule 12A are numbered 1 to 7.")
    if facts.exemption.review <= facts.document.dated:
        refuse("exemption.review", "the review of the exemption is not after the document’s date.")


def _check_references(facts: Facts, refuse: Refuse) -> None:
    priorities = set(facts.organisation.priorities)
    workstreams = {one.slug for one in facts.workstreams}
    workstrands = {one.name for one in facts.workstrands}
    _known("organisation.shared_priority", facts.organisation.shared_priority, priorities, refuse)
    for n, workstream in enumerate(facts.workstreams):
        _known(f"workstreams[{n}].priority", workstream.priority, priorities, refuse)
    for n, workstrand in enumerate(facts.workstrands):
        _known(f"workstrands[{n}].home", workstrand.home, workstreams, refuse)
    for n, project in enumerate(facts.projects):
        _known(f"projects[{n}].workstream", project.workstream, workstreams, refuse)
        _known(f"projects[{n}].workstrand", project.workstrand, workstrands, refuse)
    _check_project_references(facts, refuse)


def _check_project_references(facts: Facts, refuse: Refuse) -> None:
    refs = {one.ref for one in facts.projects}
    for n, project in enumerate(facts.projects):
        for m, need in enumerate(project.needs):
            _known(f"projects[{n}].needs[{m}].ref", need.ref, refs - {project.ref}, refuse)
        for m, milestone in enumerate(project.milestones):
            if not milestone.ref.startswith(f"{project.ref}-M"):
                refuse(f"projects[{n}].milestones[{m}].ref", f"milestones of {project.ref} begin with it.")
    tables: dict[str, Iterable[Any]] = {
        "benefits.lines": facts.benefits.lines,
        "benefits.not_yet_quantified": facts.benefits.not_yet_quantified,
        "investment.lines": facts.investment.lines,
        "stated_figures": facts.stated_figures,
        "measures": facts.measures,
    }
    for place, rows in tables.items():
        for n, row in enumerate(rows):
            if row.belongs_to:
                _known(f"{place}[{n}].belongs_to", row.belongs_to, refs, refuse)


def _known(place: str, name: str, known: set[str], refuse: Refuse) -> None:
    if name not in known:
        refuse(place, f"“{name}” is not in the file.")


def _check_names_once(facts: Facts, refuse: Refuse) -> None:
    lines, later = facts.benefits.lines, facts.benefits.not_yet_quantified
    benefits = [*(one.ref for one in later), *(one.ref for one in lines)]
    _once("organisation.priorities[{}]", facts.organisation.priorities, refuse)
    _once("reports_to_executive[{}].date", [one.date for one in facts.reports_to_executive], refuse)
    _once("workstreams[{}].slug", [one.slug for one in facts.workstreams], refuse)
    _once("workstrands[{}].name", [one.name for one in facts.workstrands], refuse)
    _once("projects[{}].ref", [one.ref for one in facts.projects], refuse)
    _once("benefits.lines[{}].ref", [one.ref for one in lines], refuse)
    _once("benefits.not_yet_quantified[{}].ref", benefits, refuse)
    _once("investment.lines[{}].ref", [one.ref for one in facts.investment.lines], refuse)
    _once("stated_figures[{}].ref", [one.ref for one in facts.stated_figures], refuse)
    _once("measures[{}].ref", [one.ref for one in facts.measures], refuse)
    _once("risks[{}].ref", [one.ref for one in facts.risks], refuse)
    for n, project in enumerate(facts.projects):
        _once(f"projects[{n}].needs[{{}}].ref", [one.ref for one in project.needs], refuse)
        _once(f"projects[{n}].milestones[{{}}].ref", [one.ref for one in project.milestones], refuse)


def _check_bodies(facts: Facts, refuse: Refuse) -> None:
    bodies = {"programme_board": facts.programme_board, "leadership_team": facts.leadership_team}
    for place, body in bodies.items():
        _once(f"{place}.seats[{{}}].post", [seat.post for seat in body.seats], refuse)
        chairs = [n for n, seat in enumerate(body.seats) if seat.role == SeatRole.CHAIR]
        if len(chairs) > 1:
            refuse(f"{place}.seats[{chairs[1]}].role", "a body has one chair.")


def _once(place: str, values: Iterable[object], refuse: Refuse) -> None:
    seen: set[object] = set()
    for n, value in enumerate(values):
        if value in seen:
            refuse(place.format(n), f"“{value}” stands here twice.")
        seen.add(value)


def _check_figures(facts: Facts, refuse: Refuse) -> None:
    for n, figure in enumerate(facts.stated_figures):
        given = [value for value in (figure.amount, figure.percent, figure.date) if value is not None]
        if len(given) != 1:
            refuse(f"stated_figures[{n}]", "a stated figure is one of amount, percent and date.")


def _check_measures(facts: Facts, refuse: Refuse) -> None:
    for n, measure in enumerate(facts.measures):
        if measure.baseline is None and measure.target is None:
            refuse(f"measures[{n}]", "a measure has a baseline, a target or both.")
        for name in ("baseline", "target"):
            if getattr(measure, f"{name}_qualifier") and getattr(measure, name) is None:
                refuse(f"measures[{n}].{name}_qualifier", f"there is no {name} that it could qualify.")


def _check_reconciliations(facts: Facts, refuse: Refuse) -> None:
    amounts = {one.ref for one in facts.stated_figures if one.amount is not None}
    _once("reconciliations[{}].ref", [one.ref for one in facts.reconciliations], refuse)
    for n, one in enumerate(facts.reconciliations):
        place = f"reconciliations[{n}]"
        ends = [(one.from_figure, one.from_computed, "from"), (one.to_figure, one.to_computed, "to")]
        for figure, computed, name in ends:
            if (figure is None) == (computed is None):
                refuse(place, f"one of {name}_figure and {name}_computed is needed.")
            if figure is not None and figure not in amounts:
                refuse(f"{place}.{name}_figure", f"“{figure}” is no stated amount of the file.")


def _check_savings(facts: Facts, refuse: Refuse) -> None:
    total, lines = facts.benefits.stated_total, facts.benefits.lines
    for n, line in enumerate(lines):
        place = f"benefits.lines[{n}]"
        _same_years(f"{place}.profile", line.profile, total.profile, refuse)
        _adds_up(f"{place}.stated_total", line.profile.values(), line.stated_total, "its years", refuse)
    for year, stated in total.profile.items():
        column = [line.profile[year] for line in lines]
        _adds_up(f"benefits.stated_total.profile.{year}", column, stated, "the lines", refuse)
    _adds_up("benefits.stated_total.total", total.profile.values(), total.total, "its years", refuse)


def _check_investment(facts: Facts, refuse: Refuse) -> None:
    amounts = [line.amount for line in facts.investment.lines]
    _adds_up("investment.stated_total", amounts, facts.investment.stated_total, "the lines", refuse)


def _check_payback(facts: Facts, refuse: Refuse) -> None:
    table = facts.payback
    _same_years("payback.cost", table.cost, table.benefit, refuse)
    _same_years("payback.net", table.net, table.benefit, refuse)
    for year, net in table.net.items():
        parts = [table.benefit[year], -table.cost[year]]
        _adds_up(f"payback.net.{year}", parts, net, "benefit less cost", refuse)
    for name in ("benefit", "cost", "net"):
        years: Mapping[FinancialYear, Decimal] = getattr(table, name)
        _adds_up(f"payback.total.{name}", years.values(), getattr(table.total, name), "the years", refuse)
    parts = [table.total.benefit, -table.total.cost]
    _adds_up("payback.total.net", parts, table.total.net, "benefit less cost", refuse)


def _same_years(
    place: str,
    years: Mapping[FinancialYear, Decimal | None],
    wanted: Mapping[FinancialYear, Decimal],
    refuse: Refuse,
) -> None:
    for year in wanted:
        if year not in years:
            refuse(place, f"the field “{year}” is missing; write null where the document’s cell is blank.")
    for year in years:
        if year not in wanted:
            refuse(f"{place}.{year}", f"the table has no year {year}.")


def _adds_up(place: str, parts: Iterable[Decimal | None], stated: Decimal, what: str, refuse: Refuse) -> None:
    total = sum((part for part in parts if part is not None), Decimal(0))
    if total != stated:
        refuse(place, f"{what} come to {pounds(total)}, but {pounds(stated)} is stated.")
