"""Files given as evidence of a claim: which are taken, under which name, and how they are served. Pure.

A file comes from outside and is opened by finance: only kinds that hold documents, tables, pictures or
letters are taken, each must begin as its kind does, and it is always served as a download, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OFFICE = "application/vnd.openxmlformats-officedocument."

# Ending → how the file is named to the browser, and how it must begin (empty: plain text).
KINDS: Mapping[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{OFFICE}wordprocessingml.document", ZIP),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", ZIP),
    "pptx": (f"{OFFICE}presentationml.presentation", ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", ZIP),
    "doc": ("application/msword", OLE),
    "xls": ("application/vnd.ms-excel", OLE),
    "msg": ("application/vnd.ms-outlook", OLE),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "csv": ("text/csv; charset=utf-8", b""),
    "txt": ("text/plain; charset=utf-8", b""),
}
TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument, Outlook message, PNG, JPEG, CSV or text"


def problem(name: str, size: int, beginning: bytes) -> str | None:
    """Why the file cannot be taken, in words; None when it can."""
    ending = _ending(name)
    if ending not in KINDS:
        return f"This kind of file is not taken as evidence. Give a {TAKEN} file."
    if not size:
        return "The file is empty."
    if size > MOST_BYTES:
        return f"The file is larger than {MOST_BYTES // 1024**2} MB. Keep it elsewhere and give a link to it."
    start = KINDS[ending][1]
    if (start and not beginning.startswith(start)) or (not start and b"\0" in beginning):
        return f"The file is named .{ending}, but it does not hold what such a file holds. Save it again."
    return None


def safe_name(name: str) -> str:
    """The file's name without folders, control characters or signs that a system reads otherwise."""
    bare = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C")
    words = " ".join(re.sub(r'[<>:"|?*%;]+', " ", kept).split()).strip(". ")
    stem, _, ending = words.rpartition(".")
    return f"{(stem.strip() or 'evidence')[:LONGEST_NAME]}.{ending.lower()}"


def content_type(name: str) -> str:
    """What the browser is told the file is."""
    return KINDS.get(_ending(name), ("application/octet-stream", b""))[0]


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
