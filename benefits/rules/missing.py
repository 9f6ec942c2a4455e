"""What a benefit still lacks, in words, so that nobody takes it for firmer than it is. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programme.foundation.calendar import in_words


@dataclass(frozen=True)
class Known:
    """What is known of a benefit. ``enabled_by`` are milestones as (words, date), ``lines`` are counted.

    ``counts`` is whether its money counts for a workstream: by its shares, or for the workstream of its home;
    ``departed`` how its measure has moved from what finance agreed, in sentences.
    """

    owner: bool
    measure: bool
    baseline: bool
    target: bool
    method: bool
    starts: datetime.date | None
    enabled_by: Sequence[tuple[str, datetime.date]]
    lines: int
    unsaid: Sequence[str] = ()
    not_forecast: Sequence[str] = ()
    counts: bool = True
    departed: Sequence[str] = ()


def missing(known: Known) -> list[dict[str, str]]:
    """Warnings as (title, words), the weightiest first; nothing where nothing lacks."""
    return [{"title": title, "words": words} for title, words in _found(known)]


def _found(known: Known) -> Iterator[tuple[str, str]]:
    for words in known.departed:
        yield "No longer as agreed.", words
    if not known.owner:
        yield "No owner.", "Nobody answers for this benefit yet."
    if not known.measure:
        yield "No measure.", "If it cannot be measured it cannot be claimed as realised."
    elif not known.baseline:
        yield "No baseline.", "Nobody can tell a change from how things stood before."
    elif not known.target:
        yield "No target.", "The measure does not say what is to be reached."
    if not known.method:
        yield "No method.", "How it is measured has not been said, so finance cannot agree it."
    if not known.lines:
        yield "No lines.", "Without a line, even one that is not quantified yet, it stands in no report."
    if known.unsaid:
        one = f"{_listed(known.unsaid)} neither brings an amount nor says why there is none."
        yield (
            "No figures.",
            one if len(known.unsaid) == 1 else one.replace("brings", "bring").replace("says", "say"),
        )
    if known.not_forecast:
        yield "No forecast.", f"Approved, but not forecast: {_listed(known.not_forecast)}."
    if not known.enabled_by:
        yield "No enabling milestone.", "Nothing in the plan is named without which it does not come."
    words, date = max(known.enabled_by, key=lambda one: one[1], default=("", None))
    if known.starts and date and date > known.starts:
        yield (
            "Starts before it can.",
            f"It starts on {in_words(known.starts)}, but {words} is due on {in_words(date)}.",
        )
    if not known.counts:
        yield (
            "Not shared out.",
            "Its home is the programme as a whole, and nobody has said which workstreams it counts for.",
        )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
