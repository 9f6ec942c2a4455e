"""Bodies of the programme: their terms of reference, and the seats on them by post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from programme.people.models import Scope, User

from ..models import Body, Programme, Seat, Workstream

CHANGEABLE = {"name", "purpose", "terms"}


@transaction.atomic
def add(
    *,
    programme: Programme,
    kind: str,
    name: str,
    by: User,
    reason: str,
    workstream: Workstream | None = None,
    purpose: str = "",
    terms: Sequence[str] = (),
) -> Body:
    """Adds a body, with the scope on which its people are appointed: inside its workstream, if it has one.

    Raises ``ValidationError``.
    """
    slug = slugify(name)[:50].strip("-")
    if not slug:
        raise ValidationError({"name": "A name needs letters, from which its address is made."})
    if Body.objects.filter(slug=slug).exists() or Scope.objects.filter(kind="body", key=slug).exists():
        raise ValidationError({"name": "There is a body of this name already."})
    around = workstream.scope if workstream else programme.scope
    body = Body(slug=slug, kind=kind, name=name, workstream=workstream, purpose=purpose, terms=list(terms))
    body.full_clean(exclude=["scope"])
    body.scope = Scope(kind="body", key=slug, name=name, parent=around).record(by=by, reason=reason)
    return body.record(by=by, reason=reason)


@transaction.atomic
def change(body: Body, *, by: User, reason: str, **facts: Any) -> Body:
    """Changes a body's name, purpose or terms. Raises ``ValidationError`` or ``Stale``."""
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    renamed = facts.get("name", body.name) != body.name
    for field, value in facts.items():
        setattr(body, field, value)
    body.record(by=by, reason=reason)
    if renamed:
        body.scope.name = body.name
        body.scope.record(by=by, reason=reason)
    return body


def seat(body: Body, *, post: str, role: str, by: User, reason: str) -> Seat:
    """Gives a post a seat on the body, after those it has. Raises ``ValidationError``."""
    last = body.seats.aggregate(last=Max("position"))["last"] or 0
    return _placed(Seat(body=body, post=post, role=role, position=last + 1), by=by, reason=reason)


def change_seat(seat: Seat, *, post: str, role: str, by: User, reason: str) -> Seat:
    """Changes the post or the role of a seat. Raises ``ValidationError`` or ``Stale``."""
    seat.post, seat.role = post, role
    return _placed(seat, by=by, reason=reason)


def end_seat(seat: Seat, *, by: User, reason: str) -> Seat:
    """Takes a seat off the body; it stays in history."""
    return seat.withdraw(by=by, reason=reason)


def _placed(seat: Seat, *, by: User, reason: str) -> Seat:
    same = Seat.objects.live().filter(body=seat.body, post__iexact=seat.post).exclude(pk=seat.pk)
    if same.exists():
        raise ValidationError({"post": "This post has a seat on the body already."})
    return seat.record(by=by, reason=reason)
