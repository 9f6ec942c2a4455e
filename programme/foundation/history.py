"""Who changed what, when and why: the ground every governed record stands on.

A record that inherits :class:`Tracked` can only be written through :meth:`Tracked.record` (one row) or
:meth:`TrackedQuerySet.bulk_record` (many). Both need the person and the reason, and both leave a full copy
of the row in the record's history table. The database holds the same rule: on a history row the person
and the reason may be neither null nor empty, and triggers refuse to change or delete it.

Two times stand on every history row: ``history_date``, when the change took effect, and ``recorded``,
which is always the database's own clock. They differ only in the illustration; production refuses it.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from . import calendar, changes
from .history_tables import GovernedHistory, copy_rows
from .words import says_something

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class UntrackedWrite(TypeError):
    """A governed record was about to be written without who and why."""


class MissingWho(ValueError):
    """The person who makes the change was not named."""


class MissingReason(ValueError):
    """The reason for the change was not given."""


class BackDatingRefused(ValueError):
    """A change was given a date of effect of its own where only the present is allowed."""


class Stale(Exception):
    """Somebody else changed the record since this copy of it was read."""

    def __init__(self, instance: Tracked):
        self.instance = instance
        super().__init__(
            f"Somebody else changed this {instance._meta.verbose_name} after you opened it. "
            "Nothing of yours was saved; look at what changed and try again."
        )


class TrackedQuerySet(models.QuerySet):
    """Reads governed records; refuses every way of writing that would slip past their history."""

    def update(self, **values: Any) -> int:
        raise UntrackedWrite("update() leaves no history: use bulk_record(…, by=, reason=).")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise UntrackedWrite("Governed records are withdrawn with a reason, never deleted.")

    def create(self, **values: Any) -> Any:
        raise UntrackedWrite("create() leaves no reason: build the record, then record(by=, reason=).")

    def bulk_create(self, *arguments: Any, **options: Any) -> list[Any]:
        raise UntrackedWrite("bulk_create() leaves no history: use bulk_record(…, by=, reason=).")

    def bulk_update(self, *arguments: Any, **options: Any) -> int:
        raise UntrackedWrite("bulk_update() leaves no history: use bulk_record(…, by=, reason=).")

    update.alters_data = delete.alters_data = True  # type: ignore[attr-defined]

    def live(self) -> Self:
        """Leaves out what was withdrawn."""
        return self.filter(withdrawn=False)

    def as_at(self, day: datetime.date) -> list[Any]:
        """These records as they stood at the end of ``day`` in London, in no particular order.

        Records that did not exist yet are left out. Each instance carries ``history_row``.
        """
        model: Any = self.model
        history = model.history.model
        rows = (
            history.objects.filter(id__in=self.order_by().values("pk"))
            .filter(history_date__lte=calendar.end_of_day(day))
            .annotate(
                nth=Window(
                    RowNumber(),
                    partition_by=[F("id")],
                    order_by=[F("history_date").desc(), F("history_id").desc()],
                )
            )
            .filter(nth=1)
        )
        return [_instance(row) for row in rows]

    @transaction.atomic
    def bulk_record(
        self,
        records: Sequence[Any],
        *,
        by: AbstractUser,
        reason: str,
        effective: datetime.datetime | None = None,
        clean: bool = True,
    ) -> Sequence[Any]:
        """Writes many records, new ones and changed ones, each with its history row; all or none.

        Raises :class:`Stale` when any changed record was changed by somebody else meanwhile, and
        ``ValidationError`` from the first record that is not valid. ``clean=False`` is for loads whose
        rows were validated one by one just before.
        """
        who, why, moment = _authority(by, reason, effective)
        if effective is not None:
            _refuse_before_last_change(records, effective)
        for one in records if clean else ():
            one.full_clean()
        fresh = [one for one in records if one._state.adding]
        changed = [one for one in records if not one._state.adding]
        model: Any = self.model
        plain: models.QuerySet = models.QuerySet(model)
        plain.bulk_create(fresh, batch_size=500)
        if changed:
            _advance_versions(plain, changed)
            _write_again(model, changed)
        said = {"history_user_id": who.pk, "history_change_reason": why, "history_date": moment}
        for rows, kind in ((fresh, "+"), (changed, "~")):
            copy_rows(model, [one.pk for one in rows], said | {"history_type": kind})
        return records


class Tracked(models.Model):
    """A governed record: versioned, never deleted, written only with who and why."""

    version = models.PositiveIntegerField(default=1, editable=False)
    withdrawn = models.BooleanField(default=False, editable=False)

    objects = TrackedQuerySet.as_manager()
    history = GovernedHistory()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # related managers write through it: children.add() is refused too

    _recording = False

    def save(self, *arguments: Any, **options: Any) -> None:
        raise UntrackedWrite("save() leaves no history: use record(by=, reason=).")

    def delete(self, *arguments: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise UntrackedWrite("Governed records are withdrawn with a reason, never deleted.")

    def record(self, *, by: AbstractUser, reason: str, effective: datetime.datetime | None = None) -> Self:
        """Writes this record with its history row, in one transaction.

        ``effective`` is when the change took effect (default: now by the portal's clock); production
        refuses to be given one. Raises ``ValidationError`` when the record breaks a rule,
        :class:`MissingWho`, :class:`MissingReason`, :class:`BackDatingRefused`, and :class:`Stale` when
        somebody else wrote the record since it was read.
        """
        self._history_user, self._change_reason, self._history_date = _authority(by, reason, effective)
        if effective is not None:
            _refuse_before_last_change([self], effective)
        self.full_clean()
        version = self.version
        try:
            with transaction.atomic():
                if not self._state.adding:
                    self._advance_version()
                self._recording = True
                super().save()
        except BaseException:
            self.version = version  # nothing was written, so that the same copy can be tried again
            raise
        finally:
            self._recording = False
        return self

    def withdraw(self, *, by: AbstractUser, reason: str) -> Self:
        """Takes the record out of use; it stays in history. Raises what :meth:`record` raises."""
        before, self.withdrawn = self.withdrawn, True
        try:
            return self.record(by=by, reason=reason)
        except BaseException:
            self.withdrawn = before  # a page may still show this copy
            raise

    def _advance_version(self) -> None:
        """Moves the version on if nobody else did so first; the update holds the row until commit."""
        _advance_versions(models.QuerySet(type(self)), [self])

    def as_at(self, day: datetime.date) -> Self | None:
        """This record as it stood at the end of ``day``, or None when it did not exist yet."""
        found = type(self).objects.filter(pk=self.pk).as_at(day)
        return found[0] if found else None

    def at_version(self, version: int) -> Self | None:
        """This record as it stood at one of its versions, or None when there never was such a one."""
        row = type(self).history.filter(id=self.pk, version=version).first()
        return _instance(row) if row else None

    def changes(self, viewer: AbstractUser | None = None) -> list[changes.Change]:
        """The record's history in words, newest first; with a ``viewer``, only what that person may read."""
        return changes.of(self, viewer)


def refuse_untracked(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Before every save: a governed record goes through :meth:`Tracked.record`; fixtures do not."""
    if isinstance(instance, Tracked) and not instance._recording:
        raise UntrackedWrite("This leaves no history: use record(by=, reason=).")


def _advance_versions(plain: models.QuerySet, records: Sequence[Tracked]) -> None:
    """One UPDATE … WHERE version = for each version among the records; the count must be complete."""
    for version in {one.version for one in records}:
        group = [one for one in records if one.version == version]
        for start in range(0, len(group), 500):
            part = group[start : start + 500]
            rows = plain.filter(pk__in=[one.pk for one in part], version=version)
            if rows.update(version=version + 1) != len(part):
                raise Stale(part[0])
    for one in records:
        one.version += 1


def _write_again(model: Any, records: Sequence[Tracked]) -> None:
    """Writes the whole row of each record: one statement, prepared once.

    Django's ``bulk_update`` composes a choice among all rows for each field. For 16,000 risks that took
    two minutes, all of them inside the transaction that keeps other writers waiting.
    """
    key, *rest = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    quoted = connection.ops.quote_name
    values = ", ".join(f"{quoted(field.column)} = %s" for field in rest)
    statement = f"UPDATE {quoted(model._meta.db_table)} SET {values} WHERE {quoted(key.column)} = %s"  # noqa: S608
    rows = [
        [field.get_db_prep_save(getattr(one, field.attname), connection) for field in (*rest, key)]
        for one in records
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _refuse_before_last_change(records: Sequence[Any], effective: datetime.datetime) -> None:
    """A change that takes effect before one already recorded would put the record's history out of order."""
    known = [one.pk for one in records if not one._state.adding]
    if known and type(records[0]).history.filter(id__in=known, history_date__gt=effective).exists():
        raise BackDatingRefused("A later change of this record is in its history already.")


def plain_reason(reason: str) -> str:
    """The reason as it will stand in history: trimmed, no control characters; there is something to read."""
    cleaned = "".join(
        sign for sign in (reason or "").strip() if sign == "\n" or unicodedata.category(sign) != "Cc"
    )
    if not says_something(cleaned):
        raise MissingReason("Say why: a change without a reason is not recorded.")
    return cleaned


def _authority(
    by: AbstractUser, reason: str, effective: datetime.datetime | None
) -> tuple[AbstractUser, str, datetime.datetime]:
    if by is None or by.pk is None:
        raise MissingWho("Say who: a change without a person is not recorded.")
    if effective is not None and settings.PRODUCTION:
        raise BackDatingRefused("Production dates every change with the moment it is made.")
    return by, plain_reason(reason), effective or calendar.now()


def _instance(row: Any) -> Any:
    instance = row.instance
    instance._state.adding = False
    instance.history_row = row
    return instance
