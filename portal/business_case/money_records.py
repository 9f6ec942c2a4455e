"""The facts about savings, investment, payback and headlines as records, each with its source."""

from __future__ import annotations

from typing import Any

from benefits.choices import RESTS_ON, AmountKind, Ground
from benefits.models import (
    Benefit,
    BenefitAmount,
    BenefitLine,
    CostLine,
    Reconciliation,
    StatedFigure,
    StatedScenario,
    StatedScenarioYear,
)
from programme.foundation.sources import Basis, PriceBase
from programme.people.choices import Classification

from . import facts
from .facts import Facts
from .portfolio_records import Places, document_words
from .settling import Settling


def load(one: Facts, settling: Settling, places: Places) -> None:
    """All figures. A blank cell has no row: unknown is not nought."""
    _benefits(one, settling, places)
    _investment(one, settling, places)
    _payback(one, settling, places)
    figures = _stated_figures(one, settling, places)
    _reconciliations(one, settling, places, figures)


def _source(one: Facts, place: str) -> dict[str, Any]:
    return {
        "source_document": document_words(one.document),
        "source_place": place,
        "source_as_at": one.document.dated,
        "basis": Basis.ESTIMATE,
        "price_base": PriceBase.NOMINAL,
    }


def _classed(one: Facts, exempt: bool) -> dict[str, Any]:
    if not exempt:
        return {"classification": Classification.INTERNAL}
    return {
        "classification": Classification.EXEMPT,
        "exempt_paragraphs": list(one.exemption.paragraphs),
        "exempt_reason": one.exemption.reason,
        "exempt_review": one.exemption.review,
    }


def _benefits(one: Facts, settling: Settling, places: Places) -> None:
    benefits = _homes_of_lines(one, settling, places)
    found = [*one.benefits.lines, *one.benefits.not_yet_quantified]
    wanted = [_line(one, line, benefits[line.ref]) for line in found]
    lines = {line.ref: line for line in settling.settle(BenefitLine, wanted, key=("ref",))}
    amounts = [  # what the business case approves is also what was approved first
        BenefitAmount(line=lines[_reference(line)], year=year, kind=kind, amount=amount)
        for kind in (AmountKind.APPROVED, AmountKind.ORIGINAL)
        for line in one.benefits.lines
        for year, amount in line.profile.items()
        if amount is not None
    ]
    settling.settle(BenefitAmount, amounts, key=("line_id", "kind", "year"))


def _line(one: Facts, stated: facts.BenefitLine | facts.NotQuantified, benefit: Benefit) -> BenefitLine:
    line = BenefitLine(
        benefit=benefit,
        ref=_reference(stated),
        name=stated.name,
        category=stated.category,
        kind=stated.kind,
        kind_note=one.benefits.kinds,
        position=benefit.position,
        scope=benefit.scope,
        **_source(one, stated.where if isinstance(stated, facts.NotQuantified) else one.benefits.where),
        **_classed(one, _is_exempt(stated)),
    )
    if isinstance(stated, facts.NotQuantified):
        line.not_quantified_because = stated.reason
    else:
        line.stated_total = stated.stated_total
    return line


def _reference(stated: facts.BenefitLine | facts.NotQuantified) -> str:
    return f"{stated.ref}-L1"


def _is_exempt(stated: facts.BenefitLine | facts.NotQuantified) -> bool:
    return isinstance(stated, facts.BenefitLine) and stated.is_exempt


def _homes_of_lines(one: Facts, settling: Settling, places: Places) -> dict[str, Benefit]:
    """The document has no benefits beside its lines: each line stands in one of its own."""
    wanted = [
        Benefit(
            ref=stated.ref,
            name=stated.name,
            position=position,
            scope=places.of(stated.belongs_to),
            **_classed(one, _is_exempt(stated)),
        )
        for position, stated in enumerate([*one.benefits.lines, *one.benefits.not_yet_quantified], 1)
    ]
    return {benefit.ref: benefit for benefit in settling.settle(Benefit, wanted, key=("ref",))}


def _investment(one: Facts, settling: Settling, places: Places) -> None:
    wanted = [
        CostLine(
            ref=line.ref,
            name=line.name,
            category=line.category,
            amount=line.amount,
            funding=one.investment.funding,
            position=position,
            scope=places.of(line.belongs_to),
            **_source(one, one.investment.where),
            **_classed(one, line.exempt),
        )
        for position, line in enumerate(one.investment.lines, 1)
    ]
    settling.settle(CostLine, wanted, key=("ref",))


def _payback(one: Facts, settling: Settling, places: Places) -> None:
    table = one.payback
    [scenario] = settling.settle(
        StatedScenario,
        [
            StatedScenario(
                ref=table.ref,
                name=table.name,
                statement=table.statement,
                note=table.note,
                stated_benefit=table.total.benefit,
                stated_cost=table.total.cost,
                stated_net=table.total.net,
                scope=places.programme,
                **_source(one, table.where),
                **_classed(one, table.exempt),
            )
        ],
        key=("ref",),
    )
    years = [
        StatedScenarioYear(
            scenario=scenario, year=year, benefit=benefit, cost=table.cost[year], net=table.net[year]
        )
        for year, benefit in table.benefit.items()
    ]
    settling.settle(StatedScenarioYear, years, key=("scenario_id", "year"))


def _stated_figures(one: Facts, settling: Settling, places: Places) -> dict[str, StatedFigure]:
    wanted = [
        StatedFigure(
            ref=figure.ref,
            measure=figure.measure,
            amount=figure.amount,
            percent=figure.percent,
            date=figure.date,
            covers=figure.covers,
            qualifier=figure.qualifier,
            inferred_basis=figure.inferred_basis,
            position=position,
            scope=places.of(figure.belongs_to),
            **_source(one, figure.where),
            **_classed(one, figure.exempt),
        )
        for position, figure in enumerate(one.stated_figures, 1)
    ]
    return {figure.ref: figure for figure in settling.settle(StatedFigure, wanted, key=("ref",))}


def _reconciliations(
    one: Facts, settling: Settling, places: Places, figures: dict[str, StatedFigure]
) -> None:
    """Each is exempt where either figure is, or anything that it rests on; nothing is explained yet."""
    exempt = {
        Ground.LINES: any(line.is_exempt for line in one.benefits.lines),
        Ground.SCENARIO: one.payback.exempt,
        Ground.STATED: any(figure.exempt for figure in one.stated_figures),
        Ground.COSTS: any(line.exempt for line in one.investment.lines),
    }
    stated = {figure.ref: figure.exempt for figure in one.stated_figures}
    wanted = []
    for position, found in enumerate(one.reconciliations, 1):
        grounds = {g for which in (found.from_computed, found.to_computed) if which for g in RESTS_ON[which]}
        named = [ref for ref in (found.from_figure, found.to_figure) if ref]
        is_exempt = any(stated[ref] for ref in named) or any(exempt[ground] for ground in grounds)
        wanted.append(
            Reconciliation(
                ref=found.ref,
                title=found.title,
                note=found.note,
                from_figure=figures.get(found.from_figure or ""),
                from_computed=found.from_computed or "",
                to_figure=figures.get(found.to_figure or ""),
                to_computed=found.to_computed or "",
                position=position,
                scope=places.programme,
                **_classed(one, is_exempt),
            )
        )
    settling.settle(Reconciliation, wanted, key=("ref",))
