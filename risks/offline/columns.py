"""The columns of a register in a workbook: ours, and what other registers usually call them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..choices import Knowledge, Proximity, Response, Scale

LINE, TEXT, CHOICE, STEP, RECORD, MARK = "line", "text", "choice", "step", "record", "mark"
BOTH, TURNED = "both", "turned"  # a score in one cell, likelihood or impact first
LONGEST_LINE, LONGEST_TEXT = 200, 2000
HEADINGS_WITHIN = 30  # rows from the top among which the headings are looked for


@dataclass(frozen=True)
class Column:
    """One thing that a cell may say of a risk. ``usual`` are names it has elsewhere.

    ``kind``: a line or a text, one of ``choices``, a ``step`` of a scale or ``both`` steps of a score, a
    ``record`` of the portal, or a ``mark`` by which a row is known.
    """

    name: str
    title: str
    kind: str
    usual: str = ""
    choices: Any = None

    @property
    def names(self) -> list[str]:
        """Every name it goes by, the likeliest first."""
        return [plain(self.title), *self.usual.split("; ")]

    @property
    def longest(self) -> int:
        return LONGEST_LINE if self.kind == LINE else LONGEST_TEXT

    @property
    def scale(self) -> Scale:
        return Scale.LIKELIHOOD if self.name.endswith(Scale.LIKELIHOOD) else Scale.IMPACT

    @property
    def halves(self) -> tuple[str, str]:
        """The columns of likelihood and impact that one cell of this column says both of."""
        kind = self.name.partition("_")[0]
        return f"{kind}_likelihood", f"{kind}_impact"


def _steps(kind: str, words: str, likelihood: str, impact: str) -> list[Column]:
    return [
        Column(f"{kind}_likelihood", f"Likelihood {words}", STEP, likelihood),
        Column(f"{kind}_impact", f"Impact {words}", STEP, impact),
        Column(f"{kind}_both", f"Score {words}, likelihood first (such as 4x3=12)", BOTH),
        Column(f"{kind}_turned", f"Score {words}, impact first (such as 3x4=12)", TURNED),
    ]


COLUMNS = {
    one.name: one
    for one in [
        Column("ref", "Reference", MARK),
        Column("version", "Version", MARK),
        Column("title", "Risk", LINE, "title; risk title; risk name; name; short name; headline"),
        Column(
            "cause",
            "Cause",
            TEXT,
            "causes; risk cause; cause of risk; source of risk; trigger; vulnerability",
        ),
        Column(
            "event",
            "What may happen",
            TEXT,
            "description; risk description; description of risk; event; risk event; details; "
            "risk statement; threat; risk details; risk and description; description of the risk",
        ),
        Column(
            "effect",
            "Effect",
            TEXT,
            "consequence; consequences; effects; risk effect; result; potential impact; "
            "impact description; description of impact; outcome",
        ),
        Column(
            "controls",
            "Controls in place",
            TEXT,
            "controls; control; mitigation; mitigations; existing controls; current controls; "
            "mitigating actions; mitigation actions; control measures; mitigating action",
        ),
        Column("category", "Category", RECORD, "theme; type; risk category; risk type; tags"),
        Column("scope", "Place", RECORD, "workstream; project; programme; where it belongs"),
        Column("owner", "Owner", RECORD, "risk owner; ownership; owned by; responsible; lead; who"),
        Column("proximity", "How soon", CHOICE, "proximity; when; timescale", Proximity),
        Column("knowledge", "Strength of knowledge", CHOICE, "confidence; evidence", Knowledge),
        Column("response", "Response", CHOICE, "treatment; risk response; strategy", Response),
        *_steps(
            "inherent",
            "without controls",
            "inherent likelihood; gross likelihood; inherent probability; initial likelihood",
            "inherent impact; gross impact; inherent severity; initial impact",
        ),
        *_steps(
            "current",
            "now",
            "likelihood; probability; current likelihood; residual likelihood; net likelihood; "
            "likelihood score; l",
            "impact; severity; current impact; residual impact; net impact; impact score; i",
        ),
        *_steps(
            "target",
            "aimed at",
            "target likelihood; target probability; future likelihood",
            "target impact; target severity; future impact",
        ),
        Column(
            "source_place",
            "Place in the source",
            LINE,
            "id; ref; risk id; risk ref; number; no.; no; risk no; risk no.; risk number; #",
        ),
    ]
}

MARKS = ("ref", "version")
GUIDE = "How to edit"  # the sheet of our own workbook that explains it
# In our own workbook beside what can be edited: worked out by the portal, or moved by an action of its own.
ONLY_READ = {"current", "target", "next review", "status", "class"}
FOREIGN = [one for one in COLUMNS.values() if one.kind != MARK]  # what a foreign register's column may be
OURS = [one for one in COLUMNS.values() if one.name != "source_place" and one.kind not in (BOTH, TURNED)]

# How other registers say which score a column is of, and which half of it.
KINDS_CALLED = {
    "inherent": {"inherent", "gross", "initial", "original", "raw", "uncontrolled", "unmitigated", "before"},
    "current": {"current", "residual", "net", "now", "controlled", "mitigated", "managed", "after"},
    "target": {"target", "future", "desired", "planned"},
}
HALVES_CALLED = {
    "likelihood": {"likelihood", "probability", "chance", "l"},
    "impact": {"impact", "severity", "i"},
}
FILLING = {"score", "rating", "risk", "level", "of", "the", "assessment", "with", "existing", "mitigation"}


def plain(heading: Any) -> str:
    """``Risk_Description:`` and ``RISK  DESCRIPTION (text)`` as the words they mean."""
    words = re.sub(r"\([^)]*\)|[_:*/\-–\n]", " ", str(heading if heading is not None else "").casefold())
    return " ".join(words.split())


def half_called(heading: str) -> str | None:
    """The half of a score that a heading such as "gross score likelihood" or "severity 1 5" names.

    Without a word for which score, the one now.
    """
    words = {word for word in plain(heading).split() if not word.isdecimal()} - FILLING
    halves = [half for half, called in HALVES_CALLED.items() if words & called]
    kinds = [kind for kind, called in KINDS_CALLED.items() if words & called]
    known = set().union(*HALVES_CALLED.values(), *KINDS_CALLED.values())
    if len(halves) != 1 or len(kinds) > 1 or words - known:
        return None
    return f"{kinds[0] if kinds else 'current'}_{halves[0]}"


OUR_HEADINGS: Mapping[str, Column] = {plain(one.title): one for one in OURS}
