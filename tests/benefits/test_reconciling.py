"""The first reconciliations, as the business case disagrees with itself, and who sees them."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.choices import Computed
from benefits.models import BenefitAmount, Reconciliation, StatedFigure, StatedScenario
from benefits.pictures.bridges import all_bridges, bridge_picture
from benefits.reading.computed import computed
from benefits.reading.grounds import Grounds
from benefits.reading.reconciliations import Reconciled, in_a_sentence, reconciled, reconciliations
from benefits.rules.bridging import Standing
from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User
from tests.words import together

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
LOADED = datetime.date(2022, 7, 4)


def k(amount: str | int) -> Decimal:
    return Decimal(amount) * 1000


def by_ref(user: User) -> dict[str, Reconciled]:
    return {one.ref: one for one in reconciliations(user)}


def test_every_disagreement_is_open_to_the_pound(reader: Reader) -> None:
    found = reconciliations(reader("sro"))
    assert [(one.ref, one.left) for one in found] == [
        ("R-001", k(231)),
        ("R-002", k(13)),
        ("R-003", k(139)),
        ("R-004", k(-10)),
        ("R-005", k(-1)),
        ("R-006", k(-21)),
        ("R-007", k(160)),
        ("R-008", k(1_000)),
        ("R-009", k(-227)),
        ("R-010", k(-13)),
        ("R-011", k(1)),
        ("R-012", k(79)),
    ]
    assert {one.standing for one in found} == {Standing.OPEN}
    assert in_a_sentence(found).startswith(
        "12 of 12 are open; the largest difference that nothing explains is £1,000,000: R-008"
    )


def test_the_lines_against_the_stated_rows_are_bridged_by_year(reader: Reader) -> None:
    payback = by_ref(reader("sro"))["R-010"]
    assert payback.left_words == together("+£3,000 in 2022/23, −£23,000 in 2023/24, +£7,000 in 2024/25")
    assert payback.left_in_all == k(33)


def test_the_ten_years_are_reproduced_on_the_inferred_basis_and_on_three_timings(reader: Reader) -> None:
    grounds = Grounds(reader("finance"))
    inferred = computed(Computed.INFERRED_TEN_YEARS, grounds)
    assert inferred.amounts == k(12_991)
    assert "314 + 7 × 1,811 (£000)" in inferred.note
    assert "mixes two totals and two bases" in inferred.note
    timings = [
        Computed.STATED_NET_TEN_YEARS,
        Computed.STATED_NET_TEN_YEARS_MID,
        Computed.STATED_NET_TEN_YEARS_START,
    ]
    assert [computed(which, grounds).amounts for which in timings] == [k(13_069), k("14037.5"), k(15_006)]


def test_what_the_portal_works_out_from_its_lines(reader: Reader) -> None:
    grounds = Grounds(reader("sro"))
    years = [FinancialYear(start) for start in (2022, 2023, 2024)]
    assert computed(Computed.LINES_APPROVED, grounds).amounts == k(1_950)
    assert computed(Computed.INVESTMENT_LINES, grounds).amounts == k(1_602)
    assert computed(Computed.LINES_FORECAST, grounds).amounts is None
    assert computed(Computed.LINES_DELIVERED, grounds).amounts == 0
    lines = Profile(zip(years, map(k, (150, 850, 950)), strict=True))
    assert computed(Computed.LINES_BY_YEAR, grounds).amounts == lines
    stated = Profile(zip(years, map(k, (153, 827, 957)), strict=True))
    assert computed(Computed.STATED_BENEFIT_BY_YEAR, grounds).amounts == stated


def test_every_figure_the_portal_can_work_out_stood_the_same_on_the_day_it_was_loaded(reader: Reader) -> None:
    user = reader("sro")
    now, then = Grounds(user), Grounds(user, LOADED)
    for which in Computed:
        assert computed(which, now).amounts == computed(which, then).amounts, which
    assert computed(Computed.LINES_APPROVED, Grounds(user, LOADED - datetime.timedelta(1))).amounts is None


@pytest.mark.parametrize("part", ["lead-digital", "lead-agile", "pm-crm", "champion"])
def test_others_see_only_what_rests_on_nothing_exempt(reader: Reader, part: str) -> None:
    user = reader(part)
    assert list(by_ref(user)) == ["R-008", "R-009"]
    for which in (Computed.STATED_NET_BY_YEAR, Computed.INFERRED_TEN_YEARS):
        figure = computed(which, Grounds(user))
        assert (figure.amounts, figure.withheld) == (None, True)


def test_a_computed_total_with_an_exempt_line_in_it_is_withheld_as_a_whole(reader: Reader) -> None:
    figure = computed(Computed.LINES_APPROVED, Grounds(reader("lead-digital")))
    assert (figure.amounts, figure.withheld) == (None, True)
    past = computed(Computed.LINES_APPROVED, Grounds(reader("champion"), LOADED))
    assert (past.amounts, past.withheld) == (None, True)


def test_staff_see_none(reader: Reader) -> None:
    assert not reconciliations(reader("staff"))


def test_a_figure_made_exempt_later_takes_its_reconciliation_with_it(
    reader: Reader, installation: User
) -> None:
    lead = reader("lead-digital")
    gap = StatedFigure.objects.get(ref="F-013")
    gap.classification, gap.exempt_paragraphs = "exempt", [3]
    gap.exempt_reason, gap.exempt_review = "Being negotiated.", datetime.date(2023, 1, 1)
    gap.record(by=installation, reason="It is being negotiated")
    assert list(by_ref(lead)) == ["R-009"]
    assert not Reconciliation.objects.visible_to(lead).filter(ref="R-008").exists()


def test_a_ground_made_exempt_later_takes_its_reconciliation_with_it(
    reader: Reader, installation: User
) -> None:
    lead = reader("lead-digital")
    opened = [*StatedScenario.objects.all(), *Reconciliation.objects.filter(ref="R-010")]
    for one in opened:
        one.classification = "internal"
        one.record(by=installation, reason="The exemption was reviewed")
    assert "R-010" not in by_ref(lead), "the lines of staffing are exempt still"


def test_a_line_that_moves_moves_the_difference(reader: Reader, installation: User) -> None:
    user = reader("sro")
    amount = BenefitAmount.objects.get(line__ref="B-003-L1", year=FinancialYear(2023), kind="original")
    amount.amount = k(227)
    amount.record(by=installation, reason="Trying")
    assert by_ref(user)["R-010"].left_words == together("+£3,000 in 2022/23, +£7,000 in 2024/25")
    record = Reconciliation.objects.filter(ref="R-010")
    [then] = reconciled(record.as_at(LOADED), user, LOADED)
    assert then.left_words == together("+£3,000 in 2022/23, −£23,000 in 2023/24, +£7,000 in 2024/25")


def test_pictures_carry_their_words(reader: Reader) -> None:
    found = by_ref(reader("sro"))
    picture = bridge_picture(found["R-010"])
    assert picture is not None
    assert together("a difference of −£13,000, nothing of it is explained") in picture.summary
    assert [row[0] for row in picture.rows[1:4]] == [
        "2022/23: not explained",
        "2023/24: not explained",
        "2024/25: not explained",
    ]
    every = all_bridges(list(found.values()))
    assert every is not None
    assert "12 of 12 differences still have something open" in every.summary
    assert all_bridges([]) is None


def test_queries_do_not_grow_with_reconciliations(reader: Reader, installation: User) -> None:
    user, sro = reader("lead-digital"), reader("sro")
    reconciliations(user), reconciliations(sro)
    with CaptureQueriesContext(connection) as few:
        reconciliations(user)
    pattern = Reconciliation.objects.get(ref="R-008")
    for n in range(10):
        pattern.pk, pattern.id, pattern._state.adding, pattern.ref = None, None, True, f"R-1{n:02}"
        pattern.version = 1
        pattern.record(by=installation, reason="Many")
    with CaptureQueriesContext(connection) as many:
        assert len(reconciliations(user)) == 12
    assert len(many) == len(few) <= 8
    with CaptureQueriesContext(connection) as all_of_them:
        assert len(reconciliations(sro)) == 22
    assert len(all_of_them) <= 9
