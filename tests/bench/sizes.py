"""The two sizes, and the limits that hold at both. Sources: the customer's issue and the portal's design."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What stands in the portal, the business case's own records included.

    ``entries`` counts activities and milestones. Each project has a project manager, so there are about as
    many people; ``decisions`` stand in the register.
    """

    name: str
    projects: int
    entries: int
    dependencies: int
    decisions: int
    news: int
    benefits: int
    risks: int


SMALL = Size(
    "small",
    projects=60,
    entries=1_200,
    dependencies=2_000,
    decisions=120,
    news=30,
    benefits=100,
    risks=1_000,
)
LARGE = Size(
    "large",
    projects=1_200,
    entries=24_000,
    dependencies=40_000,
    decisions=2_400,
    news=600,
    benefits=2_000,
    risks=20_000,
)
SIZES = {size.name: size for size in (SMALL, LARGE)}


@dataclass(frozen=True)
class Limit:
    """What a kind of page may cost. ``ratio`` is to an empty signed-in page, ``growth`` large to small.

    ``milliseconds`` are the processor's, for what is worked out anew.
    """

    queries: int
    ratio: float | None = None
    growth: float | None = 1.3
    milliseconds: float | None = None


LIMITS = {
    "list of 25": Limit(queries=12, ratio=9),
    "list of 50": Limit(queries=12),
    "list of 100": Limit(queries=12, ratio=20),
    "wide list": Limit(queries=12),
    "dashboard": Limit(queries=25),
    "record": Limit(queries=25),
    "picture": Limit(queries=25),
    "kept": Limit(queries=12, ratio=2),
    "question": Limit(queries=25, growth=None, milliseconds=300),
    "after a change": Limit(queries=50, growth=None, milliseconds=2_000),
}

CRITICAL_PATH_SECONDS = 2
QUESTION_SECONDS = 0.3
MIGRATE_SECONDS = 20
PACK_RATIO = 1.5
EXPORT_RATIO = 1.5
EXPORT_MEGABYTES = 50
PREVIEW_SECONDS = 20
OTHERS_WAIT_SECONDS = 20  # then SQLite refuses to write for them
WEB_MEGABYTES = 250
PACK_MEGABYTES = 600
