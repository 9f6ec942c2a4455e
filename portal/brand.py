"""The council's one colour, and the shades that keep words legible on it, as a small style sheet.

The colour is a setting of the site. A page under a strict content security policy has no styles of its
own, so the setting reaches the page as a sheet at an address that changes when the colour does.
"""

import re

from django.http import HttpRequest, HttpResponse

from programme.foundation.permissions import Public

DEFAULT = "#1d4d4f"
COLOUR = re.compile(r"#[0-9a-f]{6}\Z", re.IGNORECASE)
LEGIBLE = 4.5  # contrast of words and ground, WCAG 2.2, 1.4.3
A_YEAR = 60 * 60 * 24 * 365


class BrandSheet(Public):
    """``/brand.css?v=1d4d4f``: the colour named in the address. Any other value gives the default."""

    public_because = "The sign-in page needs the council's colour before anybody has signed in."

    def get(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponse(sheet(f"#{request.GET.get('v', '')}"), content_type="text/css; charset=utf-8")
        answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        return answer


def sheet(colour: str) -> str:
    """The style sheet for ``colour`` (``#1d4d4f``); what is no colour gives the default's."""
    colour = colour.lower() if COLOUR.match(colour) else DEFAULT
    values = {
        "--pp-brand": colour,
        "--pp-on-brand": ink_on(colour),
        "--pp-brand-text": legible_on_white(colour),
        "--pp-brand-pale": mixed(colour, "#ffffff", 0.9),
    }
    return ":root{" + ";".join(f"{name}:{value}" for name, value in values.items()) + "}\n"


def ink_on(colour: str) -> str:
    """White or black, whichever reads better on ``colour``; near-black falls short on some."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour))


def legible_on_white(colour: str) -> str:
    """``colour``, darkened only as far as words in it on white need."""
    shades = (mixed(colour, "#000000", step / 20) for step in range(21))
    return next(shade for shade in shades if contrast(shade, "#ffffff") >= LEGIBLE)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
