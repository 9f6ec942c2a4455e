"""The lines of a plan as a picture needs them, and what is late among them."""

from dataclasses import dataclass
from datetime import date

KINDS = ("group", "activity", "milestone")


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan. A group (a project, say) is a heading; a milestone has only finish dates.

    ``start`` and ``finish`` are actual where done, else forecast.
    """

    name: str
    kind: str = "activity"
    approved_start: date | None = None
    approved_finish: date | None = None
    start: date | None = None
    finish: date | None = None
    done: bool = False
    critical: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of row; choose one of {', '.join(KINDS)}.")

    def dates(self) -> list[date]:
        return [d for d in (self.approved_start, self.approved_finish, self.start, self.finish) if d]

    def days_later(self) -> int | None:
        """Calendar days after the approved finish; None where either date is not known."""
        if self.finish is None or self.approved_finish is None:
            return None
        return (self.finish - self.approved_finish).days

    def state(self, today: date) -> str:
        """done, late (later than approved, or due and not done), or on time."""
        if self.done:
            return "done"
        due = self.finish or self.approved_finish
        return "late" if (self.days_later() or 0) > 0 or (due and due < today) else "on time"
