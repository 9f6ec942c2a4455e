"""The schema of the facts: a field without a default must be in the file, one that is not here may not be."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from benefits.choices import Category, Computed, CostCategory, FundingSource, Kind, Measure
from programme.performance.choices import Direction
from programme.plan.choices import Precision
from programme.portfolio.choices import SeatRole, Stage

from .limits import (
    MilestoneReference,
    Name,
    PartlyKnown,
    Pounds,
    Profile,
    Reference,
    Sentence,
    SignedPounds,
    SignedProfile,
    Slug,
    Statement,
    Text,
    Whole,
    Words,
)


@dataclass(frozen=True)
class Document:
    title: Name
    version: Annotated[str, Text(40)]
    dated: datetime.date


@dataclass(frozen=True)
class Exemption:
    paragraphs: tuple[Annotated[int, Whole(1)], ...]
    reason: Annotated[str, Text(2000)]
    review: datetime.date


@dataclass(frozen=True)
class Organisation:
    name: Name
    corporate_plan: Words
    priorities_where: Words
    priorities: tuple[Name, ...]
    shared_priority: Name


@dataclass(frozen=True)
class Programme:
    slug: Slug
    name: Name
    vision: Statement
    objectives: tuple[Statement, ...]
    agile_principles: tuple[Statement, ...]
    implementation_order: tuple[Statement, ...]
    transition: Statement


@dataclass(frozen=True)
class Report:
    date: datetime.date
    where: Words
    subject: Sentence


@dataclass(frozen=True)
class Workstream:
    slug: Slug
    name: Name
    short: Annotated[str, Text(40)]
    priority: Name
    purpose: Statement


@dataclass(frozen=True)
class Workstrand:
    name: Annotated[str, Text(80)]
    home: Slug
    principles: tuple[Sentence, ...]
    note: Sentence = ""


@dataclass(frozen=True)
class Need:
    ref: Reference
    note: Sentence = ""


@dataclass(frozen=True)
class Milestone:
    ref: MilestoneReference
    name: Words
    date: datetime.date
    precision: Precision
    where: Words


@dataclass(frozen=True)
class Project:
    ref: Reference
    workstream: Slug
    workstrand: Annotated[str, Text(80)]
    name: Words
    where: Words
    purpose: Sentence = ""
    stage: Stage | None = None
    needs: tuple[Need, ...] = ()
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Seat:
    post: Name
    role: SeatRole


@dataclass(frozen=True)
class Body:
    slug: Slug
    name: Name
    purpose: Statement
    rules: tuple[Statement, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class DeliveryGroups:
    purpose: Statement
    rules: tuple[Statement, ...]


@dataclass(frozen=True)
class BenefitLine:
    """``exempt`` left out means: exempt where it is about staffing."""

    ref: Reference
    category: Category
    kind: Kind
    name: Words
    profile: PartlyKnown
    stated_total: SignedPounds
    belongs_to: Reference | None = None
    exempt: bool | None = None

    @property
    def is_exempt(self) -> bool:
        return self.category == Category.STAFFING_REDESIGN if self.exempt is None else self.exempt


@dataclass(frozen=True)
class NotQuantified:
    ref: Reference
    category: Category
    kind: Kind
    name: Words
    reason: Annotated[str, Text(500)]
    where: Words
    belongs_to: Reference | None = None


@dataclass(frozen=True)
class StatedTotal:
    profile: SignedProfile
    total: SignedPounds


@dataclass(frozen=True)
class Benefits:
    """``kinds`` says how the kinds of the lines were settled, which the document does not state."""

    where: Words
    kinds: Annotated[str, Text(300)]
    lines: tuple[BenefitLine, ...]
    stated_total: StatedTotal
    not_yet_quantified: tuple[NotQuantified, ...]


@dataclass(frozen=True)
class CostLine:
    ref: Reference
    name: Words
    category: CostCategory
    amount: Pounds
    belongs_to: Reference | None = None
    exempt: bool = False


@dataclass(frozen=True)
class Investment:
    where: Words
    funding: FundingSource
    lines: tuple[CostLine, ...]
    stated_total: Pounds


@dataclass(frozen=True)
class PaybackTotal:
    benefit: SignedPounds
    cost: Pounds
    net: SignedPounds


@dataclass(frozen=True)
class Payback:
    ref: Reference
    name: Name
    where: Words
    benefit: SignedProfile
    cost: Profile
    net: SignedProfile
    total: PaybackTotal
    statement: Sentence
    note: Annotated[str, Text(500)] = ""
    exempt: bool = True


@dataclass(frozen=True)
class StatedFigure:
    """One of amount, per cent or date."""

    ref: Reference
    measure: Measure
    where: Words
    amount: SignedPounds | None = None
    percent: Annotated[int, Whole(0)] | None = None
    date: datetime.date | None = None
    covers: Name = ""
    qualifier: Annotated[str, Text(60)] = ""
    inferred_basis: Sentence = ""
    belongs_to: Reference | None = None
    exempt: bool = False


@dataclass(frozen=True)
class StatedMeasure:
    """Something the document counts: a baseline, a target or both, in ``unit``."""

    ref: Annotated[str, Text(12, r"M-\d{3,5}", "M-001")]
    name: Words
    unit: Annotated[str, Text(40)]
    better: Direction
    where: Words
    definition: Statement = ""
    baseline: Annotated[Decimal, Whole(0)] | None = None
    baseline_qualifier: Annotated[str, Text(40)] = ""
    target: Annotated[Decimal, Whole(0)] | None = None
    target_qualifier: Annotated[str, Text(40)] = ""
    belongs_to: Reference | None = None


@dataclass(frozen=True)
class StatedRisk:
    """A risk that the document names, without scores: those are the portal's people's to give."""

    ref: Annotated[str, Text(12, r"R-\d{3,5}", "R-001")]
    title: Words
    where: Words


@dataclass(frozen=True)
class Reconciliation:
    """Two figures that differ, each a stated one (by its reference) or one that the portal works out."""

    ref: Reference
    title: Words
    from_figure: Reference | None = None
    from_computed: Computed | None = None
    to_figure: Reference | None = None
    to_computed: Computed | None = None
    note: Annotated[str, Text(2000)] = ""


@dataclass(frozen=True)
class Facts:
    document: Document
    exemption: Exemption
    organisation: Organisation
    programme: Programme
    reports_to_executive: tuple[Report, ...]
    workstreams: tuple[Workstream, ...]
    workstrands: tuple[Workstrand, ...]
    projects: tuple[Project, ...]
    programme_board: Body
    delivery_groups: DeliveryGroups
    leadership_team: Body
    benefits: Benefits
    investment: Investment
    payback: Payback
    stated_figures: tuple[StatedFigure, ...]
    reconciliations: tuple[Reconciliation, ...]
    measures: tuple[StatedMeasure, ...]
    risks: tuple[StatedRisk, ...] = ()
