"""Rows of a register beside the risks they speak of. Pure."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stored:
    """A risk as it stands; ``values`` by the names of columns, records by their numbers.

    ``closed`` says why it is not scored any more, empty while it may still happen. ``status``, in words,
    ``classification``, and ``review_due``, are only read in a workbook.
    """

    pk: int
    ref: str
    version: int
    values: Mapping[str, Any]
    may_change: bool
    closed: str = ""
    withdrawn: bool = False
    status: str = ""
    review_due: datetime.date | None = None
    classification: str = ""

    def was_at(self, version: str) -> bool:
        """Whether this is a version that it has had, and has no longer."""
        return version.isdecimal() and len(version) < 10 and 0 < int(version) < self.version


@dataclass(frozen=True)
class Changed:
    """What becomes of one risk: its fields, old and new; ``row`` is the file's."""

    stored: Stored
    row: int
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def after(self) -> dict[str, Any]:
        return {**self.stored.values, **{name: new for name, (_, new) in self.fields.items()}}


@dataclass(frozen=True)
class Added:
    """A new risk."""

    row: int
    values: Mapping[str, Any]


def digest_of(changed: Iterable[Changed], added: Iterable[Added]) -> str:
    """Tells whether what is applied is what was previewed."""
    digest = hashlib.sha256()
    for one in changed:
        fields = sorted(one.fields.items())
        digest.update(repr((one.stored.pk, one.stored.version, fields)).encode())
    for new in added:
        digest.update(repr((new.row, sorted(new.values.items()))).encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Layout:
    """Where a sheet holds what: ``columns`` by their places from 0, with the words of their headings.

    ``place`` is where a new risk belongs whose row names none; ``source`` the document it comes from.
    """

    header: int
    columns: Mapping[int, str]
    headings: Mapping[int, str]
    is_workbook: bool
    place: int | None = None
    source: str = ""
