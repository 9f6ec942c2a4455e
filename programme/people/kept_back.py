"""Which exempt records are kept from somebody, to be held beside a file that is written for them.

Roles alone do not say what somebody read: who stops being the owner of an exempt record reads it no more, nor
who led the workstream that its project has left, nor who read it before it became exempt. Of one that is no
longer exempt the file may still tell what it was, as it stood on a past day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from .choices import Classification
from .classification import Classified, of_own_places

if TYPE_CHECKING:
    from .models import User


def kept_back(user: User) -> dict[str, dict[str, Any]]:
    """By kind of record: the newest number there is, the exempt ones that ``user`` may not know of, and those
    that were exempt ``once`` and are theirs to read of that time.

    In plain values that can be kept with the file; nothing for who reads all that is exempt.
    """
    if user.standing.reads_all_exempt:
        return {}
    return {
        model._meta.label: {
            "newest": model._base_manager.aggregate(last=Max("pk"))["last"] or 0,
            "kept": _numbers(_kept(model, user)),
            "once": _numbers(_exempt_once(model).filter(_theirs(model, user))),
        }
        for model in _classified()
    }


def keeps_back_more(user: User, then: dict[str, dict[str, Any]]) -> bool:
    """Whether something is kept from ``user`` today that was there ``then`` and not kept from them."""
    if user.standing.reads_all_exempt:
        return False
    known = [(model, then[model._meta.label]) for model in _classified() if model._meta.label in then]
    return any(_lost(model, user, before) for model, before in known)


def _lost(model: Any, user: User, before: dict[str, Any]) -> bool:
    kept = set(_numbers(_kept(model, user).filter(pk__lte=before["newest"])))
    if not kept <= set(before["kept"]):
        return True
    once = set(before["once"])
    return bool(once) and not once <= set(_numbers(model._base_manager.filter(_theirs(model, user))))


def _classified() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Classified)]


def _kept(model: Any, user: User) -> QuerySet[Any]:
    seen = model.objects.visible_to(user).order_by().values("pk")
    return model._base_manager.filter(classification=Classification.EXEMPT).exclude(pk__in=seen)


def _exempt_once(model: Any) -> QuerySet[Any]:
    """Those that are not exempt and have been."""
    then = model.history.filter(id=OuterRef("pk"), classification=Classification.EXEMPT).order_by()
    return model._base_manager.exclude(classification=Classification.EXEMPT).filter(Exists(then))


def _theirs(model: Any, user: User) -> Q:
    """Of a place where they read what is exempt, or their own."""
    named = any(field.name == "owner" for field in model._meta.fields)
    place = of_own_places(user, scope=model.scope_path)
    return place | Q(owner=user.pk) if named else place


def _numbers(rows: QuerySet[Any]) -> list[int]:
    return sorted(rows.order_by().values_list("pk", flat=True))
