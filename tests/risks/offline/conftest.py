"""The register as a workbook that people edit: taken from the portal, changed, sent back."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from risks.offline import scales
from tests.words import words_of

SEND = "/risks/workbook/"


class Book:
    """The register's own workbook; ``book["R-001", "Risk"] = "…"`` writes into the cell of a risk."""

    def __init__(self, data: bytes):
        self.book = load_workbook(io.BytesIO(data))
        self.page = self.book.active
        rows = list(self.page.iter_rows())
        self.header = next(row[0].row for row in rows if row[0].value == "Reference")
        self.columns = {cell.value: cell.column for cell in self.page[self.header]}

    def row(self, ref):
        return next(row[0].row for row in self.page.iter_rows() if row[0].value == ref)

    def __getitem__(self, key):
        return self.page.cell(self.row(key[0]), self.columns[key[1]]).value

    def __setitem__(self, key, value):
        self.page.cell(self.row(key[0]), self.columns[key[1]]).value = value

    def add(self, **values):
        """A row below the last, by headings with _ for a space."""
        row = self.page.max_row + 1
        for heading, value in values.items():
            self.page.cell(row, self.columns[heading.replace("_", " ")]).value = value
        return row

    def cell(self, ref, heading):
        return self.page.cell(self.row(ref), self.columns[heading]).coordinate

    @property
    def data(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


@pytest.fixture
def export():
    """``export(client) -> Book``: the register as this person takes it."""

    def take(client, query=""):
        return Book(b"".join(client.get(f"/risks/?format=xlsx{query}").streaming_content))

    return take


@pytest.fixture
def send():
    """``send(client, data, "register.xlsx") -> answer``: the page to which sending it leads."""

    def post(client, data, name="register.xlsx"):
        data = data.data if isinstance(data, Book) else data
        file = SimpleUploadedFile(name, data)
        return client.post(SEND, {"file": file}, follow=True)

    return post


@pytest.fixture
def apply():
    """``apply(client, preview, "Why") -> answer``: saves what a preview shows."""

    def post(client, preview, reason="Reviewed in the workshop"):
        shown = re.search(r'name="shown" value="(\w+)"', preview.content.decode())[1]
        return client.post(preview.request["PATH_INFO"], {"shown": shown, "reason": reason}, follow=True)

    return post


@pytest.fixture
def said():
    """``said(answer) -> str``: the words of a page."""
    return lambda answer: unescape(words_of(answer.content.decode()))


@pytest.fixture
def foreign():
    """``foreign([…rows]) -> bytes``: a workbook that nobody here wrote."""

    def make(rows, merged=()):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for place in merged:
            book.active.merge_cells(place)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def chosen():
    """``chosen(page, digital.scope, column_0="event") -> {…}``: the columns as the page guesses them, numbers
    as here and words as they are often meant, with some choices of one's own."""

    def choices(answer, scope, **own):
        form = answer.context["form"]
        guessed = {name: str(form[name].value() or "") for name in form.fields}
        for name, (_, word) in form.meant.items():
            guessed[name] = guessed[name] or str(scales.meaning(word) or "")
        for name in guessed:
            if name.startswith("steps_"):
                guessed[name] = guessed[name] or scales.AS_HERE
        return guessed | {"place": str(scope.pk)} | own

    return choices


@pytest.fixture
def register(make_risk, category, crm, programme_scope, lead_digital, risk_owner, today):
    """R-001 scored and owned, R-002 unscored, R-003 of a project, R-004 the programme's."""
    delivery = category("Delivery", 12)
    make_risk("R-001", (3, 4), target=(2, 2), category=delivery, owner=lead_digital, cause="Two systems")
    make_risk("R-002", event="Nobody answers the telephone", effect="=1+1 complaints\nand more")
    make_risk("R-003", (3, 3), category=delivery, owner=risk_owner, scope=crm.scope, proximity="now")
    make_risk("R-004", (1, 1), scope=programme_scope, knowledge="low", response="transfer")
