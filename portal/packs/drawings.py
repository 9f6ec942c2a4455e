"""What a sealed drawing may contain: shapes and words, nothing that runs, styles or reaches out."""

import re

from defusedxml import DefusedXmlException, ElementTree

from portal.packs.texts import InvalidPack

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = re.compile(
    r"svg|g|path|rect|circle|line|polygon|polyline|text|tspan|title|desc|defs|clipPath|pattern"
)
ATTRIBUTES = re.compile(
    r"version|width|height|viewBox|role|id|class|d|[xy][12]?|c[xy]|r[xy]?|d[xy]|points|transform"
    r"|fill(-opacity|-rule)?|stroke(-[a-z]+)?|opacity|clip-path|clip-rule|font-(family|size|weight|style)"
    r"|text-anchor|dominant-baseline|display|pattern(Units|Transform)|preserveAspectRatio|focusable"
    r"|aria-(hidden|label|labelledby|describedby)"
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
        if not (element.tag.startswith(SVG) and ELEMENTS.fullmatch(element.tag.removeprefix(SVG))):
            raise InvalidPack(f"A drawing may not contain the element {element.tag.rpartition('}')[2]}.")
        for name, value in element.attrib.items():
            if not ATTRIBUTES.fullmatch(name):
                raise InvalidPack(f"A drawing may not carry the attribute {name.rpartition('}')[2]}.")
            if "(" in value and "url" in LOCAL_ADDRESS.sub("", value).casefold():
                raise InvalidPack("A drawing may not reach out to another address.")
