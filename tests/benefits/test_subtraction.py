"""What is withheld cannot be worked out from what is shown.

The document's figures hang together by sums: lines come to totals, years to line totals, benefit less cost is
net, and headlines are near enough the table's totals to stand for them. A reader who knows these sums and the
figures in view could solve for the rest. So the sums are written down as equations over every amount of the
document, what a reader sees is added as known, and a withheld amount must not follow from them.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

import pytest

from benefits.choices import Measure
from benefits.models import (
    BenefitAmount,
    BenefitLine,
    CostLine,
    StatedFigure,
    StatedScenario,
    StatedScenarioYear,
)
from programme.people.models import User

pytestmark = pytest.mark.django_db

YEARS = ("2022/23", "2023/24", "2024/25")
LINES, COSTS = ("B-001-L1", "B-002-L1", "B-003-L1"), tuple(f"C-{n:03}" for n in range(1, 7))
Equation = dict[str, Fraction]

# The headlines of a measure as one unknown: they differ by a per cent, which protects nothing.
STANDS_FOR = {
    Measure.ANNUAL_SAVINGS: "savings",
    Measure.IMPLEMENTATION_COST: "cost",
    Measure.SERVICE_REDESIGN_INCLUDING_STAFFING: "B-002-L1",
    Measure.SERVICE_REDESIGN_EXCLUDING_STAFFING: "B-002-L1 without staffing",
    Measure.INCOME_GENERATION: "B-003-L1",
    Measure.TECHNOLOGY_COST: "C-005",
    Measure.TEN_YEAR_NET_GAIN: "ten years",
}
SECRETS = [
    *(f"B-001-L1 {year}" for year in YEARS),
    "B-001-L1",
    "C-006",
    "staffing in B-002-L1",
]


def is_sum(whole: str, parts: Iterable[str], sign: int = 1) -> Equation:
    parts = list(parts)
    return (
        {whole: Fraction(1)}
        | dict.fromkeys(parts[:1], Fraction(-1))
        | dict.fromkeys(parts[1:], Fraction(-sign))
    )


def sums_of_the_document() -> list[Equation]:
    equations = [is_sum(line, [f"{line} {year}" for year in YEARS]) for line in LINES]
    equations += [is_sum(f"savings {year}", [f"{line} {year}" for line in LINES]) for year in YEARS]
    equations += [is_sum("savings", [f"savings {year}" for year in YEARS]), is_sum("cost", COSTS)]
    equations += [is_sum("cost", [f"cost {year}" for year in YEARS])]
    for year in ("", *(f" {year}" for year in YEARS)):
        equations.append(is_sum(f"net{year}", [f"savings{year}", f"cost{year}"], sign=-1))
    equations.append(is_sum("B-002-L1", ["B-002-L1 without staffing", "staffing in B-002-L1"]))
    equations.append({"ten years": Fraction(1), "net": Fraction(-1), "savings": Fraction(-7)})
    # A blank cell reads as nothing in the document's totals.
    return equations + [
        {f"{cell}": Fraction(1)} for cell in ("B-002-L1 2022/23", "B-003-L1 2022/23", "B-003-L1 2024/25")
    ]


def known_to(user: User) -> list[Equation]:
    amounts = BenefitAmount.objects.visible_to(user).select_related("line")
    names = [f"{one.line.ref} {one.year}" for one in amounts]
    names += [line.ref for line in BenefitLine.objects.visible_to(user) if line.stated_total is not None]
    names += [line.ref for line in CostLine.objects.visible_to(user)]
    names += [
        STANDS_FOR[one.measure] for one in StatedFigure.objects.visible_to(user) if one.measure in STANDS_FOR
    ]
    for year in StatedScenarioYear.objects.visible_to(user):
        names += [f"savings {year.year}", f"cost {year.year}", f"net {year.year}"]
    if StatedScenario.objects.visible_to(user).exists():
        names += ["savings", "cost", "net"]
    return [{name: Fraction(1)} for name in names]


def follows(wanted: str, equations: list[Equation]) -> bool:
    """Whether the equations fix ``wanted``: whether its own row adds nothing to their rank."""
    return rank([*equations, {wanted: Fraction(1)}]) == rank(equations)


def rank(equations: list[Equation]) -> int:
    solved: list[tuple[str, Equation]] = []
    for equation in equations:
        row = dict(equation)
        for pivot, other in solved:
            if factor := row.get(pivot):
                row = {
                    name: value
                    for name in {*row, *other}
                    if (value := row.get(name, Fraction(0)) - factor * other.get(name, Fraction(0)))
                }
        if row:
            pivot, value = next(iter(row.items()))
            solved.append((pivot, {name: part / value for name, part in row.items()}))
    return len(solved)


NOT_FOR_THEM = ["lead-commercial", "lead-digital", "pm-crm", "champion", "communications-officer", "staff"]


@pytest.mark.parametrize("part", NOT_FOR_THEM)
def test_no_withheld_amount_follows_from_what_is_in_view(reader: Callable[[str], User], part: str) -> None:
    equations = sums_of_the_document() + known_to(reader(part))
    assert [secret for secret in SECRETS if follows(secret, equations)] == []


def test_those_who_may_know_can_work_everything_out(reader: Callable[[str], User]) -> None:
    for part in ("sro", "finance", "auditor"):
        equations = sums_of_the_document() + known_to(reader(part))
        assert [secret for secret in SECRETS if not follows(secret, equations)] == []


@pytest.mark.parametrize(
    ("shown", "secret"),
    [
        ("F-003", "B-001-L1"),
        ("F-007", "C-006"),
        ("F-005", "C-006"),
        ("F-009", "staffing in B-002-L1"),
        ("P-001", "B-001-L1 2022/23"),
    ],
)
def test_each_exemption_is_needed(
    reader: Callable[[str], User], installation: User, shown: str, secret: str
) -> None:
    model = StatedScenario if shown.startswith("P") else StatedFigure
    figure = model.objects.get(ref=shown)
    figure.classification = "internal"
    figure.record(by=installation, reason="What if it were in view")
    equations = sums_of_the_document() + known_to(reader("lead-digital"))
    assert follows(secret, equations)
