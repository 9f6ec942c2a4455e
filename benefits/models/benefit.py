from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked
from programme.people.choices import Role
from programme.people.classification import (
    EVERYTHING,
    NOTHING,
    Classified,
    ClassifiedQuerySet,
    visible,
)
from programme.people.grants import GRANTS
from programme.people.models import Scope, User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Workstream

from ..choices import REFERENCE, Status


def seen_with(user: User, *, record: str = "", benefit: str | None = None) -> Q:
    """The condition for rows that hang on a classified ``record`` (a prefix such as ``"line__"``).

    A benefit's owner reads what is exempt of their own: ``benefit`` is the prefix that leads to it.
    """
    if not user.has_perm("benefits.view_benefits"):
        return NOTHING
    seen = visible(user, scope=f"{record}scope", prefix=record)
    if benefit is None or seen == EVERYTHING or not user.standing.holds(Role.BENEFIT_OWNER):
        return seen
    return seen | Q(**{f"{benefit}owner": user.pk})


class BenefitsQuerySet(ClassifiedQuerySet):
    """Savings, investment and stated figures are read from the working pages only, never by staff."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user))


KEEPS = "benefits.change_benefit"


class BenefitQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, benefit=""))

    def kept_by(self, user: User) -> Self:
        """Those that this person keeps: at home in a place where a role of theirs allows it, or their own."""
        roles = user.standing.roles.items()
        places = [place for place, held in roles if any(KEEPS in GRANTS[role] for role in held)]
        paths = ("scope", "scope__parent", "scope__parent__parent")
        kept = reduce(or_, (Q(**{f"{path}__in": places}) for path in paths))
        return self.filter(kept | Q(owner=user.pk) if KEEPS in user.standing.on_own else kept)


class Benefit(Classified):
    """Something that gets better because of the programme, with an owner and a measure that shows it.

    Its ``scope`` is its one home: a project where it has one, else a workstream or the programme. The home
    decides who keeps it; shares only apportion its money between workstreams. ``agreed_version`` is the
    version of the measure that finance saw when it last agreed how the benefit is measured.
    """

    ref = models.CharField(
        "reference",
        max_length=12,
        unique=True,
        validators=[REFERENCE],
        error_messages={"unique": "This reference is not free; leave it empty for the next one."},
    )
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=2000, blank=True)
    scope = models.ForeignKey(Scope, verbose_name="home", related_name="benefits", on_delete=models.PROTECT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="benefits", on_delete=models.PROTECT
    )
    measure = models.ForeignKey(
        Measure, null=True, blank=True, related_name="benefits", on_delete=models.PROTECT
    )
    method = models.TextField("how it is measured", max_length=2000, blank=True)
    disbenefits = models.TextField("what gets worse because of it", max_length=2000, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.IDENTIFIED)
    decision = models.ForeignKey(
        Decision,
        verbose_name="decision behind the approval",
        null=True,
        blank=True,
        related_name="approved_benefits",
        on_delete=models.PROTECT,
    )
    agreed_on = models.DateField("method and baseline agreed on", null=True, blank=True)
    agreed_version = models.PositiveIntegerField("version of the measure agreed", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "ref"]
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="benefits_benefit_ends_after_it_starts",
                violation_error_message="The end cannot be before the start.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.IDENTIFIED, Status.VALIDATED]) | Q(decision__isnull=False),
                name="benefits_approval_names_a_decision",
                violation_error_message="A benefit is approved by a decision of the register: name it.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.REALISED, Status.CLOSED]) | Q(measure__isnull=False),
                name="benefits_realised_is_measured",
                violation_error_message="If it cannot be measured it cannot be claimed as realised.",
            ),
        ]
        indexes = [models.Index(fields=["scope", "withdrawn"], name="benefits_benefit_home")]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/benefits/{self.ref}/"

    def stood_visible_to(self, user: User) -> bool:
        return super().stood_visible_to(user) or self._is_own_of(user)

    def _is_own_of(self, user: User) -> bool:
        """Whether ``user`` owns it today, whoever owned it when it stood as this copy has it."""
        if not user.standing.holds(Role.BENEFIT_OWNER):
            return False
        if hasattr(self, "history_row"):
            return Benefit.objects.filter(pk=self.pk, owner=user.pk).exists()
        return self.owner_id == user.pk

    @property
    def status_words(self) -> str:
        return "Withdrawn" if self.withdrawn else self.get_status_display()


class OfBenefitQuerySet(BenefitsQuerySet):
    """Records that are seen by whoever sees their benefit."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="benefit__", benefit="benefit__"))


class BenefitShare(Tracked):
    """The part of a benefit that counts for one workstream, in per cent; a benefit's parts sum to 100."""

    benefit = models.ForeignKey(Benefit, related_name="shares", on_delete=models.PROTECT)
    workstream = models.ForeignKey(Workstream, related_name="benefit_shares", on_delete=models.PROTECT)
    percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        validators=[
            MinValueValidator(Decimal("0.01"), "A share is more than nothing; leave it out instead."),
            MaxValueValidator(Decimal(100), "A share is at most 100 %."),
        ],
    )

    objects = OfBenefitQuerySet.as_manager()

    class Meta:
        ordering = ["benefit", "workstream"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "workstream"],
                condition=Q(withdrawn=False),
                name="benefits_one_share_a_workstream",
                violation_error_message="This workstream has a share already.",
            ),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="benefits_share_is_part_of_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent.normalize():f} % of {self.benefit}"


class EnablingMilestone(Tracked):
    """A milestone of the plan without which the benefit does not come."""

    benefit = models.ForeignKey(Benefit, related_name="enablers", on_delete=models.PROTECT)
    activity = models.ForeignKey(
        Activity, verbose_name="milestone", related_name="enables", on_delete=models.PROTECT
    )

    objects = OfBenefitQuerySet.as_manager()

    class Meta:
        ordering = ["benefit", "activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "activity"],
                condition=Q(withdrawn=False),
                name="benefits_milestone_enables_once",
                violation_error_message="This milestone enables the benefit already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} enables {self.benefit}"
