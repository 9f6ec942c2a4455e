"""A list as a workbook or CSV: all filtered rows, with the columns shown.

Up to ``AT_ONCE`` rows the answer is the file itself; a longer list is written by a job that runs the same
list again as its owner, with what the owner may see at that moment. Its file belongs to the job, lies
outside anything a web server serves by itself, and is removed after a week.
"""

from __future__ import annotations

import hashlib
import tempfile
import textwrap
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from celery import Task
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.text import slugify

from . import calendar, jobs, workbook
from .columns import DateColumn
from .job_records import Job, JobState
from .permissions import PermissionRequired

AT_ONCE = 5_000
TASK = "programme.foundation.tasks.export_list"  # by which jobs know their work
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
KEPT_DAYS = 7
ILLUSTRATIVE = "Illustrative: people, dates and changes are made up to show the portal at work."
NO_LONGER = "You may no longer see this list, so it was not exported."
WITHHELD = (
    "You may see less today than when this file was written, so it is no longer handed out. "
    "Ask for the list again: it then holds what you may see now."
)


class ListPage(Protocol):
    """A list as an export needs it: see ``lists.RecordListView``."""

    request: HttpRequest
    title: str
    permission: str
    table: Any
    filters: Any

    def get_permission_object(self) -> Any: ...


def answer(page: ListPage) -> FileResponse:
    """The file of a list, as a download."""
    form = page.request.GET["format"]
    file = tempfile.SpooledTemporaryFile(max_size=2_000_000)  # noqa: SIM115  the answer closes it, once sent
    write(page, form, file, page.table.sheet_rows())
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename(page, form), content_type=FORMATS[form])


def write(page: ListPage, form: str, stream: IO[bytes], rows: Iterable[list[Any]]) -> None:
    """Writes a list's rows to ``stream``; a workbook also says when, for whom and with which filters."""
    columns = page.table.sheet_columns()
    if form == "csv":
        workbook.write_csv(columns, rows, stream)
        return
    sheet = workbook.Sheet(sheet_name(page.title), columns, rows, note=note(page), caption=page.title)
    properties = workbook.Properties(title=page.title, subject=note(page), created=calendar.now())
    guide = getattr(page.table, "guide", None)  # the sheet of a table whose workbook can come back edited
    more = [guide(page.request.user)] if guide else []
    workbook.write_workbook([sheet, *more], stream, properties=properties)


def sheet_name(title: str) -> str:
    """The title as far as a sheet's name has room, in whole words: Excel gives it 31 characters."""
    short = textwrap.shorten(title, 31, placeholder="…")
    return title if short == "…" else short


def note(page: ListPage) -> str:
    """When, for which post, with which filters, of what; and that it is illustrative, where it is."""
    described = page.filters.described if page.filters else []
    words = [f"Prepared {DateColumn().render(calendar.now())} for {page.request.user}."]
    filters = "; ".join(f"{label}: {value}" for label, value in described)
    words.append(f"Filters: {filters}." if filters else "No filter is set.")
    if page.introduction:
        words.append(page.introduction)  # also says what a list begins with where nothing was chosen
    if calendar.fixed_on():
        words.append(ILLUSTRATIVE)
    return " ".join(words)


def filename(page: ListPage, form: str) -> str:
    """For example ``projects-2022-11-30-illustrative.xlsx``."""
    ending = "-illustrative" if calendar.fixed_on() else ""
    return f"{slugify(page.title)[:60] or 'list'}-{calendar.today()}{ending}.{form}"


def start(page: ListPage, task: Task) -> Job:
    """Asks for the job by which ``task`` writes a long list; asking twice gives one job while it is open."""
    request = page.request
    form = request.GET.get("format")
    if form not in FORMATS:
        raise Http404
    query = request.GET.urlencode()
    key = hashlib.sha256(f"{request.path_info}?{query}".encode()).hexdigest()
    return jobs.enqueue(
        task,
        owner=request.user,
        title=f"{page.title} as {'CSV' if form == 'csv' else 'a workbook'}",
        arguments={"path": request.path_info, "query": query},
        key=f"export {key}",
    )


def build(job: Job, progress: jobs.Progress) -> dict[str, Any]:
    """The job's work: the list again, as its owner, into a file of the job's own."""
    page, reach = _again(job), job.owner.reach
    form = page.request.GET["format"]
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder() / f"{job.pk}.{form}"
    half = kept.with_suffix(f".{form}.{job.attempts}.part")
    try:
        with half.open("wb") as stream:
            write(page, form, stream, _reported(page, progress))
        half.rename(kept)
    finally:
        half.unlink(missing_ok=True)
    return {"url": f"/jobs/{job.pk}/file/", "label": filename(page, form), "reach": reach}


def withheld(job: Job, owner: Any) -> str:
    """Why the file of this finished job is not handed out to its owner any more; empty while it is.

    The file holds what they might see when it was written (``reach``). Files of other kinds of jobs lie
    behind pages that ask for themselves.
    """
    if job.task != TASK or job.state != JobState.DONE:
        return ""
    return "" if owner.still_reaches(job.result.get("reach")) else WITHHELD


def _reported(page: ListPage, progress: jobs.Progress) -> Iterator[list[Any]]:
    total = page.table.count
    for done, row in enumerate(page.table.sheet_rows()):
        if done % 500 == 0:
            progress.say("Writing rows", done=done, total=max(total, done))
        yield row


def _again(job: Job) -> ListPage:
    """The list that was asked for, with its owner's permissions of now. Raises ``JobFailed``."""
    request = HttpRequest()
    request.method, request.user = "GET", job.owner
    request.path = request.path_info = job.arguments["path"]
    request.GET = QueryDict(job.arguments["query"])
    try:
        found = resolve(request.path_info)
        page = found.func.view_class(**found.func.view_initkwargs)
        page.setup(request, *found.args, **found.kwargs)
        allowed = job.owner.has_perm(page.permission, page.get_permission_object())
    except (Resolver404, Http404, PermissionDenied) as gone:
        raise jobs.JobFailed(NO_LONGER) from gone
    if not allowed or (page.filters and not page.filters.form.is_valid()):
        raise jobs.JobFailed(NO_LONGER)
    return page


def folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def forget_old() -> int:
    """Removes files older than a week; how many. Safe to run at any time and twice."""
    if not folder().exists():
        return 0
    limit = time.time() - KEPT_DAYS * 24 * 60 * 60
    old = [file for file in folder().iterdir() if file.stat().st_mtime < limit]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


class ExportFile(PermissionRequired):
    """The file of a finished export, for the person who asked for it and nobody else."""

    permission = "portal.view_job"

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        job = Job.objects.filter(pk=pk, owner=request.user, state=JobState.DONE).first()
        if job and (sentence := withheld(job, request.user)):
            raise PermissionDenied(sentence)
        form = QueryDict(job.arguments.get("query", "")).get("format") if job else None
        file = folder() / f"{pk}.{form}"
        if form not in FORMATS or not file.exists():
            raise Http404
        return FileResponse(
            file.open("rb"), as_attachment=True, filename=job.result["label"], content_type=FORMATS[form]
        )
