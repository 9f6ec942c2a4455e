"""Open, internal or exempt: who may know that a record exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from programme.foundation.history import Tracked, TrackedQuerySet

from .choices import EXEMPT_PARAGRAPHS, Classification

if TYPE_CHECKING:
    from .models import User

EVERYTHING, NOTHING = Q(), Q(pk__in=[])


def visible(user: User | Any, *, scope: str, prefix: str = "") -> Q:
    """The condition for rows whose class ``user`` may read, by today's appointments.

    ``scope`` is the path to the record's scope, ``prefix`` the path to the classified record, both as in
    a filter (``"project__scope"``, ``"project__"``). Conditions, never lists of identifiers.
    """
    if not user.is_authenticated or not user.is_active or not user.standing.roles:
        return NOTHING
    standing = user.standing
    if standing.reads_all_exempt:
        return EVERYTHING
    seen = Q(**{f"{prefix}classification": Classification.OPEN})
    if standing.above_staff:
        seen |= Q(**{f"{prefix}classification": Classification.INTERNAL})
    own = of_own_places(user, scope=scope)
    return seen if own == NOTHING else seen | own


def of_own_places(user: User, *, scope: str) -> Q:
    """The condition for rows of places where ``user`` reads what is exempt, of whatever class they are."""
    own = user.standing.own_exempt_scopes
    return Q(**{f"{scope}__in": _within(own)}) if own else NOTHING


def _within(scopes: list[int]) -> QuerySet:
    """These scopes and those inside them. Asked once for a query: a join would ask it of every row."""
    from .models import Scope

    return Scope.objects.filter(Q(pk__in=scopes) | Q(parent__in=scopes)).order_by().values("pk")


class ClassifiedQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> Self:
        """The rows this person may know of: where every list, count, search and export starts."""
        model: Any = self.model
        return self.filter(visible(user, scope=model.scope_path))


class Classified(Tracked):
    """A record of a class of visibility; exempt names paragraphs, the public interest and a review date."""

    scope_path: ClassVar[str] = "scope"

    classification = models.CharField(max_length=10, choices=Classification, default=Classification.INTERNAL)
    exempt_paragraphs = models.JSONField(
        "paragraphs of Schedule 12A", default=list, blank=True, help_text="Numbers 1 to 7."
    )
    exempt_reason = models.TextField(
        "why the public interest in keeping it exempt outweighs disclosure", blank=True, max_length=2000
    )
    exempt_review = models.DateField("review of the exemption", null=True, blank=True)

    objects: ClassVar[Any] = ClassifiedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(classification=Classification.EXEMPT)
                | (~Q(exempt_paragraphs=[]) & ~Q(exempt_reason="") & Q(exempt_review__isnull=False)),
                name="%(app_label)s_%(class)s_exempt_says_why",
                violation_error_message="Exempt needs its paragraphs, the public interest and a review date.",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if not set(self.exempt_paragraphs or []) <= set(EXEMPT_PARAGRAPHS):
            raise ValidationError({"exempt_paragraphs": "Paragraphs of Schedule 12A are numbered 1 to 7."})

    def stood_visible_to(self, user: User) -> bool:
        """Whether ``user`` may read this copy of the record, by the class it had then.

        For pages as at a past date: today's class has been asked before, and the stricter of the two holds.
        """
        standing = user.standing
        if self.classification != Classification.EXEMPT:
            return standing.above_staff or self.classification == Classification.OPEN
        own = set(standing.own_exempt_scopes)
        if standing.reads_all_exempt or not own:
            return standing.reads_all_exempt
        place: Any = getattr(self, "scope", None)
        while place is not None and place.pk not in own:
            place = place.parent
        return place is not None

    @property
    def exempt_words(self) -> str:
        return exempt_in_words(self.classification, self.exempt_paragraphs)


def exempt_in_words(classification: str, paragraphs: Sequence[int]) -> str:
    """ "exempt, paragraphs 1, 2, 4", or nothing."""
    if classification != Classification.EXEMPT:
        return ""
    numbers = ", ".join(str(number) for number in sorted(paragraphs))
    return f"exempt, paragraph{'s' if len(paragraphs) > 1 else ''} {numbers}"
