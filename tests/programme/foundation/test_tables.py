"""A table is declared once; the page, the sheet and the CSV come out of the same columns."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html

from programme.foundation import row_readers, tables
from programme.foundation.money import FinancialYear

YEAR = FinancialYear(2022)


@dataclass
class Row:
    ref: str = "R-001"
    title: str = "IT delays"
    cost: Decimal | None = Decimal(-174_000)
    due: datetime.date | None = datetime.date(2022, 7, 6)
    year: FinancialYear | None = YEAR
    score: int | None = 1234
    live: bool | None = False
    status: str | None = "open"
    rating: str | None = "amber"

    def get_absolute_url(self):
        return f"/risks/{self.ref}/"


class Risks(tables.BaseTable):
    ref = tables.LinkColumn("Reference")
    title = tables.TextColumn()
    cost = tables.MoneyColumn()
    due = tables.DateColumn()
    year = tables.FinancialYearColumn()
    score = tables.NumberColumn()
    live = tables.BooleanColumn()
    status = tables.TagColumn(choices=[("open", "Open")], colours={"open": "green"})
    rating = tables.RatingColumn()


def page_of(table) -> str:
    return render_to_string("tables/table.html", {"table": table})


def test_each_kind_of_value_stands_on_the_page_as_people_read_it():
    html = str(Risks([Row()]).body)

    assert '<th scope="row" class="govuk-table__header "><a class="govuk-link" href="/risks/R-001/">' in html
    assert 'numeric">−\N{WORD JOINER}£174,000</td>' in html
    assert ">6 July 2022</td>" in html
    assert ">2022/23</td>" in html
    assert ">1,234</td>" in html
    assert ">No</td>" in html
    assert '<strong class="govuk-tag govuk-tag--green">Open</strong>' in html
    assert "Amber" in html


def test_the_same_columns_give_typed_values_for_the_sheet():
    table = Risks([Row()])

    columns = table.sheet_columns()
    assert [(column.title, column.kind) for column in columns[:4]] == [
        ("Reference", "text"),
        ("Title", "text"),
        ("Cost", "money"),
        ("Due", "date"),
    ]
    due = datetime.date(2022, 7, 6)
    assert list(table.sheet_rows()) == [
        ["R-001", "IT delays", Decimal(-174_000), due, "2022/23", 1234, "No", "Open", "Amber"]
    ]


def test_unknown_is_a_dash_on_the_page_and_nothing_in_the_sheet_never_nought():
    row = Row(cost=None, due=None, year=None, score=None, live=None, status=None, rating=None)
    table = Risks([row])

    assert str(table.body).count(">–</td>") == 6
    assert "Not rated" in str(table.body)
    assert next(table.sheet_rows())[2:] == [None] * 6 + ["Not rated"]


def test_what_people_typed_never_becomes_html():
    nasty = '<script>alert("x")</script>&'
    html = page_of(Risks([Row(ref=nasty, title=nasty, status=nasty)], caption=nasty))

    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 5


def test_thousands_are_shown_rounded_but_the_sheet_keeps_the_pounds():
    class Costs(tables.BaseTable):
        cost = tables.MoneyColumn("Cost, £000", thousands=True)

    table = Costs([Row(cost=Decimal("1950499.99"))])

    assert ">1,950</th>" in str(table.body)
    assert table.sheet_columns()[0].kind == "thousands"
    assert list(table.sheet_rows()) == [[Decimal("1950499.99")]]


def test_a_moment_is_written_in_london_time():
    moment = datetime.datetime(2022, 7, 6, 13, 5, tzinfo=datetime.UTC)

    assert tables.DateColumn().render(moment) == "6 July 2022 at 14:05"
    london = moment.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    assert tables.DateColumn().plain(moment) == london


def test_a_link_may_lead_to_another_record_of_the_row_or_nowhere():
    class Actions(tables.BaseTable):
        title = tables.TextColumn()
        risk = tables.LinkColumn(accessor="risk__ref", to="risk")
        note = tables.LinkColumn(to=lambda record: None)

    @dataclass
    class Action:
        title: str
        risk: Row
        note: str

    html = str(Actions([Action("Call", Row(), "none")]).body)
    assert '<a class="govuk-link" href="/risks/R-001/">R-001</a>' in html
    assert ">none</td>" in html


def test_a_table_may_render_a_column_itself_with_the_arguments_it_names():
    class Own(Risks):
        def render_title(self, value, record, table):
            return format_html("<em>{}</em> {} {}", value, record.ref, len(table.rows))

        def value_title(self, value):
            return value.upper()

    table = Own([Row()])

    assert "<em>IT delays</em> R-001 1" in str(table.body)
    assert next(table.sheet_rows())[1] == "IT DELAYS"


def test_signatures_are_looked_up_once_a_column_and_inspected_once_ever():
    str(Risks([Row()]).body)
    before = row_readers._wanted.cache_info()
    str(Risks([Row() for _ in range(100)]).body)
    after = row_readers._wanted.cache_info()

    assert after.misses == before.misses
    assert after.hits - before.hits == 9


def test_a_rating_is_drawn_once_a_value_and_not_once_a_row():
    table = Risks([Row(rating=("green", "red")[number % 2]) for number in range(50)])

    assert str(table.body).count("<svg") == 50
    assert set(table.columns["rating"].column.drawn) == {"green", "red"}


def test_a_row_can_be_marked():
    class Late(Risks):
        def row_class(self, record):
            return "pp-table__row--late" if record.score > 1000 else ""

    html = str(Late([Row(), Row(score=1)]).body)
    assert html.count('<tr class="govuk-table__row pp-table__row--late">') == 1
    assert html.count('<tr class="govuk-table__row">') == 1


def test_the_column_that_names_the_row_is_its_header():
    class Named(Risks):
        row_header = "title"

    html = str(Named([Row()]).body)
    assert '<th scope="row" class="govuk-table__header ">IT delays</th>' in html
    assert html.count("<th ") == 1


def test_rows_that_are_not_records_sort_too_and_the_heading_says_which_way():
    table = Risks([Row(ref="A", score=3), Row(ref="B", score=1)], query=QueryDict("q=x&page=4&empty="))
    table.sort("score")

    assert [row[0] for row in table.sheet_rows()] == ["B", "A"]
    html = page_of(table)
    assert 'aria-sort="ascending"><a class="pp-sort" id="sort-score" href="?q=x&amp;sort=-score"' in html
    assert html.count('aria-sort="none"') == 8


@pytest.mark.parametrize("asked", ["", "-", "--score", "nonsense", "score__x", "-\x00", "x" * 10_000])
def test_sorting_by_what_is_not_there_changes_nothing(asked):
    table = Risks([Row(ref="A", score=3), Row(ref="B", score=1)], query=QueryDict())
    table.sort(asked)

    assert [row[0] for row in table.sheet_rows()] == ["A", "B"]
    assert table.sorted == ""


def test_without_an_address_the_headings_are_words_and_not_links():
    assert "<a" not in page_of(Risks([Row()])).split("<tbody")[0]


def test_a_misspelt_column_is_an_error_and_not_an_empty_column():
    class Wrong(tables.BaseTable):
        titel = tables.TextColumn()

    with pytest.raises(AttributeError):
        str(Wrong([Row()]).body)
