"""What a board pack costs beside what typst and openpyxl alone need for the same content."""

from __future__ import annotations

import io
import statistics
import time
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import typst
from django.core.cache import cache
from openpyxl.drawing.image import Image

from portal.packs import asking, contents, issuing, rendering
from portal.packs.sealing import seal
from programme.foundation import calendar
from programme.foundation.job_records import Job
from programme.people.models import User

TIMES = 3


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """The median of a few runs, after one that warms up; and what the last run gave."""
    taken, outcome = [], work()
    for _ in range(TIMES):
        began = time.process_time()
        outcome = work()
        taken.append(time.process_time() - began)
    return statistics.median(taken), outcome


def costs() -> dict[str, float]:
    """Seconds of the processor for each step of a pack, for bare typst and openpyxl, and for the pictures."""
    issuer = User.objects.get(username="sro")
    order = issuing.Order("board", calendar.today())
    reading, snapshot = seconds(lambda: contents.take(issuer, order.variant, order.as_at))
    composing, sections = seconds(lambda: tuple(contents.sections(snapshot)))
    cache.clear()
    began = time.process_time()
    tuple(contents.sections(snapshot))
    pictures = time.process_time() - began - composing
    document = issuing._document(order, 1, issuer, snapshot, sections)
    sealing, sealed = seconds(lambda: seal(document))
    opening, opened = seconds(lambda: rendering.Opened.of(sealed.data))
    printing, printed = seconds(lambda: rendering.pdf(opened))
    writing, written = seconds(lambda: rendering.workbook(opened))
    web, _ = seconds(lambda: rendering.html(opened))
    bare_typst, again = seconds(bare_typst_of(lambda: rendering.pdf(sealed.data)))
    bare_openpyxl, _ = seconds(bare_openpyxl_of(written))
    assert again == printed
    forms, bare = sealing + opening + printing + writing, bare_typst + bare_openpyxl
    ours = reading + composing + forms
    return {
        "reading": reading, "composing": composing, "pictures": pictures,
        "sealing": sealing, "opening": opening,
        "pdf": printing, "workbook": writing, "html": web,
        "typst": bare_typst, "openpyxl": bare_openpyxl, "without reading": forms / bare,
        "ratio": ours / bare,
        "pdf bytes": len(printed), "workbook bytes": len(written),
    }  # fmt: skip


def bare_typst_of(draw: Callable[[], bytes]) -> Callable[[], bytes]:
    """Typst alone on the very input that ``draw`` gives it."""
    heard: list[tuple[Any, Any]] = []
    compile_it = typst.compile

    def listening(*arguments: Any, **options: Any) -> Any:
        heard.append((arguments, options))
        return compile_it(*arguments, **options)

    typst.compile = listening
    try:
        draw()
    finally:
        typst.compile = compile_it
    arguments, options = heard[-1]
    return lambda: compile_it(*arguments, **options)


def bare_openpyxl_of(workbook: bytes) -> Callable[[], None]:
    """Openpyxl alone writing the same cells and pictures, without styles or fixed dates."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.startswith("xl/media/")]

    def write() -> None:
        bare = openpyxl.Workbook(write_only=True)
        for title, rows in sheets:
            sheet = bare.create_sheet(title)
            for row in rows:
                sheet.append(row)
        for picture in pictures:
            sheet.add_image(Image(io.BytesIO(picture)))
        bare.save(io.BytesIO())

    return write


def ask() -> dict[str, Any]:
    """Presses the button as the SRO; the number of the job."""
    return {"job": asking.new_pack(by=User.objects.get(username="sro"), variant="board").pk}


def state(job: int) -> dict[str, Any]:
    found = Job.objects.get(pk=job)
    return {"state": found.state, "open": found.is_open, "error": found.error}
