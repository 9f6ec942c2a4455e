"""Issuing a pack: read at one moment, sealed, drawn three ways, kept, and only then recorded.

The work of a job, which may be killed anywhere and done again. Files go to the disk under their digest
first; one short transaction then writes the pack and ends the job, or neither. No transaction is open while
anything is drawn. Numbers have no gaps: a pack takes the next free one, and where somebody else took it
meanwhile it is sealed and drawn again with the one after.
"""

from __future__ import annotations

import datetime
import errno
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from portal.models import Pack, Rendition
from portal.models.pack import Form, Variant
from programme.foundation import calendar
from programme.foundation.drawing import NotDrawn
from programme.foundation.job_records import Job
from programme.foundation.jobs import JobFailed, Progress
from programme.people.models import User

from . import contents, rendering, storage
from .blocks import Document, Section
from .sealing import Sealed, seal
from .texts import InvalidPack

TITLES = {Variant.BOARD: "Programme Board pack", Variant.OPEN: "Programme Board pack, open version"}
NAMES = {Variant.BOARD: "board pack", Variant.OPEN: "open board pack"}
DRAWING = {Form.HTML: "Drawing the web page", Form.PDF: "Drawing the PDF", Form.XLSX: "Writing the workbook"}
STEPS = 6
# What stays as it is until somebody changes the folder; anything else may pass, and is tried again.
NEVER_BY_ITSELF = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
ATTEMPTS_AT_A_NUMBER = 5
NO_LONGER = (
    "You no longer hold a role that may issue this pack, so none was made. "
    "Ask the Senior Responsible Officer or the programme manager to issue it."
)
NO_PICTURE = (
    "A chart of this pack could not be drawn, so no pack was made: one is never issued without its pictures. "
    "Wait five minutes and ask for it again. If it happens again, tell whoever runs the portal: {why}"
)
NO_PLACE = (
    "The folder in which packs are kept cannot be used, so no pack was made. "
    "Tell whoever runs the portal: {why}, {place}."
)
OVERTAKEN = (
    "Somebody else corrected this pack meanwhile, so no second correction was made. "
    "Read the newest version first, then correct that one if it still needs it."
)


@dataclass(frozen=True)
class Order:
    """What was asked for. ``number`` is a correction's; a new pack takes the next that is free."""

    variant: str
    as_at: datetime.date
    number: int | None = None
    version: int = 1
    correction: str = ""

    def as_arguments(self) -> dict[str, Any]:
        return {**vars(self), "as_at": self.as_at.isoformat()}

    @classmethod
    def of(cls, job: Job) -> Order:
        return cls(**{**job.arguments, "as_at": datetime.date.fromisoformat(job.arguments["as_at"])})


def issue(job: Job, progress: Progress) -> dict[str, Any]:
    """The job's work. Ends the job itself, in the transaction that records the pack."""
    order = Order.of(job)
    issuer = _issuer(job, order)
    progress.say("Reading the records as they stand at one moment", done=0, total=STEPS)
    try:
        snapshot = contents.take(issuer, order.variant, order.as_at)
        progress.say("Drawing the pictures", done=1, total=STEPS)
        sections = _drawn(snapshot, progress)
        for _ in range(ATTEMPTS_AT_A_NUMBER):
            number = order.number or _next_number()
            document = _document(order, number, issuer, snapshot, sections)
            sealed = seal(document)
            kept = _keep_all(sealed, progress)
            if pack := _record(job, order, document, sealed, kept, progress):
                return _result(pack)
    except NotDrawn as failed:
        raise JobFailed(NO_PICTURE.format(why=failed)) from failed
    except (contents.NothingToIssue, InvalidPack, rendering.NotDrawn) as refused:
        raise JobFailed(str(refused)) from refused
    raise IntegrityError(f"No free number was found in {ATTEMPTS_AT_A_NUMBER} attempts.")


def _issuer(job: Job, order: Order) -> User:
    """Who asked, with the roles they hold now. Raises ``JobFailed`` where those no longer do."""
    issuer = User.objects.get(pk=job.owner_id)
    allowed = issuer.has_perm("portal.issue_pack")
    if not allowed or (order.variant == Variant.BOARD and not issuer.standing.reads_all_exempt):
        raise JobFailed(NO_LONGER)
    return issuer


def _drawn(snapshot: contents.Snapshot, progress: Progress) -> tuple[Section, ...]:
    found = []
    for section in contents.sections(snapshot):
        progress.say("Drawing the pictures", done=1, total=STEPS)  # learns here that it should stop
        found.append(section)
    return tuple(found)


def _next_number() -> int:
    return (Pack.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _document(
    order: Order, number: int, issuer: User, snapshot: contents.Snapshot, sections: tuple[Section, ...]
) -> Document:
    day = calendar.in_words(calendar.today())
    return Document(
        title=TITLES[Variant(order.variant)],
        council=snapshot.council,
        programme=snapshot.programme.name,
        as_at=order.as_at.isoformat(),
        variant=order.variant,
        number=f"Pack {number}",
        version=order.version,
        correction=order.correction,
        issued=f"By the {issuer.post} ({issuer.number}) on {day}",
        notices=contents.notices(snapshot),
        sections=sections,
    )


def _keep_all(sealed: Sealed, progress: Progress) -> list[Rendition]:
    """Every form drawn from the sealed bytes and kept as a file; the records are not yet written."""
    kept, opened = [], rendering.Opened.of(sealed.data)
    for step, (form, words) in enumerate(DRAWING.items(), 2):
        progress.say(words, done=step, total=STEPS)
        data = rendering.FORMS[form].draw(opened)
        try:
            digest = storage.keep(data, form)
        except OSError as trouble:
            if trouble.errno not in NEVER_BY_ITSELF:
                raise
            raise JobFailed(NO_PLACE.format(why=trouble.strerror, place=trouble.filename)) from trouble
        kept.append(Rendition(form=form, digest=digest, size=len(data)))
    progress.say("Keeping the pack", done=5, total=STEPS)
    return kept


def _record(
    job: Job, order: Order, document: Document, sealed: Sealed, kept: list[Rendition], progress: Progress
) -> Pack | None:
    """The pack, its files and the end of the job in one transaction; None where its number was taken."""
    number = int(document.number.removeprefix("Pack "))
    pack = Pack(
        number=number,
        version=order.version,
        variant=order.variant,
        as_at=order.as_at,
        title=f"{document.programme} {NAMES[Variant(order.variant)]}",
        correction=order.correction,
        sealed=sealed.data.decode(),
        digest=sealed.digest,
        template=document.template,
        job=job,
        issued_by_id=_issuer(job, order).pk,
    )
    try:
        with transaction.atomic():
            pack.save(force_insert=True)
            for one in kept:
                one.pack = pack
            Rendition.objects.bulk_create(kept)
            progress.finish(_result(pack))
    except IntegrityError:
        if not Pack.objects.filter(number=number, version=order.version).exists():
            raise
        if order.number:
            raise JobFailed(OVERTAKEN) from None
        return None
    return pack


def _result(pack: Pack) -> dict[str, Any]:
    return {"url": pack.get_absolute_url(), "label": f"{pack}, as at {calendar.in_words(pack.as_at)}"}
