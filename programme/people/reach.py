"""How much a person may read, so that a file written for them can be withheld when that has shrunk.

Pure: no models, no queries. What a person may change plays no part: a file only tells.
"""

from __future__ import annotations

from typing import Any

from .standing import Standing


def reach(standing: Standing) -> dict[str, Any]:
    """What these appointments let a person read, in plain values that can be kept with the file."""
    return {
        "pages": sorted(name for name in standing.permissions if ".view_" in name),
        "internal": standing.above_staff,
        "all_exempt": standing.reads_all_exempt,
        "exempt_on": sorted(standing.own_exempt_scopes),
    }


def reaches(standing: Standing, then: dict[str, Any]) -> bool:
    """Whether these appointments still let their holder read all that was readable ``then``."""
    now = reach(standing)
    exempt = now["all_exempt"] or (not then["all_exempt"] and set(then["exempt_on"]) <= set(now["exempt_on"]))
    return exempt and now["internal"] >= then["internal"] and set(then["pages"]) <= set(now["pages"])
