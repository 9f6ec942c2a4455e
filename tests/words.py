"""A page as its reader has it: the words, without tags, pictures and line ends."""

import re


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL))
