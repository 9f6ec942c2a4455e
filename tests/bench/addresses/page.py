"""A page that is measured: its address, what may be asked of it, and who opens it."""

from __future__ import annotations

from dataclasses import dataclass

MANAGER, LEAD, SRO, FINANCE, STAFF = "programme-manager", "lead-digital", "sro", "finance", "staff"
BOTH = (MANAGER, LEAD)
AFTER_A_CHANGE = "after a change"


@dataclass(frozen=True)
class Page:
    """An address, which limits it keeps (see ``sizes.LIMITS``), and as whom it is opened.

    Names in braces stand for made-up records (``world.places``); ``{turn}`` is another number at each visit,
    so that what is asked was never answered before. ``grows`` is False where the small size has too few rows
    to fill the page: then the two sizes do not compare, and a shorter page of the same list stands in for it.
    """

    name: str
    address: str
    kind: str
    people: tuple[str, ...] = (MANAGER,)
    grows: bool = True

    def at(self, places: dict[str, str], turn: int = 0) -> str:
        return self.address.format(**places, turn=f"{turn:03}")

    @property
    def changes(self) -> bool:
        """Whether something that savings rest on changes before each visit."""
        return self.kind == AFTER_A_CHANGE
