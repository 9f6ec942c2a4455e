"""When a total may be shown to people from whom some of its lines are withheld.

A total that holds withheld lines tells, once the lines in view are taken off, what the withheld ones come to.
It may be shown only where at least so many posts (a setting) stand behind that, unknown counting as under it,
and more than one line, since a line that is withheld must not be had from any total.
And no smaller part may follow from several totals, of rows, columns, years or filters, by taking one from
another: a second figure is suppressed where a first could be had with it.

How: the withheld amounts are put into groups once, whatever is asked later, each with enough posts behind it.
A total is shown only if every group lies wholly inside or wholly outside it. Whatever is worked out from such
totals is made of whole groups, so nothing about fewer posts follows, however many totals are compared.
Source: the domain's "Benefits".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from programme.foundation.money import FinancialYear

from .totals import Axis, Slice

# Small groups are joined with what differs from them in the last of these first, so that totals by year
# survive longer than totals by workstream.
JOINED = (Axis.FREQUENCY, Axis.KIND, Axis.DELIVERABILITY, Axis.YEAR, Axis.CATEGORY, Axis.WORKSTREAM)


FEWEST_LINES = 2


@dataclass(frozen=True)
class Withheld:
    """A line that a reader may not see, of which totals could tell.

    ``posts`` are the posts behind it, by name or number; none known is none. ``workstreams`` are those that
    its benefit counts for. ``years`` has, for each profile, the years in which the line has an amount.
    """

    key: int
    posts: frozenset[str]
    category: str
    kind: str
    deliverability: str
    frequency: str
    workstreams: frozenset[str]
    years: dict[str, frozenset[FinancialYear]]


class Atom(NamedTuple):
    """One withheld line in one year."""

    line: Withheld
    year: FinancialYear

    def at(self, axis: Axis) -> object:
        if axis is Axis.YEAR:
            return self.year
        return self.line.workstreams if axis is Axis.WORKSTREAM else getattr(self.line, axis.value)

    def lies(self, cut: Slice) -> bool | None:
        """Whether a slice holds it; None for a part of it, where its workstreams share it."""
        whole = True
        for axis, allowed in cut.items():
            mine = self.line.workstreams if axis is Axis.WORKSTREAM else frozenset([self.at(axis)])
            if mine.isdisjoint(allowed):
                return False
            whole = whole and mine <= allowed
        return True if whole else None


Group = list[Atom]


class Suppression:
    """What of the totals one kind of reader may know; made once, asked for every total."""

    def __init__(self, withheld: Iterable[Withheld], smallest: int):
        self.smallest = smallest
        atoms = [
            Atom(line, year) for line in withheld for year in sorted(frozenset().union(*line.years.values()))
        ]
        self.groups, self.rest = self._joined(atoms, JOINED)

    def allows(self, profile: str, cut: Slice) -> bool:
        """Whether the total of ``profile`` over a slice, withheld lines included, may be shown."""
        if any(atom.lies(cut) is not False for atom in self.rest):
            return False
        return all(self._open(group, profile, cut) for group in self.groups)

    def tells(self, profile: str, cut: Slice) -> bool:
        """Whether such a total may be shown and holds something withheld.

        Only then is it: a total shown because nothing is withheld in it would tell where nothing is.
        """
        if not self.allows(profile, cut):
            return False
        return any(atom.lies(cut) is not False for group in self.groups for atom in group)

    def _open(self, group: Group, profile: str, cut: Slice) -> bool:
        lying = {atom.lies(cut) for atom in group}
        if lying == {False}:
            return True
        counting = [atom for atom in group if atom.year in atom.line.years.get(profile, ())]
        return lying == {True} and self._enough(counting)

    def _enough(self, group: Group) -> bool:
        if len({atom.line.key for atom in group}) < FEWEST_LINES:
            return False
        return len(frozenset().union(*(atom.line.posts for atom in group))) >= self.smallest

    def _joined(self, atoms: Group, axes: Sequence[Axis]) -> tuple[list[Group], Group]:
        """Groups that are large enough, and what is left where nothing is."""
        if not axes:
            return ([atoms], []) if self._enough(atoms) else ([], atoms)
        groups: list[Group] = []
        rest: Group = []
        for part in _split(atoms, axes[0]):
            found, left = self._joined(part, axes[1:])
            groups += found
            rest += left
        if rest and (self._enough(rest) or not groups):
            return ([*groups, rest], []) if self._enough(rest) else ([], rest)
        if rest:
            min(groups, key=len).extend(rest)
        return groups, []


def _split(atoms: Group, axis: Axis) -> list[Group]:
    parts: dict[object, Group] = {}
    for atom in atoms:
        parts.setdefault(atom.at(axis), []).append(atom)
    return list(parts.values())
