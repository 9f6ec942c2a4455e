"""A sealed pack drawn as HTML, PDF and workbook, from its bytes alone.

No database, clock, setting or environment has a say, so that the same bytes give the same drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.packs.blocks import Document
from portal.packs.rendering import html as html_form
from portal.packs.rendering import pdf as pdf_form
from portal.packs.rendering import workbook as workbook_form
from portal.packs.rendering.html import policy as html_policy
from portal.packs.rendering.pdf import NotDrawn
from portal.packs.sealing import digest, open_sealed

__all__ = ["FORMS", "Form", "NotDrawn", "Opened", "html", "html_policy", "pdf", "workbook"]


@dataclass(frozen=True)
class Opened:
    """A sealed pack whose bytes were read and checked once, for all its forms."""

    document: Document
    digest: str

    @classmethod
    def of(cls, data: bytes) -> "Opened":
        """Raises InvalidPack if the bytes are not a sealed pack."""
        return cls(open_sealed(data), digest(data))


def html(sealed: bytes | Opened) -> bytes:
    """One standalone HTML file. Raises InvalidPack if the bytes are not a sealed pack."""
    opened = _opened(sealed)
    return html_form.draw(opened.document, opened.digest)


def pdf(sealed: bytes | Opened) -> bytes:
    """A tagged PDF/UA-1. Raises InvalidPack if the bytes are not a sealed pack, NotDrawn if typst cannot."""
    opened = _opened(sealed)
    return pdf_form.draw(opened.document, opened.digest)


def workbook(sealed: bytes | Opened) -> bytes:
    """An Excel workbook. Raises InvalidPack if the bytes are not a sealed pack."""
    opened = _opened(sealed)
    return workbook_form.draw(opened.document, opened.digest)


def _opened(sealed: bytes | Opened) -> Opened:
    return sealed if isinstance(sealed, Opened) else Opened.of(sealed)


@dataclass(frozen=True)
class Form:
    """One form a pack is served in, drawn from its sealed bytes."""

    draw: Callable[[bytes | Opened], bytes]
    media_type: str
    extension: str


FORMS = {
    "html": Form(html, "text/html; charset=utf-8", "html"),
    "pdf": Form(pdf, "application/pdf", "pdf"),
    "xlsx": Form(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
