"""A page's tables as a workbook, and its figures as one long CSV."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.text import slugify

from programme.foundation import calendar, exports, workbook
from programme.foundation.workbook import Column, Sheet


def download(
    request: HttpRequest,
    title: str,
    sheets: Callable[[], Iterable[Sheet]],
    columns: Sequence[Column],
    rows: Callable[[], Iterable[Sequence[Any]]],
) -> FileResponse:
    """The file that ``?format=`` asks for; it says when it was made, for which post, and if it is made up."""
    form = request.GET["format"]
    file = io.BytesIO()
    if form == "csv":
        workbook.write_csv(columns, rows(), file)
    else:
        subject = f"Prepared {calendar.in_words(calendar.today())} for {request.user}."
        if calendar.fixed_on():
            subject = f"{subject} {exports.ILLUSTRATIVE}"
        properties = workbook.Properties(title=title, subject=subject, created=calendar.now())
        workbook.write_workbook(sheets(), file, properties=properties)
    file.seek(0)
    ending = "-illustrative" if calendar.fixed_on() else ""
    name = f"{slugify(title)}-{calendar.today()}{ending}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=exports.FORMATS[form][1])
