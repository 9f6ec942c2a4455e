"""What counts as an address of the portal. Pure: it asks the list of addresses, not the records."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

PLAIN = re.compile(r"/(?!/)[A-Za-z0-9/_.~-]*(\?[A-Za-z0-9=&_.~-]*)?(#[A-Za-z0-9_-]*)?")
NOT_FOR_READERS = ("/cms/", "/media/", "/documents/", "/sign-in/", "/sign-out/")


def refuse_foreign_address(address: str) -> None:
    """Refuses whatever is not a page of this portal: other sites, ``javascript:``, the editors' own pages.

    Whether the record is there is not asked: the answer would tell an editor of records they may not see.
    Raises ``ValidationError``.
    """
    if not PLAIN.fullmatch(address):
        raise ValidationError(
            "Write what follows the portal's name in the address, such as /projects/DIG-01/."
        )
    path = re.split(r"[?#]", address)[0]
    try:
        resolve(path)
    except Resolver404:
        raise ValidationError(f"The portal has no page at {path}.") from None
    if path.startswith(NOT_FOR_READERS):
        raise ValidationError("Readers cannot open this page.")
