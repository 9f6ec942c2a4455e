"""Scales that are not ours: what their words and numbers mean is asked, never guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..choices import HIGHEST, LOWEST, Scale

AS_HERE = "1 to 5"  # kept among a scale's words where its steps are ours
NOT_SCORED = 0  # what a word such as "TBC" means
MOST_WORDS = 20  # of one scale; what has more is none
NOTHING = {"", "–", "-"}
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
STEPPED = re.compile(r"([0-9]+)(?:\.0+)?(?:\s*[-–:.]?\s+|\s*[-–:]\s*)(\S.*)")

# A score in one cell: “4x3”, “4 × 3 = 12 High”, “L4 I3”, “D2”, “Likely x Major (12)”.
PRODUCT = re.compile(r"\s*(?:=\s*([0-9]+)|[(\[]\s*([0-9]+)\s*[)\]])\s*[(\[]?[a-z ]*[)\]]?$")
STEP = r"([0-9]+(?:\.0+)?|[a-f]|[ivx]{1,4})"
LEFT, RIGHT = (rf"(?:{word}[\s:=]*|{word[0]}[\s:=]*(?=[0-9]))?" for word in ("likelihood", "impact"))
PAIRS = [
    re.compile(rf"{LEFT}{STEP}\s*(?:[x×*/,;&|]|by|and|\s)\s*{RIGHT}{STEP}"),
    re.compile(r"([a-f])\s*-?\s*([0-9])"),
    re.compile(r"([0-9])\s*-?\s*([a-f])"),
    re.compile(r"(.*\S)\s*(?:[×*/]|\sx\s)\s*(\S.*)"),
]

# What words of other scales often mean: said beside the question, and never chosen.
MEANINGS = {
    1: "very low; rare; remote; negligible; insignificant; very unlikely; improbable; trivial; vl; none",
    2: "low; unlikely; minor; slight; l",
    3: "medium; moderate; possible; med; m; fair; average",
    4: "high; likely; major; significant; serious; probable; h; considerable",
    5: "very high; almost certain; critical; severe; catastrophic; certain; extreme; vh; very likely",
}
MEANT = {word: value for value, words in MEANINGS.items() for word in words.split("; ")}

Steps = Mapping[str, int]  # a scale's steps by its words in small letters
Words = Mapping[str, Mapping[str, int]]  # of both scales, as somebody said what they mean


def folded(text: str) -> str:
    """A word of a scale as words are compared: in small letters, with single spaces."""
    return " ".join(text.casefold().split())


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def by_scale(words: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The words of each scale; such as were kept when they were said of both at once belong to both."""
    if any(isinstance(step, int) for step in words.values()):
        return {scale: dict(words) for scale in Scale}
    return {scale: dict(words.get(scale, {})) for scale in Scale}


def step_of(text: str, steps: Steps, words: Steps) -> int | None:
    """The step a text means: 4, “4.0”, “Likely”, “4 Likely”, or a word that somebody said the meaning of.

    Once it was said one by one what a scale's steps mean, no other one means anything.
    """
    plain = folded(text)
    if plain in words:
        return words[plain]
    if words and AS_HERE not in words:
        return None
    if is_number(plain):
        return _number(plain)
    if plain in steps:
        return steps[plain]
    both = STEPPED.fullmatch(plain)
    if both and len(both[1]) == 1 and steps.get(both[2]) == int(both[1]):
        return int(both[1])
    return None


def _number(plain: str) -> int | None:
    if len(plain) > 9 or not float(plain).is_integer():
        return None
    number = int(float(plain))
    return number if LOWEST <= number <= HIGHEST else None


def halves(text: str, *, turned: bool = False) -> tuple[str, str] | None:
    """Likelihood and impact where one cell says both, ``turned`` where the impact comes first.

    None where it does not say two things; raises ``ValueError`` where it says what they come to, and they do
    not.
    """
    plain = folded(text)
    said = PRODUCT.search(plain)
    rest = plain[: said.start()] if said else plain
    found = next((match for pair in PAIRS if (match := pair.fullmatch(rest))), None)
    if found is None:
        return None
    first, second = found[1].strip(), found[2].strip()
    if said and first.isdecimal() and second.isdecimal():
        comes_to = int(first) * int(second)
        if len(first) < 4 and len(second) < 4 and comes_to != int(said[1] or said[2]):
            raise ValueError(f"{first} × {second} is {comes_to}, and not {said[1] or said[2]}.")
    return (second, first) if turned else (first, second)


@dataclass(frozen=True)
class Asked:
    """The ``words`` and the ``numbers`` of one scale, and whether each of them could be ours: only then may
    somebody say that they are; otherwise it is asked what each means."""

    words: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    words_ours: bool = True
    numbers_ours: bool = True

    @property
    def maybe_ours(self) -> list[str]:
        return [*(self.words if self.words_ours else []), *(self.numbers if self.numbers_ours else [])]

    @property
    def never_ours(self) -> list[str]:
        return [*([] if self.words_ours else self.words), *([] if self.numbers_ours else self.numbers)]


def asked(texts: Iterable[str], steps: Steps, more: Iterable[str] = ()) -> Asked:
    """What to ask of a scale whose cells say these ``texts``; ``more`` are words that stand further down.

    Words could be ours only where all are: "Likely" beside "Quite likely" need not be ours.
    """
    found = list(dict.fromkeys([*(folded(text) for text in texts), *more]))
    numbers = sorted((one for one in found if is_number(one)), key=float)
    words = [one for one in found if not is_number(one) and one not in NOTHING and not one.startswith("#")]
    if all(len(one) == 1 for one in words):
        words.sort()  # letters stand in their order
    ours = all(step_of(one, steps, {}) is not None for one in words)
    possible = all(_number(one) is not None for one in numbers)
    return Asked(words[:MOST_WORDS], numbers[:MOST_WORDS], ours, possible)


def meaning(word: str) -> int | None:
    """What a word of another scale often means, from 1 to 5."""
    return MEANT.get(word)


def in_words(kept: Mapping[str, Any]) -> str:
    """What words and numbers of both scales mean; numbers that are ours are said to be."""
    said = []
    for scale, words in by_scale(kept).items():
        pairs = [f"{word} = {step or 'not yet scored'}" for word, step in words.items() if word != AS_HERE]
        pairs += ["as here"] if AS_HERE in words else []
        said += [f"{Scale(scale).label}: {', '.join(pairs)}"] if pairs else []
    return "; ".join(said)
