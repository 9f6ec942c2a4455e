from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked, TrackedQuerySet

from ..choices import ScopeKind
from ..classification import EVERYTHING, visible

if TYPE_CHECKING:
    from .person import User


class ScopeQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> ScopeQuerySet:
        """Places are known to everyone signed in, but for projects of a class that keeps them from ``user``.

        A scope carries its project's name, so it is no more visible than the project.
        """
        if not user.is_authenticated:
            return self.none()
        seen = visible(user, scope="project__scope", prefix="project__")
        return self if seen == EVERYTHING else self.filter(Q(project=None) | seen)


class Scope(Tracked):
    """Where a role is held: the programme, a workstream, a project or a body.

    The record itself (say, a project) owns its scope and keeps its name and parent in step. A grant on a
    scope holds on everything inside it: projects lie in workstreams, workstreams and bodies in the programme.
    """

    kind = models.CharField(max_length=12, choices=ScopeKind)
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, related_name="inside", on_delete=models.PROTECT)

    objects = ScopeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="people_scope_is_named_once",
                violation_error_message="There is one of this kind and name already.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ScopeKind.PROGRAMME, parent=None)
                | (~Q(kind=ScopeKind.PROGRAMME) & Q(parent__isnull=False)),
                name="people_scope_lies_in_the_programme",
                violation_error_message="Everything but the programme lies inside something.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
