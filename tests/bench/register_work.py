"""The register of risks as a workbook and back: written, looked at, applied; beside openpyxl alone."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict

from programme.foundation import exports
from programme.people.models import User
from risks.actions import offline
from risks.models import RegisterUpload
from risks.reading import previews, uploads
from risks.views.register import RiskList

from .pack_work import bare_openpyxl_of, seconds

MEGABYTE = 1 << 20
CONTROLS = "A weekly call with the supplier, and a second supplier from the spring."


def costs() -> dict[str, float]:
    """What it takes to write the whole register, to look at one in which every open risk was edited, and to
    save that. The register is another one afterwards."""
    manager = User.objects.get(username="programme-manager")
    page = _page(manager)
    writing, written = seconds(lambda: _written(page, page.table.sheet_rows()))
    bare, _ = seconds(bare_openpyxl_of(written))
    tracemalloc.start()
    _written(page, page.table.sheet_rows())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "rows": page.table.count, "writing": writing, "openpyxl": bare, "ratio": writing / bare,
        "megabytes": most / MEGABYTE, "file megabytes": len(written) / MEGABYTE,
        **_taken_back(manager, _written(page, _edited(page))),
    }  # fmt: skip


def _taken_back(manager: User, edited: bytes) -> dict[str, float]:
    began, busy = time.perf_counter(), time.process_time()
    upload = RegisterUpload.objects.keep(SimpleUploadedFile("register.xlsx", edited), by=manager)
    upload.settle(layout=uploads.Sheet(upload).own_layout())
    found = uploads.compare(upload, manager)
    shown = previews.outcome(found, manager)
    preview = {"preview": time.perf_counter() - began, "preview, processor": time.process_time() - busy}
    if found.problem_count:
        raise AssertionError(f"The register cannot be taken back: {found.problems[0]}")
    compared = [0.0]

    def say(done: int) -> None:
        compared[0] = time.perf_counter()

    saved = offline.apply(upload, shown=found.digest, by=manager, reason="Measured", say=say)
    upload.forget()
    # What follows the last row that was compared is one transaction, in which nobody else can write.
    return preview | {"changed": saved, "saving": time.perf_counter() - compared[0], "told": len(shown)}


def _page(manager: User) -> RiskList:
    """The register as its reader asks for it, every status in it."""
    request: Any = HttpRequest()
    request.method, request.user, request.htmx = "GET", manager, False
    request.path = request.path_info = "/risks/"
    request.GET = QueryDict("format=xlsx&status=all")
    page = RiskList()
    page.setup(request)
    return page


def _written(page: RiskList, rows: Iterable[list[Any]]) -> bytes:
    stream = io.BytesIO()
    exports.write(page, "xlsx", stream, rows)
    return stream.getvalue()


def _edited(page: RiskList) -> Iterator[list[Any]]:
    """Other controls for every risk, and another likelihood for each that may still happen and is scored."""
    at = {column.title: place for place, column in enumerate(page.table.sheet_columns())}
    controls, status, now = at["Controls in place"], at["Status"], at["Likelihood now"]
    for row in page.table.sheet_rows():
        row[controls] = CONTROLS
        if row[now] and str(row[status]).startswith(("Open", "Escalated")):
            row[now] = row[now] % 5 + 1
        yield row
