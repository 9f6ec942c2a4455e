"""The kept files of packs, below ``PACKS_ROOT``: named by their digest, written whole or not at all.

A file is written beside its name, flushed to the disk and renamed, so that whatever is killed leaves either
the whole file or a stray that nobody names, which an hourly task removes.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

STRAY_AFTER = 60 * 60  # seconds: far longer than a pack takes, so that none is removed in the making


class NotKept(Exception):
    """A kept file is missing or is no longer what was kept; the message is a sentence for the reader."""


def place(name: str) -> Path:
    """Where the file of this name lies; a name is made by ``name_of``."""
    return Path(settings.PACKS_ROOT) / name


def name_of(digest: str, form: str) -> str:
    """The name below ``PACKS_ROOT`` of the file with this SHA-256 in this form."""
    return f"{digest[:2]}/{digest}.{form}"


def keep(data: bytes, form: str) -> str:
    """Keep the bytes of one form for ever; gives their digest. Keeping the same bytes twice is harmless.

    Raises OSError, a full disk among them, and leaves nothing half-made under a name.
    """
    digest = hashlib.sha256(data).hexdigest()
    file = place(name_of(digest, form))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(half).replace(file)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)
    return digest


def read(digest: str, form: str) -> bytes:
    """The bytes kept under this digest. Raises NotKept where they are missing or have been altered."""
    try:
        data = place(name_of(digest, form)).read_bytes()
    except FileNotFoundError:
        raise NotKept("The kept file of this pack is missing.") from None
    except OSError as error:
        raise NotKept(f"The kept file of this pack cannot be read: {error.strerror}.") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise NotKept("The kept file of this pack has been altered or damaged since it was issued.")
    return data


def remove_strays(named: Collection[str]) -> int:
    """Remove files older than an hour that are not among the names that packs have; gives how many."""
    root, limit, removed = Path(settings.PACKS_ROOT), time.time() - STRAY_AFTER, 0
    for file in root.glob("*/*") if root.is_dir() else ():
        if str(file.relative_to(root)) not in named and file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself survive a power cut, where the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
