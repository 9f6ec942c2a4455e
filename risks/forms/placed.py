"""Where a risk or an issue belongs: on the programme, a workstream or a project, as its raiser may choose."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField
from programme.people.choices import Role, ScopeKind
from programme.people.models import Scope, User
from programme.plan.reach import projects_where
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.models import Project, Workstream

RAISE = "risks.raise_risk"
AS_NOW, OF_PROJECT = "as-now", "project"
CLASS_FIELDS = ("classification", "exempt_paragraphs", "exempt_reason", "exempt_review")


def place_asked(query: Any, viewer: User) -> dict[str, str]:
    """What a form holds at first of the place that a page names from which something is raised.

    ``?project=DIG-01`` or ``?workstream=digital``, as the registers' filters are called.
    """
    if ref := query.get("project"):
        return {"place": OF_PROJECT, "project": ref}
    slug = query.get("workstream")
    known = Workstream.objects.visible_to(viewer).live() if slug else ()
    return next(({"place": str(one.scope_id)} for one in known if one.slug == slug), {})


class PlacedForm(ClassifiedForm):
    """``held`` is the place as it is now, which stays on offer. Gives the place as ``scope``."""

    place = forms.ChoiceField(
        label="Place",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it belongs"},
    )
    project = PlainCharField(
        label="Project",
        max_length=12,
        required=False,
        help_text="Only where it belongs to a project: its reference, such as DIG-01.",
    )

    def __init__(self, *arguments: Any, viewer: User, held: Scope | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer, self.held = viewer, held
        self._offer_places()

    def _offer_places(self) -> None:
        places = Scope.objects.live().filter(kind__in=[ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM])
        self.places = {
            str(one.pk): one
            for one in places.select_related("parent").order_by("kind", "name")
            if self.viewer.has_perm(RAISE, one)
        }
        choices = [*((key, one.name) for key, one in self.places.items()), (OF_PROJECT, "A project")]
        field, project = self.fields["place"], self.fields["project"]
        if self.held is not None:
            known = Scope.objects.visible_to(self.viewer).filter(pk=self.held.pk).exists()
            choices.insert(0, (AS_NOW, f"As it is now: {self.held.name}" if known else "As it is now"))
            field.initial = AS_NOW
        elif not self.places:
            del self.fields["place"]
            project.required = True
            project.help_text = "Its reference, such as DIG-01."
            project.initial = self._only_project()
        else:
            field.initial = self._likeliest_place()
        field.choices = choices  # type: ignore[attr-defined]

    def _likeliest_place(self) -> str:
        """The only place there is, or the only workstream that the raiser leads."""
        led = [key for key, roles in self.viewer.standing.roles.items() if Role.WORKSTREAM_LEAD in roles]
        likely = [key for key in map(str, led) if key in self.places] or list(self.places)
        return likely[0] if len(likely) == 1 else ""

    def _only_project(self) -> str:
        found = list(projects_where(self.viewer, RAISE).values_list("ref", flat=True)[:2])
        return found[0] if len(found) == 1 else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, ref = data.pop("place", ""), data.pop("project", "")
        if ref and place in {"", OF_PROJECT}:
            return data | {"scope": self._of_project(ref)}
        if ref and place:
            self.add_error("project", "Choose “A project” as the place, or leave this empty")
        if place == AS_NOW:
            return data | {"scope": self.held}
        if place in self.places:
            return data | {"scope": self.places[place]}
        if place == OF_PROJECT and not self.errors.get("project"):
            self.add_error("project", "Give the reference of the project")
        return data

    def _of_project(self, ref: str) -> Scope | None:
        allowed = projects_where(self.viewer, RAISE).filter(ref__iexact=ref)
        project = allowed.select_related("scope__parent__parent").first()
        if project is None:
            known = Project.objects.visible_to(self.viewer).live().filter(ref__iexact=ref).exists()
            words = "You may raise nothing there" if known else f"There is no project {ref} that you may see"
            self.add_error("project", words)
            return None
        return project.scope

    def group(self, *names: str) -> list[Any]:
        """The fields of these names that the form has, for a template that sets them in parts."""
        return [self[name] for name in names if name in self.fields]

    @property
    def class_fields(self) -> list[Any]:
        return self.group(*CLASS_FIELDS)

    @property
    def class_is_wrong(self) -> bool:
        return any(field.errors for field in self.class_fields)

    @property
    def class_words(self) -> str:
        """ "Internal": the class that is chosen now."""
        chosen = self["classification"].value()
        return str(dict(self.fields["classification"].choices).get(chosen, ""))  # type: ignore[attr-defined]
