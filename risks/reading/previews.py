"""The preview of a register that was sent, as its sender may see it today."""

from __future__ import annotations

from typing import Any

from programme.people.models import User

from ..models import RegisterUpload, ScaleStep
from ..offline.comparing import Comparison
from ..words import offline as words
from . import offline, uploads


def outcome(found: Comparison, user: User) -> dict[str, Any]:
    """What a comparison found, as ``user`` reads it."""
    steps = {(one.scale, one.value): one.word for one in ScaleStep.objects.all()}
    there = offline.namesakes(user, [one.values["title"] for one in found.added])
    twins = [
        f"row {one.row} and {there[title]}" for one in found.added if (title := one.values["title"]) in there
    ]
    known = {"twins": twins[: words.SHOWN], "twin_count": len(twins)}
    return words.preview(found, steps) | known


def of(upload: RegisterUpload, user: User) -> dict[str, Any] | None:
    """The preview of a short file, worked out anew; that of a long one as it was kept, or None.

    What is kept holds how much its sender might read when it was worked out, and tells no more later.

    Raises ``Unreadable``.
    """
    if not upload.layout["long"]:
        return outcome(uploads.compare(upload, user), user)
    kept = upload.outcome
    return kept if kept and user.still_reaches(kept.get("reach")) else None
