"""Changing owner, category or place of many risks at once."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.people.choices import ScopeKind
from programme.people.forms import PersonChoice
from programme.people.models import Scope, User
from programme.portfolio.models import Project

from ..models import Risk, RiskCategory

MOST = 1_000  # at once: more are narrowed by filters, so that somebody can still look at what would change
AS_IT_IS = "Leave it as it is"
NONE = "none"
SEEN = re.compile(r"(?:[0-9]{1,9}:[0-9]{1,9})(?:,[0-9]{1,9}:[0-9]{1,9})*\Z")
CHANGED = "was changed by somebody else after you looked: look at what would change now, then save again"


class OrNone(forms.ModelChoiceField):
    """A record, ``NONE`` to take away what there is, or to leave it as it is."""

    none_label = ""

    def _get_choices(self) -> Any:
        return self._with_none

    def _with_none(self) -> list[Any]:
        kept, *records = super()._get_choices()
        return [kept, (NONE, self.none_label), *records]

    choices = property(_get_choices, forms.ModelChoiceField.choices.fset)

    def to_python(self, value: Any) -> Any:
        return NONE if value == NONE else super().to_python(value)


class OwnerOrNobody(OrNone, PersonChoice):
    none_label = "Nobody: take the owner away"


class CategoryOrNone(OrNone):
    none_label = "None: take the category away"


class SeveralForm(forms.Form):
    """``risks`` are those that the address asks for, out of all that the viewer may change.

    ``seen`` is what the preview showed, each risk with its version (``12:3,14:1``): what is saved is exactly
    that. Gives ``risks``, ``facts`` and ``reason``.
    """

    every = forms.BooleanField(required=False)
    risk = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={
            "invalid_pk_value": "Tick risks of the list.",
            "invalid_choice": "Tick risks of the list.",
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    owner = OwnerOrNobody(label="Owner", required=False, empty_label=AS_IT_IS)
    category = CategoryOrNone(queryset=None, required=False, empty_label=AS_IT_IS)
    place = forms.ModelChoiceField(
        queryset=None, required=False, empty_label=AS_IT_IS, help_text="The programme or a workstream."
    )
    project = PlainCharField(
        label="Project", max_length=12, required=False, help_text="Instead of a place, such as DIG-01."
    )
    reason = ReasonField()

    def __init__(
        self, *arguments: Any, viewer: User, rows: QuerySet[Risk], asked: QuerySet[Risk], **options: Any
    ):
        """``rows`` are all risks that may be changed, ``asked`` those that the filters leave."""
        super().__init__(*arguments, **options)
        self.viewer, self.rows, self.asked = viewer, rows, asked
        self.moved_on = False
        fields: dict[str, Any] = self.fields
        fields["risk"].queryset = rows
        fields["owner"].offer(viewer=viewer)
        fields["category"].queryset = RiskCategory.objects.visible_to(viewer).to_choose()
        places = Scope.objects.visible_to(viewer).live()
        fields["place"].queryset = places.filter(
            kind__in=[ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM]
        ).order_by("kind", "name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.risks = self._chosen(data)
        given = {name: data[name] for name in ("owner", "category") if data.get(name)}
        facts = {name: None if value == NONE else value for name, value in given.items()}
        if scope := self._scope(data):
            facts["scope"] = scope
        if not facts and not {"owner", "category", "place", "project"} & set(self.errors):
            self.add_error(None, "Choose an owner, a category or a place for these risks")
        return {"risks": self.risks, "facts": facts, "reason": data.get("reason", "")}

    @property
    def versions(self) -> str:
        """What the preview shows, for ``seen``."""
        return ",".join(f"{risk.pk}:{risk.version}" for risk in self.risks)

    def _chosen(self, data: dict[str, Any]) -> list[Risk]:
        if data.get("seen"):
            return self._seen(data["seen"])
        if "risk" in self.errors:
            return []
        chosen = self.asked if data.get("every") else data["risk"]
        found = list(chosen.order_by("pk")[: MOST + 1])
        if not found:
            self.add_error(None, "Tick the risks to change")
        if len(found) > MOST:
            self.add_error(
                None, f"At most {MOST:,} risks are changed at once: narrow the list by its filters"
            )
            return []
        return found

    def _seen(self, text: str) -> list[Risk]:
        if not SEEN.match(text) or text.count(",") >= MOST:
            self.add_error(None, "What was looked at could not be read: choose the risks again")
            return []
        versions = {int(key): int(version) for key, version in (one.split(":") for one in text.split(","))}
        found = list(self.rows.filter(pk__in=versions).order_by("pk"))
        stale = [risk.ref for risk in found if risk.version != versions[risk.pk]]
        gone = len(versions) - len(found)
        self.moved_on = bool(stale or gone)
        if stale:
            rest = f" and {len(stale) - 5} more" if len(stale) > 5 else ""
            self.add_error(None, f"{', '.join(stale[:5])}{rest} {CHANGED}")
        if gone:
            self.add_error(None, f"{gone} of these risks may not be changed any more: look again, then save")
        return found

    def _scope(self, data: dict[str, Any]) -> Scope | None:
        ref = data.get("project")
        if ref and data.get("place"):
            self.add_error("project", "Give a place or a project, not both")
        if not ref:
            return data.get("place")
        visible = Project.objects.visible_to(self.viewer).live().select_related("scope")
        if (project := visible.filter(ref__iexact=ref).first()) is None:
            self.add_error("project", f"There is no project {ref} that you may see")
            return None
        return project.scope
