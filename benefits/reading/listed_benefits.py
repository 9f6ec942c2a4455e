"""The rows of the register by benefit."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from programme.foundation.kept_answers import composed_once
from programme.people.models import Scope, User
from programme.performance.models import Measure

from ..models import Benefit, BenefitLine


@composed_once
def benefits(user: User) -> QuerySet[Benefit]:
    """All that are not withdrawn and that the reader may know of.

    Names of homes and measures, and numbers of lines, stand only as far as the reader may know of them.
    """
    lines = BenefitLine.objects.visible_to(user).live().filter(benefit=OuterRef("pk")).order_by()
    home = Scope.objects.visible_to(user).filter(pk=OuterRef("scope"))
    measure = Measure.objects.visible_to(user).live().filter(pk=OuterRef("measure"))
    counted = lines.values("benefit").annotate(
        number=Count("pk"), unknown=Count("pk", filter=~Q(not_quantified_because=""))
    )
    rows = Benefit.objects.visible_to(user).live().select_related("owner__profile")
    return rows.annotate(
        home=Subquery(home.values("name")[:1]),
        measure_name=Subquery(measure.values("name")[:1]),
        line_count=Subquery(counted.values("number")),
        unquantified=Subquery(counted.values("unknown")),
    ).order_by("position", "ref")
