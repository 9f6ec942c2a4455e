"""Which exempt records are kept from somebody, to be held beside a file that is written for them.

Roles alone do not say what somebody read: who stops being the owner of an exempt record reads it no more, nor
who led the workstream that its project has left, nor who read it before it became exempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Max, QuerySet

from .choices import Classification
from .classification import Classified

if TYPE_CHECKING:
    from .models import User


def kept_back(user: User) -> dict[str, dict[str, Any]]:
    """By kind of record: the newest number there is, and the exempt ones that ``user`` may not know of.

    In plain values that can be kept with the file; nothing for who reads all that is exempt.
    """
    if user.standing.reads_all_exempt:
        return {}
    return {
        model._meta.label: {
            "newest": model._base_manager.aggregate(last=Max("pk"))["last"] or 0,
            "kept": sorted(_kept(model, user).values_list("pk", flat=True)),
        }
        for model in _classified()
    }


def keeps_back_more(user: User, then: dict[str, dict[str, Any]]) -> bool:
    """Whether something is kept from ``user`` today that was there ``then`` and not kept from them."""
    if user.standing.reads_all_exempt:
        return False
    for model in _classified():
        if before := then.get(model._meta.label):
            there = _kept(model, user).filter(pk__lte=before["newest"])
            if not set(before["kept"]).issuperset(there.values_list("pk", flat=True)):
                return True
    return False


def _classified() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Classified)]


def _kept(model: Any, user: User) -> QuerySet[Any]:
    seen = model.objects.visible_to(user).order_by().values("pk")
    return model._base_manager.filter(classification=Classification.EXEMPT).exclude(pk__in=seen).order_by()
