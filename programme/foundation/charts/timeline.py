"""A plan drawn on a time line: what was approved, what is forecast or done, what is late or critical.

Nothing rests on colour alone: late rows say by how much, critical ones have a thick outline, milestones
are diamonds (hollow approved, filled forecast or done), activities are bars over a thin line where
they were approved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.key import key, shortened
from programme.foundation.charts.rows import PlanRow
from programme.foundation.figures import (
    DARK,
    GRID,
    HALO,
    INK,
    LATE,
    LIGHT,
    ON_TIME,
    QUIET,
    Figure,
    local_link,
)

WORDS_OF_A_TICK = 56  # pixels that "Jan 2023" takes: nearer to the edge it would be cut
NARROW = 480  # below this width a picture is drawn for a phone: names above the bars
FILLS = {"done": DARK, "on time": LIGHT, "late": "#f4d9d4"}
EDGES = {"done": DARK, "on time": DARK, "late": LATE}
DIAMONDS = {"done": DARK, "on time": ON_TIME, "late": LATE}
STATES = {"done": "Done", "on time": "On time", "late": "Late"}


def gantt(*, title: str, summary: str, rows: Sequence[PlanRow], today: date) -> Figure:
    """The plan as a picture with its table. Raises ValueError where no row has a date."""
    dated = [row for row in rows if row.kind != "group"]
    if not any(row.dates() for row in dated):
        raise ValueError("A plan without a single date cannot be drawn.")
    columns = (
        Column("Name", width=48),
        Column("Kind", width=12),
        Column("Approved start", "date"),
        Column("Approved finish", "date"),
        Column("Start, forecast or actual", "date"),
        Column("Finish, forecast or actual", "date"),
        Column("Days later", "number"),
        Column("State", width=10),
        Column("Critical", width=10),
    )
    table = tuple(_table_row(row, today) for row in dated)
    return Figure(title, summary, columns, table, partial(_timeline, tuple(rows), today))


def _table_row(row: PlanRow, today: date) -> tuple[Any, ...]:
    return (
        row.name,
        row.kind.capitalize(),
        row.approved_start,
        row.approved_finish,
        row.start,
        row.finish,
        row.days_later(),
        STATES[row.state(today)],
        "Critical" if row.critical else "",
    )


def _timeline(rows: Sequence[PlanRow], today: date, width: int) -> dict[str, Any]:
    narrow = width < NARROW
    names = 0 if narrow else min(300, round(width * 0.36))
    step, drawn = (40 if narrow else 27), width - names - 4
    marks, key_height = key(width, names, any(row.critical for row in rows))
    first, last = _span(rows, today, drawn)
    height = step * len(rows)
    time = {
        "scale": {
            "type": "utc",
            "domain": [_moment(first), _moment(last)],
            "nice": False,
            "range": [0, drawn - 4],
        },
        "type": "temporal",
    }
    shapes = _Shapes(rows, today, step, narrow, width, time)
    return {
        "width": drawn,
        "height": height,
        "autosize": {"type": "none"},
        "padding": {"left": names + 2, "right": 2, "top": key_height + 34, "bottom": 8},
        "layer": [
            shapes.axis(_ticks(first, last, drawn)),
            *shapes.today_line(height),
            *shapes.bars(),
            *shapes.diamonds(),
            *shapes.words(names),
            *marks,
        ],
    }


def _span(rows: Sequence[PlanRow], today: date, drawn: int) -> tuple[date, date]:
    """From the month before the first date to room enough after the last for the words beside it."""
    days = [day for row in rows for day in row.dates()] + [today]
    first = min(days).replace(day=1)
    last = max(days)
    room = (last - first) * (130 / max(drawn - 130, 130))
    return first, last + max(room, timedelta(days=20))


def _ticks(first: date, last: date, drawn: int) -> list[int]:
    """The first days of months, as many as have room for their words."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n * 78 <= drawn), 120)
    start = first.year * 12 + first.month - 1
    start += -start % every
    months_on = range(start, last.year * 12 + last.month, every)
    days = [date(month // 12, month % 12 + 1, 1) for month in months_on]
    return [_moment(day) for day in days if (last - day) / (last - first) * drawn > WORDS_OF_A_TICK]


def _moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


@dataclass(frozen=True)
class _Shapes:
    """The layers of the picture, all on one scale of time and one of rows in pixels."""

    rows: Sequence[PlanRow]
    today: date
    step: int
    narrow: bool
    width: int
    time: dict[str, Any]

    def layer(self, values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    def x(self, field: str) -> dict[str, Any]:
        return {"field": field, "title": None, **self.time}

    def y(self, field: str = "y") -> dict[str, Any]:
        scale = {
            "domain": [0, len(self.rows)],
            "range": [0, self.step * len(self.rows)],
            "nice": False,
            "zero": False,
        }
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def middle(self, place: int) -> float:
        return place + (0.72 if self.narrow else 0.5)

    def axis(self, ticks: list[int]) -> dict[str, Any]:
        axis = {
            "orient": "top",
            "values": ticks,
            "format": "%b %Y",
            "title": None,
            "domain": False,
            "ticks": False,
            "labelFlush": False,
            "labelAlign": "left",
            "labelColor": QUIET,
            "labelFontSize": 12,
            "gridColor": GRID,
            "labelPadding": 6,
            "labelOverlap": True,
            "grid": True,
        }
        mark = {"type": "rule", "opacity": 0}
        return self.layer([{"at": tick} for tick in ticks], mark, x={**self.x("at"), "axis": axis})

    def today_line(self, height: int) -> list[dict[str, Any]]:
        values = [
            {"at": _moment(self.today), "y": 0, "end": len(self.rows), "label": f"{self.today:%-d %b %Y}"}
        ]
        line = {"type": "rule", "strokeDash": [4, 3], "stroke": INK, "strokeWidth": 1.25}
        place = {"x": self.x("at"), "y": self.y(), "y2": {"field": "end"}}
        return [self.layer(values, line, **place)]

    def bars(self) -> list[dict[str, Any]]:
        approved, bars, critical = [], [], []
        for place, row in enumerate(self.rows):
            if row.kind != "activity":
                continue
            middle = self.middle(place)
            if row.approved_start and row.approved_finish:
                approved.append(_length(row.approved_start, row.approved_finish, middle + 8.5 / self.step))
            if row.start and row.finish:
                state = row.state(self.today)
                bar = _length(row.start, row.finish, middle) | {"fill": FILLS[state], "edge": EDGES[state]}
                bars.append(bar)
                critical += [bar] if row.critical else []
        ends = {"x": self.x("from"), "x2": {"field": "to"}, "y": self.y()}
        paint = {
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "stroke": {"field": "edge", "type": "nominal", "scale": None},
        }
        thick = {"type": "bar", "height": 14, "fillOpacity": 0, "stroke": INK, "strokeWidth": 3}
        return [
            self.layer(bars, {"type": "bar", "height": 12, "strokeWidth": 1}, **ends, **paint),
            self.layer(critical, thick, **ends),
            self.layer(approved, {"type": "rule", "stroke": QUIET, "strokeWidth": 2}, **ends),
        ]

    def diamonds(self) -> list[dict[str, Any]]:
        slips, approved, reached = [], [], []
        for place, row in enumerate(self.rows):
            if row.kind != "milestone":
                continue
            y = self.middle(place)
            if row.approved_finish and row.finish and row.approved_finish != row.finish:
                slips.append({"from": _moment(row.approved_finish), "to": _moment(row.finish), "y": y})
            if row.approved_finish and row.approved_finish != row.finish:
                approved.append({"at": _moment(row.approved_finish), "y": y})
            if row.finish:
                shade = DIAMONDS[row.state(self.today)]
                edge, thick = (INK, 2.5) if row.critical else (shade, 1)
                reached.append(
                    {"at": _moment(row.finish), "y": y, "fill": shade, "edge": edge, "thick": thick}
                )
        at = {"x": self.x("at"), "y": self.y()}
        paint = {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill",)}
        paint["stroke"] = {"field": "edge", "type": "nominal", "scale": None}
        paint["strokeWidth"] = {"field": "thick", "type": "quantitative", "scale": None}
        hollow = {
            "type": "point",
            "shape": "diamond",
            "size": 110,
            "opacity": 1,
            "fill": "#ffffff",
            "stroke": QUIET,
        }
        line = {"type": "rule", "stroke": QUIET, "strokeWidth": 1.5}
        ends = {"x": self.x("from"), "x2": {"field": "to"}, "y": self.y()}
        return [
            self.layer(slips, line, **ends),
            self.layer(approved, {**hollow, "strokeWidth": 1.5}, **at),
            self.layer(
                reached,
                {"type": "point", "shape": "diamond", "size": 130, "filled": True, "opacity": 1},
                **at,
                **paint,
            ),
        ]

    def words(self, names: int) -> list[dict[str, Any]]:
        """Names on the left (above, on a phone), and beside late rows by how much."""
        labels, late = [], []
        for place, row in enumerate(self.rows):
            heading = row.kind == "group"
            indent = 0 if heading else 12
            y = place + (0.6 if heading else 0.26 if self.narrow else 0.5)
            room = self.width if heading else names or self.width
            text = shortened(row.name, room - indent - 6, bold=heading)
            labels.append({"text": text, "y": y, "heading": heading, "url": local_link(row.link)})
            if not heading and row.state(self.today) == "late":
                words = _lateness(row, self.today)
                late.append({"at": _moment(_end(row, self.today)), "y": self.middle(place), "text": words})
        beside = {"type": "text", "align": "left", "dx": 11, "fontSize": 12, "color": LATE}
        layers = [
            self._names([one for one in labels if one["heading"] is heading], heading, names)
            for heading in (True, False)
        ]
        at = {"x": self.x("at"), "y": self.y(), "text": {"field": "text"}}
        return [*layers, self.layer(late, beside, **at)]

    def _names(self, labels: list[dict[str, Any]], heading: bool, names: int) -> dict[str, Any]:
        """Names in one weight; on a halo where lines run behind them."""
        at = {"x": (0 if heading or self.narrow else 12) - names, "align": "left", "baseline": "middle"}
        mark = {"type": "text", "fontSize": 13, "fontWeight": "bold" if heading else "normal", **at}
        mark |= HALO if self.narrow or heading else {}
        encoding = {"y": self.y(), "text": {"field": "text"}}
        link = {"href": {"field": "url"}} if any(one["url"] for one in labels) else {}
        return self.layer(labels, mark, **encoding, **link)


def _length(start: date, finish: date, y: float) -> dict[str, Any]:
    """A bar from the start of its first day to the end of its last."""
    return {"from": _moment(start), "to": _moment(finish + timedelta(days=1)), "y": y}


def _lateness(row: PlanRow, today: date) -> str:
    days = row.days_later() or 0
    due = row.finish or row.approved_finish
    if days <= 0 and due:
        days = (today - due).days
        return f"{days} day{'' if days == 1 else 's'} overdue"
    return f"{days} day{'' if days == 1 else 's'} later"


def _end(row: PlanRow, today: date) -> date:
    """Where the words about lateness start: past today's line for what is overdue."""
    last = max(row.dates())
    return today if (row.days_later() or 0) <= 0 and last < today else last
