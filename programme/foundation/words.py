"""What counts as words that people can read. Pure."""

import unicodedata

VISIBLE = frozenset("LNPS")  # letters, numbers, punctuation, symbols: the first letters of their categories
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by name, and yet nothing to see


def says_something(text: str) -> bool:
    """Whether there is anything to see: spaces, joiners and marks alone, of whatever width, are nothing."""
    return any(unicodedata.category(sign)[0] in VISIBLE and sign not in BLANK for sign in text)
