"""However many records there are, a page asks the database the same number of questions.

The pages are those that ``make bench`` times (``tests/bench/addresses/``): a line there is a case here.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.bench.addresses import PAGES
from tests.bench.addresses.page import LEAD, MANAGER, Page
from tests.bench.sizes import LIMITS, Size
from tests.cast import written

FEW = Size("few", projects=15, entries=300, dependencies=400, decisions=30, news=3, benefits=40, risks=120)
MORE = Size("more", projects=30, entries=600, dependencies=800, decisions=45, news=6, benefits=80, risks=180)
# A longer page of a list is drawn from the same questions as a page of 25, only more slowly.
TIMED = [page for page in PAGES if not page.changes and page.kind not in ("list of 50", "list of 100")]
SHEETS = tuple(
    Page(f"{name} as a sheet", f"{address}?format=csv", "list of 25", (MANAGER, LEAD))
    for name, address in (
        ("projects", "/projects/"),
        ("plan", "/plan/list/"),
        ("decisions", "/board/decisions/"),
    )
)


@pytest.fixture
def places_of_the_cast(agile, commercial, digital, board, digital_group, lead_digital, programme_manager):
    """What a made-up programme stands on, and the people who look at it."""
    from programme.portfolio.models import CorporatePriority, DesignPrinciple, Workstrand

    for position, workstream in enumerate((agile, commercial, digital), 1):
        strand = written(Workstrand(workstream=workstream, name=f"Strand {position}", position=position))
        written(DesignPrinciple(workstrand=strand, text=f"Principle {position}", position=1))
        written(CorporatePriority(name=f"Priority {position}", position=position))
    return {LEAD: lead_digital, MANAGER: programme_manager}


def counted(size, people, sign_in):
    """{(page, who): queries} with a programme of this size, which is gone afterwards."""
    from tests.bench.world import World, places

    found = {}
    with transaction.atomic():
        World(size).fill()
        at = places()
        for who, person in people.items():
            browser = sign_in(person)
            for page in (*TIMED, *SHEETS):
                if who in page.people:
                    found[page, who] = queries_of(browser, page.at(at), page.at(at, 1))
        transaction.set_rollback(True)
    return found


def queries_of(browser, before, address):
    browser.get(before).getvalue()  # what is kept for ever after the first time is not counted
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        body = answer.getvalue()
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    assert body
    return [query["sql"] for query in asked.captured_queries]


def test_queries_do_not_depend_on_the_number_of_records(places_of_the_cast, sign_in):
    few, more = (counted(size, places_of_the_cast, sign_in) for size in (FEW, MORE))
    grown = {
        f"{page.name} as {who}": f"{len(few[page, who])} → {len(asked)}, for example {repeated(asked)}"
        for (page, who), asked in more.items()
        if len(asked) != len(few[page, who])
    }
    assert grown == {}
    many = {
        f"{page.name} as {who}": len(asked)
        for (page, who), asked in more.items()
        if len(asked) > LIMITS[page.kind].queries
    }
    assert many == {}


def repeated(asked):
    """The beginning of the query asked most often."""
    return max(asked, key=lambda sql: asked.count(sql))[:160]
