"""Which project cannot succeed without which other, where no dates are known yet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.models import User

from ..models import Project, ProjectDependency
from ..needs import circle


@transaction.atomic
def add(project: Project, *, needs: Project, note: str = "", by: User, reason: str) -> ProjectDependency:
    """Says that ``project`` needs ``needs``. Raises ``ValidationError``, naming the circle it would close.

    What in the circle ``by`` may not see is not named.
    """
    if project.pk == needs.pk:
        raise ValidationError({"needs": "A project cannot depend on itself."})
    if ProjectDependency.objects.live().filter(project=project, needs=needs).exists():
        raise ValidationError({"needs": f"{project.ref} depends on {needs.ref} already."})
    links = ProjectDependency.objects.live().values_list("project_id", "needs_id")
    if closed := circle(links, project.pk, needs.pk):
        names = dict(Project.objects.visible_to(by).filter(pk__in=closed).values_list("pk", "ref"))
        steps = " → ".join(names.get(key, "a project that you may not see") for key in closed)
        raise ValidationError({"needs": f"These would wait for each other in a circle: {steps}."})
    return ProjectDependency(project=project, needs=needs, note=note).record(by=by, reason=reason)


def end(dependency: ProjectDependency, *, by: User, reason: str) -> ProjectDependency:
    """Says that the project no longer needs the other; both stay in history."""
    return dependency.withdraw(by=by, reason=reason)
