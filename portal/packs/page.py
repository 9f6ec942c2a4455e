"""One pack's page as rows of small tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from portal.models import Pack, PackOpening, Rendition
from portal.models.pack import Variant
from programme.foundation import calendar

FORM_COLUMNS = ["Form", {"label": "Size", "numeric": True}, "Digest (SHA-256)"]
VERSION_COLUMNS = ["Version", "As at", "What it corrects", "Issued by", "Issued"]
HOLDS = {
    Variant.BOARD: "Everything, exempt and internal matter included,",
    Variant.OPEN: "What is open, exempt and internal matter left out,",
}
OPENED_COLUMNS = ["Post", "Form", "When"]


def lede(pack: Pack) -> str:
    """What this pack is, in a sentence."""
    return f"{HOLDS[Variant(pack.variant)]} as at {calendar.in_words(pack.as_at)}. Sealed when it was issued."


def facts(pack: Pack) -> list[dict[str, Any]]:
    found = [
        {"key": "As at", "value": calendar.in_words(pack.as_at)},
        {"key": "Variant", "value": pack.get_variant_display()},
        {"key": "Issued by", "value": f"{pack.issued_by.post} ({pack.issued_by.number})"},
        {"key": "Issued", "value": moment(pack.issued)},
        {"key": "Digest of the sealed data (SHA-256)", "value": pack.digest},
        {"key": "Drawn with template", "value": pack.template},
    ]
    if pack.correction:
        found.insert(0, {"key": "What this version corrects", "value": pack.correction})
    return found


def form_rows(pack: Pack, renditions: Iterable[Rendition]) -> list[list[Any]]:
    address = pack.get_absolute_url()
    return [
        [
            {"text": one.get_form_display(), "url": f"{address}pack.{one.form}"},
            {"text": size_in_words(one.size), "numeric": True},
            one.digest,
        ]
        for one in renditions
    ]


def version_rows(versions: Iterable[Pack]) -> list[list[Any]]:
    return [
        [
            {"text": f"Version {one.version}", "url": one.get_absolute_url()},
            calendar.in_words(one.as_at),
            one.correction or "The first",
            one.issued_by.post,
            moment(one.issued),
        ]
        for one in versions
    ]


def opened_rows(openings: Iterable[PackOpening]) -> list[list[Any]]:
    return [[one.person.post, one.get_form_display(), moment(one.opened)] for one in openings]


def moment(when: Any) -> str:
    """The machine's time in London, as 6 July 2022 at 14:05."""
    local = timezone.localtime(when)
    return f"{calendar.in_words(local.date())} at {local:%H:%M}"


def size_in_words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} kB"
