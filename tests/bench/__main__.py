"""``make bench``, or ``python -m tests.bench [--quick] [--json FILE] [--only WORD]``; see docs/speed.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from . import report, sizes
from .portals import ROOT, Portal, Visitor, database_for
from .timing import Row, measure


class Bench:
    """One run: portals of the sizes asked for, everything measured on them, and what came of it."""

    def __init__(self, options: argparse.Namespace, folder: Path, ending: ExitStack) -> None:
        self.options, self.folder, self.ending = options, folder, ending
        self.names = ["small"] if options.quick else ["small", "large"]
        self.portals: dict[str, Portal] = {}
        self.visitors: dict[str, Visitor] = {}
        self.rows: list[Row] = []
        self.figures: dict[str, Any] = {}
        self.holds = True

    def check(self, words: str, value: float, limit: float | None, unit: str = " s") -> None:
        self.figures[words] = {"value": value, "limit": limit}
        self.holds &= report.check(words, value, limit, unit)

    def prepare(self) -> None:
        """Migrates and loads a portal of each size; both are timed."""
        for name in self.names:
            database = self.ending.enter_context(database_for(name, os.environ.get("DATABASE_URL", "")))
            portal = self.portals[name] = Portal(self.folder / name, database)
            seconds = portal.run("migrate", "--noinput", "--verbosity=0")
            self.check(f"an empty database migrates ({name})", seconds, sizes.MIGRATE_SECONDS)
            visitor = self.visitors[name] = Visitor(portal)
            self.ending.callback(visitor.end)
            self.check(f"loading the {name} programme", visitor.ask("load", size=name)["seconds"], None)

    def schedules(self) -> None:
        for name, visitor in self.visitors.items():
            found = visitor.ask("schedule")
            self.check(f"critical path, {name}", found["seconds"], sizes.CRITICAL_PATH_SECONDS)
            self.figures[f"plan, {name}"] = found

    def pages(self) -> None:
        from .addresses import PAGES

        first = self.visitors[self.names[0]]
        missing = set(first.ask("not_there")["pages"])
        places = {name: visitor.ask("places") for name, visitor in self.visitors.items()}
        report.head(self.names)
        for page in PAGES:
            if self.options.only and self.options.only not in page.name:
                continue
            if page.name in missing:
                report.say(f"{page.name:<26}NOT THERE: {page.address}")
                self.holds = False
                continue
            for who in page.people:
                row = measure(page, who, self.visitors, places)
                report.line(row)
                self.rows.append(row)
                self.holds &= not row.broken
        report.repeated(self.rows)
        routes = first.ask("not_measured")["routes"]
        report.say(f"\nNot measured, as they are forms or files: {', '.join(routes)}")

    def written(self) -> dict[str, Any]:
        return {"holds": self.holds, "figures": self.figures, "pages": [row.plain() for row in self.rows]}


def main() -> None:
    options = arguments()
    if not (ROOT / "static_root" / "staticfiles.json").exists():
        sys.exit("The static files are not collected: run make bench, or make collected before this.")
    began = time.perf_counter()
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        bench = Bench(options, folder, ending)
        bench.prepare()
        bench.schedules()
        bench.pages()
        if options.json:
            options.json.write_text(json.dumps(bench.written(), indent=1))
    report.say(f"\n{'Every limit holds.' if bench.holds else 'NOT every limit holds.'}")
    report.say(f"This took {time.perf_counter() - began:.0f} s.")
    sys.exit(0 if bench.holds else 1)


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make bench", description="Measure the portal against its limits.")
    asked.add_argument("--quick", action="store_true", help="the small size only")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write everything measured there too")
    asked.add_argument("--only", metavar="WORD", help="only pages whose name holds this word")
    return asked.parse_args()


if __name__ == "__main__":
    main()
