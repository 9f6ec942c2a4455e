"""Django's own ``user.has_perm(…)``, answered from appointments and the matrix of grants."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .models import Profile, Scope, User


class AppointmentBackend(ModelBackend):
    """Signs people in by password; permissions come from appointments alone, not from groups or flags."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:  # type: ignore[override]
        """``obj`` is a :class:`Scope`, a record with a ``scope``, or None for "anywhere".

        People lie on no place: what is asked of one of them is asked anywhere. A record with an ``owner_id``
        is its owner's own, for the roles that have grants on what they own.
        """
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if obj is None or isinstance(obj, (User, Profile)):
            return user_obj.standing.may(perm)
        if getattr(obj, "owner_id", None) == user_obj.pk and perm in user_obj.standing.on_own:
            return True
        return user_obj.standing.may(perm, lineage(obj))

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:  # type: ignore[override]
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        return set(user_obj.standing.permissions)

    def get_user_permissions(self, user_obj: User, obj: Any = None) -> set[str]:  # type: ignore[override]
        return set()

    def get_group_permissions(self, user_obj: User, obj: Any = None) -> set[str]:  # type: ignore[override]
        return set()

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:  # type: ignore[override]
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))

    def with_perm(self, *arguments: Any, **options: Any) -> Any:
        return User.objects.none()


def lineage(record: Any) -> list[int]:
    """The scope of ``record`` and every scope around it, innermost first; at most three."""
    scope = record if isinstance(record, Scope) else record.scope
    keys = []
    while scope is not None:
        keys.append(scope.pk)
        scope = scope.parent
    return keys
