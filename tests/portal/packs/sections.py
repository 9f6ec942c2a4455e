"""A pack's sections as tests read them, on the illustration's day."""

from __future__ import annotations

import datetime
from typing import Any

from portal.packs.blocks import Chart, Table

TODAY = datetime.date(2022, 11, 30)


def tables(section: Any) -> dict[str, Table]:
    found = [block.table if isinstance(block, Chart) else block for block in section.blocks]
    return {one.caption: one for one in found if isinstance(one, Table)}
