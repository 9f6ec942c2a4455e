"""What the register knows that a workbook may speak of: names, risks as they stand, what moved meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Length

from programme.people.choices import ScopeKind
from programme.people.grants import READING_ROLES
from programme.people.models import Appointment, Scope, User
from programme.portfolio.references import following

from ..choices import STANDING, Response, Scale, status_words
from ..models import Acceptance, Risk, RiskAction, RiskCategory, ScaleStep
from ..offline.cells import Known
from ..offline.renamed import as_named
from ..offline.rows import Stored
from ..offline.scales import Words, folded
from ..rules import accepting, lifecycle, responding
from ..rules.scoring import CELLS, Score, outside_appetite
from . import renamed
from .holding import Ruling, ruling
from .listed import UNKNOWN_PLACE
from .people import shared_posts
from .yardstick import yardstick

LOAD, CHANGE, RAISE = "risks.load_workbook", "risks.change_risk", "risks.raise_risk"
PLACES = {ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM, ScopeKind.PROJECT}
FIELDS = {
    **{name: name for name in ("title", "cause", "event", "effect", "controls")},
    "category": "category_id",
    "scope": "scope_id",
    "owner": "owner_id",
    **{name: name for name in ("proximity", "knowledge", "response", "source_place")},
    **{f"{kind}_{part}": f"{kind}_{part}" for kind in ("inherent", "current", "target") for part in Scale},
}
READ = ("pk", "ref", "version", "withdrawn", "status", "escalated_to", "review_due", "classification")
STALE_SHOWN = 20


class Reach:
    """Where a person may load risks; the places are read once. Two queries."""

    def __init__(self, user: User):
        self.user = user
        self.parents = dict(Scope.objects.order_by().values_list("pk", "parent"))
        self._may: dict[tuple[str, int], bool] = {}

    def may(self, permission: str, scope: int) -> bool:
        key = (permission, scope)
        if key not in self._may:
            lineage: list[int] = []
            place: int | None = scope
            while place is not None:
                lineage.append(place)
                place = self.parents.get(place)
            self._may[key] = self.user.standing.may(permission, lineage)
        return self._may[key]

    def may_change(self, scope: int, owner: int | None) -> bool:
        own = owner == self.user.pk and CHANGE in self.user.standing.on_own
        return self.may(LOAD, scope) and (own or self.may(CHANGE, scope))


def known(user: User, reach: Reach, words: Words | None = None) -> Known:
    """Everything that cells may name, as ``user`` may know of it. Ten queries, whatever the file."""
    everybody, shared = list(User.objects.visible_to(user)), shared_posts()
    working = set(
        Appointment.objects.in_force().exclude(role__in=READING_ROLES).values_list("person", flat=True)
    )
    people: dict[str, tuple[int, ...]] = {}
    owners = [one for one in everybody if one.is_active and one.pk in working]
    for one in owners:
        people[as_named(one.post)] = (*people.get(as_named(one.post), ()), one.pk)
    categories = list(RiskCategory.objects.visible_to(user))
    places = [one for one in Scope.objects.visible_to(user).order_by() if one.kind in PLACES]
    here = [one for one in places if not one.withdrawn]
    projects = {as_named(one.key): one.pk for one in here if one.kind == ScopeKind.PROJECT}
    steps: dict[str, dict[str, int]] = {scale: {} for scale in Scale}
    for step in ScaleStep.objects.order_by("scale", "value"):
        steps[step.scale][folded(step.word)] = step.value
    offered = {
        "owner": frozenset(one.pk for one in owners),
        "category": frozenset(one.pk for one in categories if not one.withdrawn),
        "scope": frozenset(one.pk for one in here),
    }
    return Known(
        people=people,
        numbers={one.number: one.pk for one in owners},
        categories={as_named(one.name): one.pk for one in categories if not one.withdrawn},
        places={as_named(one.name): one.pk for one in here} | projects,
        steps=steps,
        words=words or {},
        place_kept=UNKNOWN_PLACE,
        scores=_scores(),
        called=renamed.names(user, everybody, categories, places, offered),
        raisable=frozenset(one.pk for one in here if reach.may(LOAD, one.pk) and reach.may(RAISE, one.pk)),
        names={
            "owner": {one.pk: f"{one.post} ({one.number})" if one.post in shared else one.post
                      for one in everybody},
            "category": {one.pk: one.name for one in categories},
            "scope": {one.pk: one.name for one in places},
        },
    )  # fmt: skip


def _scores() -> dict[tuple[int | None, int | None], str]:
    """All 25 scores, and none, as the register writes them."""
    yard = yardstick()
    each: dict[tuple[int | None, int | None], str] = {
        (one.likelihood, one.impact): yard.in_full(one) for one in CELLS
    }
    return each | {(None, None): yard.in_full(None)}


def stored(user: User, reach: Reach, refs: Collection[str]) -> dict[str, Stored]:
    """The risks of these references that ``user`` may see, as they stand, withdrawn ones too. One query."""
    found = {}
    rows = Risk.objects.visible_to(user).filter(ref__in=refs).order_by()
    for pk, ref, version, withdrawn, status, escalated_to, due, secrecy, *values in rows.values_list(
        *READ, *FIELDS.values()
    ):
        said = dict(zip(FIELDS, values, strict=True))
        may = reach.may_change(said["scope"], said["owner"])
        closed = "" if status in STANDING else lifecycle.not_standing(status)
        words = status_words(status, escalated_to)
        found[ref] = Stored(pk, ref, version, said, may, closed, withdrawn, words, due, secrecy)
    return found


def stood(user: User, versions: Mapping[int, int]) -> dict[int, dict[str, Any]]:
    """What risks were at these versions, both by the risks' numbers; a time when one was kept from ``user``
    is left out. One query, or none."""
    together: dict[int, list[int]] = {}
    for key, version in versions.items():
        together.setdefault(version, []).append(key)
    if not together:
        return {}
    asked = reduce(or_, (Q(version=version, id__in=keys) for version, keys in together.items()))
    rows = Risk.history.filter(asked).filter(Risk.objects.stood_seen_by(user)).order_by()
    found = rows.values_list("id", *FIELDS.values())
    return {key: dict(zip(FIELDS, values, strict=True)) for key, *values in found}


def said_stale(user: User, stale: Iterable[tuple[Stored, int]]) -> dict[int, str]:
    """For each row of the file what was changed of its risk after the file was written, and by whom.

    The first twenty are looked up; the others are told so in general.
    """
    found = {}
    for number, (one, row) in enumerate(stale):
        words = ""
        if number < STALE_SHOWN:
            newest = Risk.objects.get(pk=one.pk).changes(user)[0]
            fields = ", ".join(field.label for field in newest.fields) or "its standing"
            day = f"{newest.when.day} {newest.when:%B %Y}"
            words = f" {newest.who} changed it last on {day}: {fields}."
        found[row] = (
            f"{one.ref} was changed after this workbook was written.{words} "
            "Take its row out of the workbook, or export the register again."
        )
    return found


def refused_responses(rows: Sequence[tuple[int, int | None, Mapping[str, Any]]]) -> dict[int, str]:
    """Why the responses that rows choose do not hold, by the row of the file.

    Each is its row, the number of its risk (None of a new one, which has neither actions nor an acceptance)
    and what it then says. Five queries at most up to 500 of them.
    """
    asked = [one for one in rows if one[2].get("response") in {Response.TREAT, Response.TOLERATE}]
    if not asked:
        return {}
    keys = [key for _, key, _ in asked if key]
    held, actions = ruling(), _actions(keys)
    accepted = {one.risk_id: one for one in acceptances(keys)}
    highest = dict(RiskCategory.objects.order_by().values_list("pk", "highest_tolerated"))
    found = {}
    for row, key, said in asked:
        score = Score.of(said.get("current_likelihood"), said.get("current_impact"))
        outside = outside_appetite(score, highest.get(said.get("category") or 0))
        covered = _covers(accepted.get(key or 0), score, outside, held)
        number = actions.get(key or 0, 0)
        if words := responding.refusal(said["response"], actions=number, outside=outside, accepted=covered):
            found[row] = words
    return found


def acceptances(keys: Collection[int]) -> list[Acceptance]:
    """The acceptances of these risks that nothing has ended."""
    found: list[Acceptance] = []
    for part in portions(list(keys)):
        found += Acceptance.objects.not_ended().filter(risk__in=part).order_by()
    return found


def _actions(keys: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in portions(keys):
        rows = RiskAction.objects.live().filter(risk__in=part).order_by().values("risk")
        found |= dict(rows.annotate(number=Count("pk")).values_list("risk", "number"))
    return found


def _covers(acceptance: Any, score: Score | None, outside: bool, held: Ruling) -> bool:
    band = held.matrix.band_of(score)
    return accepting.covers(acceptance, score, band=band, outside=outside, day=held.today)


def portions(keys: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    """Portions that one query can take."""
    return (keys[start : start + size] for start in range(0, len(keys), size))


def namesakes(user: User, titles: Collection[str]) -> dict[str, str]:
    """The references of risks that ``user`` may see and that have one of these names, by the name."""
    found: dict[str, str] = {}
    risks = Risk.objects.visible_to(user).live().order_by()
    for part in portions(sorted(set(titles))):
        found |= dict(risks.filter(title__in=part).values_list("title", "ref"))
    return found


def next_references(count: int, *, stem: str) -> list[str]:
    """The next ``count`` free references. One query."""
    highest = Risk.objects.order_by(Length("ref").desc(), "-ref").values_list("ref", flat=True)[:20]
    first = int(following(stem, highest, width=3).removeprefix(stem))
    return [f"{stem}{number:03}" for number in range(first, first + count)]
