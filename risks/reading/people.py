"""People as a workbook names them."""

from __future__ import annotations

from django.db.models import Count

from programme.people.models import Profile


def shared_posts() -> frozenset[str]:
    """Posts that several people hold: there the number says which of them. One query."""
    rows = Profile.objects.order_by().values("post").annotate(holders=Count("pk")).filter(holders__gt=1)
    return frozenset(rows.values_list("post", flat=True))
