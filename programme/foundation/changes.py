"""A record's history in words: what changed between one history row and the next, field by field."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

QUIET_FIELDS = {"id", "version", "withdrawn"}


@dataclass(frozen=True)
class FieldChange:
    """One field of one change, in words people read."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One entry of a record's history.

    ``when`` is the moment of effect, ``recorded`` the database's own time of recording. ``subject`` names
    the record where the history is of several.
    """

    when: datetime.datetime
    recorded: datetime.datetime
    who: AbstractUser
    reason: str
    kind: str
    fields: tuple[FieldChange, ...]
    subject: str = ""


def of(record: Any, viewer: AbstractUser | None = None) -> list[Change]:
    """All changes of ``record`` (a tracked record), newest first. Two queries, and one a relation.

    With a ``viewer``, only what that person may read: no row of a time when the record was kept from
    them, and no name of another record that is kept from them now.
    """
    model, rows = type(record), list(_in_order(record.history.all()))
    if viewer is not None:
        rows = [row for row in rows if _was_readable(record, row, viewer)]
    return _entries(model, rows, _related_names(model, rows, viewer))


def of_all(records: Iterable[Any], viewer: AbstractUser) -> list[Change]:
    """All changes of ``records``, of one kind, newest first, each with its subject; queries as for one.

    No name of another record that is kept from ``viewer`` now.
    """
    subjects = {one.pk: one for one in records}
    if not subjects:
        return []
    model = type(next(iter(subjects.values())))
    rows = list(_in_order(model.history.filter(id__in=list(subjects))))
    related = _related_names(model, rows, viewer)
    entries = []
    for key, subject in subjects.items():
        entries += _entries(model, [row for row in rows if row.id == key], related, str(subject))
    return sorted(entries, key=lambda one: (one.when, one.recorded), reverse=True)


def as_it_stands(record: Any, viewer: AbstractUser) -> list[dict[str, str]]:
    """What the record holds now as ``key`` and ``value``, but for what is empty. One query a relation.

    No name of another record that is kept from ``viewer``.
    """
    model = type(record)
    related = _related_names(model, [record], viewer)
    now = _differences(model, None, record, related)
    return [{"key": one.label, "value": one.new} for one in now]


def _in_order(history: models.QuerySet) -> models.QuerySet:
    return history.prefetch_related("history_user").order_by("history_date", "history_id")


def _entries(
    model: type[models.Model], rows: list[Any], related: dict[tuple[str, Any], str], subject: str = ""
) -> list[Change]:
    """The history ``rows`` of one record, oldest first, as entries, newest first."""
    entries = [
        Change(
            when=row.history_date,
            recorded=row.recorded,
            who=row.history_user,
            reason=row.history_change_reason,
            kind=_kind(before, row),
            fields=tuple(_differences(model, before, row, related)),
            subject=subject,
        )
        for before, row in zip([None, *rows], rows, strict=False)
    ]
    return entries[::-1]


def _kind(before: Any, row: Any) -> str:
    if before is None:
        return "created"
    if row.withdrawn != before.withdrawn:
        return "withdrawn" if row.withdrawn else "restored"
    return "changed"


def _differences(model: type[models.Model], before: Any, row: Any, related: dict) -> Iterable[FieldChange]:
    for field in model._meta.concrete_fields:
        if field.name in QUIET_FIELDS or field.one_to_one:  # a companion of its own, such as its scope
            continue
        new = _words(field, getattr(row, field.attname), related)
        old = _words(field, getattr(before, field.attname), related) if before else ""
        if old != new:
            label = str(field.verbose_name)
            yield FieldChange(label[:1].upper() + label[1:], old, new)


def _words(field: models.Field, value: Any, related: dict) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return related.get((field.name, value), f"no. {value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return f"{value.day} {value:%B %Y}"
    if hasattr(field, "value_to_words"):
        return str(field.value_to_words(value))
    return (
        "; ".join(f"{name}: {one}" for name, one in value.items()) if isinstance(value, dict) else str(value)
    )


def _was_readable(record: Any, row: Any, viewer: AbstractUser) -> bool:
    """Whether ``viewer`` may read the record as this row has it; always where records have no such rule."""
    if not hasattr(record, "stood_visible_to"):
        return True
    then = copy(record)
    for field in type(record)._meta.concrete_fields:
        if not field.is_relation:
            setattr(then, field.attname, getattr(row, field.attname))
    then.stood_at = row.history_date  # what hangs on another record asks what that one was then
    return bool(then.stood_visible_to(viewer))


KEPT_BACK = "not shown"


def _related_names(
    model: type[models.Model], rows: list[Any], viewer: AbstractUser | None = None
) -> dict[tuple[str, Any], str]:
    """Names of all records that these history rows point at: one query a relation, however many rows."""
    names: dict[tuple[str, Any], str] = {}
    for field in model._meta.concrete_fields:
        if field.related_model is None:
            continue
        keys = {getattr(row, field.attname) for row in rows} - {None}
        if keys:
            found = field.related_model._base_manager.filter(pk__in=keys)
            known: Any = field.related_model._default_manager
            if viewer is not None and hasattr(known, "visible_to"):
                names |= {(field.name, key): KEPT_BACK for key in keys}
                found = known.visible_to(viewer).filter(pk__in=keys)
            names |= {(field.name, one.pk): str(one) for one in found}
    return names
