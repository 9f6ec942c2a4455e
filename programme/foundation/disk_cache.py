"""The cache in files that all processes share.

What it keeps can be made again, so a full disk costs time and nothing else.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

log = logging.getLogger(__name__)


class DiskCache(FileBasedCache):
    """Pages are answered also where nothing can be kept: a full disk, a folder that cannot be written."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        try:
            return super().get(key, default, version)
        except OSError as trouble:
            log.warning("The cache could not be read: %s", trouble)
            return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError as trouble:
            log.warning("The cache could not keep something: %s", trouble)
