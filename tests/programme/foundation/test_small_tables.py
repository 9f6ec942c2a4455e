"""The rows of a small table are what Django's templates would write: nothing that people type is markup."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from django.template import engines
from django.utils.functional import lazystr
from django.utils.safestring import SafeString

from programme.foundation.templatetags.portal_tables import data_rows

TYPED = '<b onclick="x">&'


def by_template(value: object) -> str:
    return engines["django"].from_string("{{ value }}").render({"value": value})


def inside(cell: object) -> str:
    return re.search(r"<td[^>]*>(.*)</td>", data_rows([["Row", cell]], ["First", "Second"]), re.DOTALL)[1]


@pytest.mark.parametrize(
    "value",
    [
        TYPED,
        SafeString("<i>made here</i>"),
        lazystr(TYPED),
        None,
        True,
        12345,
        Decimal("12345.60"),
        datetime.date(2026, 7, 2),
        datetime.datetime(2026, 7, 2, 23, 30, tzinfo=datetime.UTC),  # the third in London
    ],
)
def test_a_value_reads_as_a_template_would_write_it(value):
    assert inside(value) == by_template(value)


@pytest.mark.parametrize("more", [{"url": "/risks/"}, {"late": True}, {"band": "high"}, {"rating": "green"}])
def test_words_in_a_marked_cell_are_never_markup_also_where_they_read_like_html_made_here(more):
    made, typed = (inside({"text": text} | more) for text in (SafeString("<b>9</b>"), "<b>9</b>"))
    assert "<b>9</b>" in made
    assert "<b>9</b>" not in typed
    assert "&lt;b&gt;9&lt;/b&gt;" in typed
    assert inside({"text": "<b>9</b>"} | more) == typed


def test_headings_and_addresses_stay_inside_their_attributes():
    rows = data_rows([["Row", {"text": "x", "url": TYPED}]], ["First", {"label": TYPED}], stacked=True)
    assert rows.count(by_template(TYPED)) == 2
    assert TYPED not in rows
