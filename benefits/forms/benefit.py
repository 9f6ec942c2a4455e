"""A benefit: what it is, where it is at home, who owns it and how it is measured."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import Q

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField
from programme.people.choices import ScopeKind
from programme.people.forms import PersonChoice
from programme.people.models import Scope, User
from programme.performance.models import Measure
from programme.plan.reach import projects_where
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.models import Project

from ..models import Benefit
from ..rules import lifecycle

EARLIEST, LATEST = datetime.date(1990, 4, 1), datetime.date(2099, 3, 31)
AS_NOW, OF_PROJECT = "as-now", "project"


class BenefitDateField(GovDateField):
    """A day in a financial year that the portal knows."""

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            self._refuse(f"must lie between {EARLIEST.year} and {LATEST.year}")
        return day


class MeasureChoice(forms.ModelChoiceField):
    """A measure, or none yet."""

    unseen: int | None = None

    def __init__(self, **options: Any):
        known = {"queryset": Measure.objects.none(), "empty_label": "None yet", "label": "Measure"}
        super().__init__(**known | options)

    def offer(self, viewer: User, held: Measure | None = None) -> None:
        """Offers what the viewer may see; ``held``, which the benefit has now, stays on offer."""
        seen = Measure.objects.visible_to(viewer)
        self.unseen = held.pk if held and not seen.filter(pk=held.pk).exists() else None
        kept = held.pk if held else None
        self.queryset = Measure.objects.filter(Q(pk__in=seen.live().values("pk")) | Q(pk=kept))

    def label_from_instance(self, measure: Measure) -> str:
        return "A measure that you may not read" if measure.pk == self.unseen else str(measure)


class BenefitForm(ClassifiedForm):
    """``viewer`` chooses among what they may see, and a home among the places where they may add benefits."""

    first = (
        "name",
        "description",
        "place",
        "project",
        "owner",
        "measure",
        "method",
        "disbenefits",
        "starts",
        "ends",
    )

    name = PlainCharField(label="Name", max_length=200)
    description = PlainTextField(
        label="What gets better", max_length=2000, required=False, rows=3, count=True
    )
    place = forms.ChoiceField(
        label="Home",
        widget=forms.RadioSelect,
        help_text="One place keeps the benefit; shares only apportion its money.",
        error_messages={"required": "Choose the place that keeps the benefit"},
    )
    project = PlainCharField(
        label="Home project",
        max_length=12,
        required=False,
        help_text="Only where a project keeps it: its reference, such as DIG-01.",
    )
    owner = PersonChoice(label="Owner", required=False)
    measure = MeasureChoice(
        required=False, help_text="The measure that shows it. If it cannot be measured it cannot be realised."
    )
    method = PlainTextField(
        label="How it is measured",
        max_length=2000,
        required=False,
        rows=3,
        help_text="What is compared with what, and where the figures come from. Finance agrees this.",
    )
    disbenefits = PlainTextField(
        label="What gets worse because of it", max_length=2000, required=False, rows=3
    )
    starts = BenefitDateField(label="Starts", required=False, help_text="When it first brings something.")
    ends = BenefitDateField(
        label="Ends", required=False, help_text="Empty where it goes on. Amounts must lie within these dates."
    )

    def __init__(self, *arguments: Any, viewer: User, benefit: Benefit | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer, self.benefit = viewer, benefit
        self.fields["owner"].offer(viewer=viewer, holder=benefit.owner if benefit else None)  # type: ignore[attr-defined]
        self.fields["measure"].offer(viewer, held=benefit.measure if benefit else None)  # type: ignore[attr-defined]
        self._offer_homes()
        if benefit is None:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "Why it is recorded now, if there is more to say."
        elif benefit.status in lifecycle.AGREED:
            for name in ("measure", "method"):  # they change when finance agrees them anew
                del self.fields[name]

    def _offer_homes(self) -> None:
        """The programme and workstreams where the viewer may add benefits; and the home as it is."""
        places = Scope.objects.live().filter(kind__in=[ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM])
        self.homes = {
            str(one.pk): one
            for one in places.select_related("parent").order_by("kind", "name")
            if self.viewer.has_perm("benefits.add_benefit", one)
        }
        choices = [*((key, one.name) for key, one in self.homes.items()), (OF_PROJECT, "A project")]
        field, project = self.fields["place"], self.fields["project"]
        if self.benefit is not None:
            choices.insert(0, (AS_NOW, self._home_now(self.benefit.scope)))
            field.initial = AS_NOW
        elif not self.homes:
            del self.fields["place"]
            project.required = True
        elif len(self.homes) == 1:
            field.initial = next(iter(self.homes))
        field.choices = choices  # type: ignore[attr-defined]

    def _home_now(self, home: Scope) -> str:
        known = Scope.objects.visible_to(self.viewer).filter(pk=home.pk).exists()
        return f"As it is now: {home.name}" if known else "As it is now"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, ref = data.pop("place", ""), data.pop("project", "")
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The end cannot be before the start")
        if place == AS_NOW and not ref and self.benefit is not None:
            return data | {"scope": self.benefit.scope}
        if ref:
            return data | {"scope": self._project_home(ref)}
        if place in self.homes:
            return data | {"scope": self.homes[place]}
        if place == OF_PROJECT and not self.errors.get("project"):
            self.add_error("project", "Give the reference of the project that keeps the benefit")
        return data

    def _project_home(self, ref: str) -> Scope | None:
        allowed = projects_where(self.viewer, "benefits.add_benefit").filter(ref__iexact=ref)
        project = allowed.select_related("scope__parent__parent").first()
        if project is None:
            known = Project.objects.visible_to(self.viewer).live().filter(ref__iexact=ref).exists()
            words = (
                "You may not add benefits to it" if known else f"There is no project {ref} that you may see"
            )
            self.add_error("project", words)
            return None
        return project.scope
