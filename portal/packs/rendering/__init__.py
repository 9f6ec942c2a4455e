"""A sealed pack drawn as HTML, PDF and workbook, from its bytes alone.

No database, clock, setting or environment has a say, so that the same bytes give the same drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.packs.rendering import html as html_form
from portal.packs.rendering import pdf as pdf_form
from portal.packs.rendering import workbook as workbook_form
from portal.packs.rendering.html import POLICY as HTML_POLICY
from portal.packs.rendering.pdf import NotDrawn
from portal.packs.sealing import digest, open_sealed

__all__ = ["FORMS", "HTML_POLICY", "Form", "NotDrawn", "html", "pdf", "workbook"]


def html(data: bytes) -> bytes:
    """One standalone HTML file. Raises InvalidPack if the bytes are not a sealed pack."""
    return html_form.draw(open_sealed(data), digest(data))


def pdf(data: bytes) -> bytes:
    """A tagged PDF/UA-1. Raises InvalidPack if the bytes are not a sealed pack, NotDrawn if typst cannot."""
    return pdf_form.draw(open_sealed(data), digest(data))


def workbook(data: bytes) -> bytes:
    """An Excel workbook. Raises InvalidPack if the bytes are not a sealed pack."""
    return workbook_form.draw(open_sealed(data), digest(data))


@dataclass(frozen=True)
class Form:
    """One form a pack is served in."""

    draw: Callable[[bytes], bytes]
    media_type: str
    extension: str


FORMS = {
    "html": Form(html, "text/html; charset=utf-8", "html"),
    "pdf": Form(pdf, "application/pdf", "pdf"),
    "xlsx": Form(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
