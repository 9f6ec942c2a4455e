"""Receipts: who opened which pack in which form. Kept, but never in the way of reading."""

import logging

from django.db import DatabaseError, transaction

from portal.models import Pack, PackOpening
from programme.people.models import User

log = logging.getLogger(__name__)


def note(pack: Pack, form: str, *, by: User) -> None:
    """Write the receipt. A database that is busy or full does not keep anybody from reading the pack."""
    try:
        with transaction.atomic():
            PackOpening(pack=pack, form=form, person=by).save(force_insert=True)
    except DatabaseError:
        log.exception("The receipt for %s could not be written.", pack)
