"""The register's fixtures, for every test in this folder."""

from tests.register import decide, exempt, principle, priority

__all__ = ["decide", "exempt", "principle", "priority"]
