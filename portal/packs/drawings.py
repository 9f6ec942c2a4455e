"""What a sealed drawing may contain: shapes and words, nothing that runs, styles or reaches out."""

import re

from defusedxml import DefusedXmlException, ElementTree

from portal.packs.texts import InvalidPack

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path rect circle line polygon polyline text tspan title desc defs clipPath pattern".split()
)
ATTRIBUTES = frozenset(
    """version width height viewBox role id class d x y x1 y1 x2 y2 cx cy r rx ry dx dy points transform
    fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity opacity clip-path clip-rule font-family font-size
    font-weight font-style text-anchor dominant-baseline display pointer-events patternUnits
    patternTransform preserveAspectRatio focusable aria-hidden aria-label aria-labelledby
    aria-describedby aria-roledescription""".split()
)
LOCAL_ADDRESS = re.compile(r"url\(\s*['\"]?#[\w-]+['\"]?\s*\)")


def check_svg(svg: str) -> None:
    """Refuse, with InvalidPack, a drawing with script, styles, links or anything from elsewhere."""
    try:
        root = ElementTree.fromstring(svg, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, TypeError) as error:
        raise InvalidPack(f"A drawing is not readable SVG: {error}.") from None
    if root.tag != f"{SVG}svg":
        raise InvalidPack("A drawing is not SVG.")
    for element in root.iter():
        if element.tag.removeprefix(SVG) not in ELEMENTS or not element.tag.startswith(SVG):
            raise InvalidPack(f"A drawing may not contain the element {element.tag.rpartition('}')[2]}.")
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                raise InvalidPack(f"A drawing may not carry the attribute {name.rpartition('}')[2]}.")
            if "(" in value and "url" in LOCAL_ADDRESS.sub("", value).casefold():
                raise InvalidPack("A drawing may not reach out to another address.")
