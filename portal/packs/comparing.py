"""Drawing an issued pack again from its sealed data, and comparing it byte for byte with what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.models import Pack
from programme.foundation.job_records import Job
from programme.foundation.jobs import JobFailed, Progress

from . import rendering, storage
from .sealing import open_sealed
from .texts import InvalidPack


@dataclass(frozen=True)
class Outcome:
    """How the new drawing of one form stands to the kept one, in a sentence."""

    same: bool
    words: str
    put_back: bool = False


def outcomes(pack: Pack) -> Iterator[Outcome]:
    """Every form in turn. A kept file that is missing or damaged is put back where the new drawing has the
    digest that was recorded when it was issued. Raises InvalidPack where the sealed data was changed."""
    data = pack.sealed.encode()
    opened = rendering.Opened(open_sealed(data, pack.digest), pack.digest)
    for one in pack.renditions.order_by("form"):
        label = one.get_form_display()
        drawn = rendering.FORMS[one.form].draw(opened)
        digest = hashlib.sha256(drawn).hexdigest()
        if digest != one.digest:
            words = f"{label}: different. Kept is {one.digest}, drawn again it is {digest}."
            yield Outcome(False, words)
            continue
        try:
            storage.read(one.digest, one.form)
            yield Outcome(True, f"{label}: the same, {one.size:,} bytes.")
        except storage.NotKept as lost:
            storage.keep(drawn, one.form)
            words = f"{label}: {lost} It was put back: the new drawing has the digest recorded at issue."
            yield Outcome(True, words, put_back=True)


def compare(job: Job, progress: Progress) -> dict[str, Any]:
    """The job's work: says that all forms are the same, or fails and says which are not."""
    pack = Pack.objects.visible_to(job.owner).filter(pk=job.arguments["pack"]).first()
    if pack is None or not job.owner.has_perm("portal.check_pack"):
        raise JobFailed("You may no longer compare this pack, so it was not done.")
    found: list[Outcome] = []
    progress.say("Drawing the pack again", done=0, total=3)
    try:
        for one in outcomes(pack):
            found.append(one)
            progress.say("Drawing the pack again", done=len(found), total=3)
    except (InvalidPack, rendering.NotDrawn) as broken:
        raise JobFailed(str(broken)) from broken
    if not all(one.same for one in found):
        said = " ".join(one.words for one in found)
        raise JobFailed(f"{pack} is drawn differently now. {said} What is served is the kept file.")
    label = f"{pack}: all {len(found)} forms are the same, byte for byte"
    if any(one.put_back for one in found):
        label += "; a lost file was put back"
    return {"url": pack.get_absolute_url(), "label": label}
