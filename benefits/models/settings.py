from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.people.choices import ScopeKind
from programme.people.models import Scope

from .budget import BudgetQuerySet


class BenefitsSettingsQuerySet(BudgetQuerySet):
    def current(self) -> BenefitsSettings:
        """The one row, or the defaults where nobody has settled anything yet."""
        return self.first() or BenefitsSettings()


class BenefitsSettings(Tracked):
    """What the programme office and finance settle about benefits; its history says what held when.

    Source: the domain's "Payback" and "Benefits".
    """

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    discount_rate = models.DecimalField(
        "discount rate, per cent, real",
        max_digits=4,
        decimal_places=2,
        default=Decimal("3.50"),
        validators=[
            MinValueValidator(Decimal(0), "A rate is not negative."),
            MaxValueValidator(Decimal(25), "A rate is at most 25 %."),
        ],
    )
    horizon = models.PositiveSmallIntegerField(
        "horizon, years",
        default=10,
        validators=[MinValueValidator(1, "At least 1 year."), MaxValueValidator(30, "At most 30 years.")],
    )
    horizon_date = models.DateField("horizon date, an assumption", null=True, blank=True)
    horizon_date_words = models.CharField("what happens on that date", max_length=120, blank=True)
    smallest_group = models.PositiveSmallIntegerField(
        "fewest posts behind a total that others see",
        default=5,
        validators=[MinValueValidator(3, "At least 3."), MaxValueValidator(50, "At most 50.")],
    )

    objects = BenefitsSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "settings of benefits"
        verbose_name_plural = "settings of benefits"
        constraints = [models.CheckConstraint(condition=Q(only=1), name="benefits_settings_are_one_row")]

    def __str__(self) -> str:
        return "Settings of benefits"

    def get_absolute_url(self) -> str:
        return "/benefits/settings/"

    @property
    def scope(self) -> Scope | None:
        """Where permissions on them are asked: they hold for the programme as a whole."""
        return Scope.objects.filter(kind=ScopeKind.PROGRAMME).first()
