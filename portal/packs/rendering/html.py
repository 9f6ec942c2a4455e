"""The pack as one HTML file that needs nothing else: style and font inside, no script, no requests."""

import base64
import hashlib
import re
from functools import cache
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString

from portal.packs.blocks import Document
from portal.packs.rendering.display import displayed
from portal.packs.rendering.templates import template_directories, template_file

WEIGHTS = (400, 700)
LONG_WORD = 30
LONG = re.compile(rf"\S{{{LONG_WORD},}}")


@cache
def engine(template: str) -> Engine:
    """Django's template language with this template's folders and nothing of the portal's."""
    return Engine(dirs=template_directories(template), autoescape=True, string_if_invalid="", debug=False)


@cache
def style(template: str) -> str:
    """The style sheet with the font inside."""
    faces = []
    for weight in WEIGHTS:
        font = template_file(template, f"fonts/atkinson-hyperlegible-next-latin-{weight}-normal.woff2")
        data = base64.b64encode(font.read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};'
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )
    return "\n".join([*faces, template_file(template, "pack.css").read_text(encoding="utf-8")])


@cache
def policy(template: str) -> str:
    """The content security policy of the file: its own style, its own font, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(template).encode()).digest()).decode()
    own = f"style-src 'sha256-{digest}'; font-src data:"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def draw(document: Document, digest: str) -> bytes:
    pack = displayed(document, digest)
    for section in pack["sections"]:
        for block in section["blocks"]:
            if block["type"] == "chart":
                _place(block)
            elif block["type"] == "table":
                _align(block)
    said = {"pack": pack, "style": SafeString(style(document.template)), "policy": policy(document.template)}
    context = Context(said, use_l10n=False, use_tz=False)
    return engine(document.template).get_template("pack.html").render(context).encode()


def _place(chart: dict[str, Any]) -> None:
    """Drawings were checked shape by shape when the pack was opened: see ``drawings.check_svg``."""
    _align(chart["table"])
    chart["svg"] = SafeString(chart["svg"])
    chart["narrow"] = SafeString(chart["narrow"])


def _align(table: dict[str, Any]) -> None:
    """Each cell with its class, so that the template need not look at the column."""
    kinds = ["right" if column["right"] else column["kind"] for column in table["columns"]]
    table["rows"] = [_classed(kinds, row) for row in table["rows"]]
    if table["totals"]:
        table["totals"] = _classed(kinds, table["totals"])


def _classed(kinds: list[str], row: list[str]) -> list[tuple[str, str]]:
    """Only a cell with a very long word may break it anywhere; others keep their words whole."""
    return [
        ("long" if kind == "text" and len(words) > LONG_WORD and LONG.search(words) else kind, words)
        for kind, words in zip(kinds, row, strict=True)
    ]
