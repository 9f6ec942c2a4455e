"""Where each thing of the map stands in its column, so that few lines cross. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence

from ..rules.mapping import COLUMNS, Line, Node


def heights(lines: Sequence[Line]) -> dict[Node, float]:
    """The row of each node: the middle of its lines' rows, moved down where another stands there already."""
    rows: dict[Node, list[int]] = {}
    for row, line in enumerate(lines):
        for node in line.nodes:
            if node is not None:
                rows.setdefault(node, []).append(row)
    placed: dict[Node, float] = {}
    for column in COLUMNS:
        below = 0.0
        middles = {node: sum(at) / len(at) for node, at in rows.items() if node.column == column}
        for node, middle in sorted(middles.items(), key=lambda item: (item[1], item[0].order, item[0].key)):
            placed[node] = max(middle, below)
            below = placed[node] + 1
    return placed
