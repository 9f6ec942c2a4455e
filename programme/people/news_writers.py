"""The group "Communications", which Wagtail's page permissions hang on, kept in step with appointments.

Who may come into `/cms/` at all is asked of appointments (``wagtailadmin.access_admin``), so that somebody
whose appointment ended yesterday is out even before the group has been put right.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from .choices import Role
from .models import Appointment

GROUP = "Communications"


@transaction.atomic
def keep_in_step() -> Group:
    """Puts exactly those into the group who hold the communications role today; gives the group."""
    group = Group.objects.get_or_create(name=GROUP)[0]
    holders = set(
        Appointment.objects.in_force().filter(role=Role.COMMUNICATIONS).values_list("person", flat=True)
    )
    members = set(group.user_set.values_list("pk", flat=True))
    if members != holders:
        group.user_set.set(holders)
    return group
