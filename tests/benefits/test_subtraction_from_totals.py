"""What is withheld cannot be worked out from all that the savings page shows together.

Each withheld amount is another power of two, so that a total less what is in view says which it holds.
An attacker asks the page for every axis under every filter, takes what the totals hold as equations, and must
not find one withheld line, nor a few posts.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, product

import pytest

from benefits.choices import Category, Deliverability
from benefits.models import BenefitLine, BenefitShare, LineReference
from benefits.reading.outlook import CUTS, Asked, outlook
from benefits.reading.savings import reading_of
from benefits.rules.breakdown import Breakdown, Row
from benefits.rules.totals import Axis
from programme.people.models import User
from programme.portfolio.models import Workstream
from tests.attacker import Vector, follows
from tests.cast import written
from tests.savings import EXEMPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_30_november")]
POSTS = [3, 4, 6, 2, 3, 3]
YEARS = ["2022/23", "2023/24"]


@pytest.fixture
def hidden(
    benefit: Callable, line: Callable, agile: Workstream, commercial: Workstream, digital: Workstream
) -> list[tuple[int, set[str]]]:
    """Withheld amounts in the order of their powers: (line, its posts). Lines in view lie everywhere."""
    categories, ratings = [*Category.values[:3]], [*Deliverability.values]
    for number, (stream, category, rating) in enumerate(
        product((agile, commercial, digital), categories, ratings), 101
    ):
        seen = {"category": category, "deliverability": rating}
        benefit(f"B-{number}", home=stream, lines=[seen | {"approved": dict.fromkeys(YEARS, 2**30)}])
    atoms = []
    for number, posts in enumerate(POSTS):
        home = (agile, agile, commercial, agile, commercial, commercial)[number]
        made = benefit(f"B-00{number + 1}", home=home, **EXEMPT)
        years = YEARS[: 1 + number % 2]
        amounts = {year: 2 ** (len(atoms) + place) for place, year in enumerate(years)}
        kept = {"category": categories[number % 2], "deliverability": ratings[number // 4]}
        one: BenefitLine = line(made, approved=amounts, **kept, **EXEMPT)
        names = {f"P-{number}-{post}" for post in range(posts)}
        for name in names:
            written(LineReference(line=one, kind="post", reference=name))
        atoms += [(one.pk, names)] * len(years)
    return atoms


def questions() -> Iterator[Asked]:
    """Every axis, new in each year and running on, under no filter, one, or two of different axes."""
    filters = [(Axis.CATEGORY, value) for value in Category.values[:3]]
    filters += [(Axis.DELIVERABILITY, value) for value in Deliverability.values]
    filters += [(Axis.WORKSTREAM, value) for value in ("agile-sustainable", "commercial", "digital")]
    pairs = [pair for pair in combinations(filters, 2) if pair[0][0] != pair[1][0]]
    for chosen in ((), *((one,) for one in filters), *pairs):
        for axis in CUTS:
            yield Asked(axis, carried=False, chosen=chosen)
        yield Asked(Axis.YEAR, carried=True, chosen=chosen)


def equations(reader: User, number: int) -> set[Vector]:
    """Which withheld amounts each total that is shown holds, more than the lines in view."""
    reading, found = reading_of(reader), set()
    for asked in questions():
        answer = outlook(reading, asked)
        seen = {part.block: part for part in answer.parts}
        for whole in answer.wholes:
            for row, own in _rows(whole, seen[whole.block]):
                for cell, amount in row.cells.items():
                    held = int(amount - own.cells.get(cell, 0))
                    found.add(tuple(held >> place & 1 for place in range(number)))
    return found


def _rows(whole: Breakdown, seen: Breakdown) -> Iterator[tuple[Row, Row]]:
    yield from zip(whole.rows, seen.rows, strict=True)
    if whole.total and seen.total:
        yield whole.total, seen.total


def test_no_withheld_line_and_no_few_posts_follow(
    hidden: list[tuple[int, set[str]]], lead_digital: User
) -> None:
    told = sorted(equations(lead_digital, len(hidden)))
    assert told, "the rule shows something, or there is nothing to attack"
    for size in range(1, len(hidden) + 1):
        for few in combinations(range(len(hidden)), size):
            lines, posts = {hidden[n][0] for n in few}, set().union(*(hidden[n][1] for n in few))
            wanted = tuple(int(n in few) for n in range(len(hidden)))
            if len(lines) == 1 or len(posts) < 5:
                assert not follows(wanted, told), few


def test_those_who_see_everything_are_told_nothing_twice(
    hidden: list[tuple[int, set[str]]], sro: User
) -> None:
    assert equations(sro, len(hidden)) == set()


def test_the_register_tells_nothing_of_them_under_any_filter(
    hidden: list[tuple[int, set[str]]], lead_digital: User, sign_in: Callable, digital: Workstream
) -> None:
    """Its sums are of lines in view alone, each of which is a multiple of 2³⁰ in whole or in half."""
    agile = Workstream.objects.get(slug="agile-sustainable")
    for line in BenefitLine.objects.filter(pk__in=[pk for pk, _ in hidden]).select_related("benefit"):
        for stream in (agile, digital):
            written(BenefitShare(benefit=line.benefit, workstream=stream, percent=50))
    client, views = sign_in(lead_digital), set()
    for year, stream, more in product(
        ("", *YEARS, f"{YEARS[1]}&basis=run-rate"),
        ("", "agile-sustainable", "commercial", "digital", "none"),
        ("", "category=staffing_redesign", "deliverability=deliverable", "kind=cashable", "sort=-approved"),
    ):
        context = client.get(f"/benefits/list/?year={year}&workstream={stream}&{more}").context
        listed = [line.ref for line in context["table"].page.object_list.data]
        assert not [ref for ref in listed if ref < "B-100"]
        views.add(context["count"])
        sums = context["list"].come_to
        for part in sums.blocks if sums else ():
            assert all(amount % 2**29 == 0 for amount in part.rows[0].cells.values())
    assert views == {0, 3, 9, 27}
