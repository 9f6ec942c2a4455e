"""Brings records into line with the facts without undoing what people have changed since.

Three versions of each record are compared: what the facts say now, what the last load wrote, and what stands.
Only what the facts say differently from the last load is a change of the facts. If somebody has changed the
same field since, theirs stays and is named. So a second load of the same facts writes nothing, whatever
people did in between, and a fact taken out of the file withdraws its record.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from programme.foundation.history import Tracked
from programme.people.models import User

LOADED = "Loaded from the business case"
CHANGED = "Loaded again from the business case, whose facts were changed"
TAKEN_OUT = "Loaded again from the business case, which no longer has it"
OURS = [LOADED, CHANGED, TAKEN_OUT]

Record = TypeVar("Record", bound=Tracked)


@dataclass
class Outcome:
    """How many records a load added, changed and withdrew, and which changes of people it left alone."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def nothing_changed(self) -> bool:
        return not (self.added or self.changed or self.withdrawn)


@dataclass
class Settling:
    """One load: who loads, and when new records took effect (None: now, the only way in production)."""

    by: User
    effective: datetime.datetime | None
    outcome: Outcome = field(default_factory=Outcome)
    named: dict[type[Tracked], set[int]] = field(default_factory=dict)

    def settle(self, model: type[Record], wanted: Sequence[Record], *, key: tuple[str, ...]) -> list[Record]:
        """Writes what is new or different among ``wanted``, unsaved records of ``model`` that are told
        apart by the fields in ``key``; returns the stored records in the same order."""
        stored = {_key(one, key): one for one in model._default_manager.all()}
        before = _last_loads(model)
        fresh = [one for one in wanted if _key(one, key) not in stored]
        changed = []
        for one in wanted:
            found = stored.setdefault(_key(one, key), one)
            if found is not one and self._adopt(found, one, before.get(found.pk)):
                changed.append(found)
        self._write(model, fresh, LOADED, effective=self.effective)
        self._write(model, changed, CHANGED)
        self.outcome.added += len(fresh)
        self.outcome.changed += len(changed)
        settled = [stored[_key(one, key)] for one in wanted]
        self.named.setdefault(model, set()).update(one.pk for one in settled)
        return settled

    def finish(self) -> Outcome:
        """Withdraws what an earlier load wrote and the facts no longer have, unless people changed it."""
        for model, named in self.named.items():
            before = _last_loads(model)
            missing = model._default_manager.filter(withdrawn=False, pk__in=before.keys() - named)
            gone = [one for one in missing if self._untouched(one, before[one.pk])]
            for one in gone:
                one.withdrawn = True
            self._write(model, gone, TAKEN_OUT)
            self.outcome.withdrawn += len(gone)
        return self.outcome

    def _untouched(self, stored: Tracked, before: Any) -> bool:
        untouched = all(getattr(stored, name) == getattr(before, name) for name in _governed(type(stored)))
        if not untouched:
            self.outcome.kept.append(f"{stored._meta.verbose_name} “{stored}”: no longer in the facts")
        return untouched

    def _write(
        self,
        model: type[Tracked],
        records: list[Any],
        reason: str,
        effective: datetime.datetime | None = None,
    ) -> None:
        if records:
            model._default_manager.all().bulk_record(records, by=self.by, reason=reason, effective=effective)

    def _adopt(self, stored: Tracked, wanted: Tracked, before: Any) -> bool:
        """Takes over what the facts say anew; True where that changed the stored record."""
        moved = False
        for name in _governed(type(stored)):
            fact, standing = getattr(wanted, name), getattr(stored, name)
            if fact == standing or (before is not None and fact == getattr(before, name)):
                continue
            if before is None or standing != getattr(before, name):
                self.outcome.kept.append(f"{stored._meta.verbose_name} “{stored}”: {name}")
                continue
            setattr(stored, name, fact)
            moved = True
        return moved


def _key(record: Tracked, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in names)


def _governed(model: type[Tracked]) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields if one.name not in ("id", "version")]


def _last_loads(model: type[Tracked]) -> dict[int, Any]:
    """The newest history row that a load wrote, by record: one query."""
    rows = model.history.filter(history_change_reason__in=OURS)
    return {row.id: row for row in rows.order_by("history_id")}
