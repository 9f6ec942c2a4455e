"""A page as its reader has it: the words, without tags, pictures, line ends and what holds words together."""

import re

JOINED = "\N{WORD JOINER}"


def words_of(page: str) -> str:
    bare = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare).replace(JOINED, "")


def together(words: str) -> str:
    """The words as a page has them: a sign is never left behind at the end of a line."""
    return re.sub("([+−])£", rf"\1{JOINED}£", words)
