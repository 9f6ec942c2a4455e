"""``make bench``, or ``python -m tests.bench [--quick] [--json FILE] [--only WORD]``; see docs/speed.md."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from . import memory, report, sizes
from .addresses import PAGES, PARTS
from .addresses.page import MANAGER, Page
from .portals import ROOT, Portal, Visitor, database_for
from .timing import Row, measure

REGISTER = "register as a workbook"


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
            seconds, busy = portal.run("migrate", "--noinput", "--verbosity=0")
            # The processor's time, which other programs disturb least; but not of a server's database.
            passed, worked = (sizes.MIGRATE_SECONDS, None) if database else (None, sizes.MIGRATE_SECONDS)
            self.check(f"an empty database migrates ({name})", seconds, passed)
            self.check("  of which the processor worked", busy, worked)
            visitor = self.visitors[name] = Visitor(portal)
            self.ending.callback(visitor.end)
            self.check(f"loading the {name} programme", visitor.ask("load", size=name)["seconds"], None)

    def schedules(self) -> None:
        for name, visitor in self.visitors.items():
            found = visitor.ask("schedule")
            self.check(f"critical path, {name}", found["seconds"], sizes.CRITICAL_PATH_SECONDS)
            self.figures[f"plan, {name}"] = found

    def pages(self) -> None:
        first = self.visitors[self.names[0]]
        missing = set(first.ask("not_there")["pages"])
        places = {name: visitor.ask("places") for name, visitor in self.visitors.items()}
        report.head(self.names)
        for title, pages in PARTS.items():
            wanted = [page for page in pages if (self.options.only or "") in page.name]
            if wanted:
                report.part(title)
            for page in wanted:
                self._page(page, places, there=page.name not in missing)
        report.over(self.rows)
        report.repeated(self.rows)
        routes = first.ask("not_measured")["routes"]
        report.say(f"\nNot measured, as they are forms or files: {', '.join(routes)}")

    def _page(self, page: Page, places: dict[str, Any], *, there: bool) -> None:
        if not there:
            report.say(f"{page.name:<{report.NAME}}NOT THERE: {page.address}")
            self.holds = False
            return
        for who in page.people:
            row = measure(page, who, self.visitors, places)
            report.line(row)
            self.rows.append(row)
            self.holds &= not row.broken

    def pictures(self) -> None:
        """A question to the payback page with its pictures drawn anew, of the processor in both processes."""
        for name, visitor in self.visitors.items():
            found = visitor.ask("pictures", who=MANAGER)
            if found:
                words = f"payback with its pictures, a new question ({name})"
                self.check(words, found["page"] + found["drawn"], sizes.QUESTION_SECONDS)
                self.check("  of which drawing", found["drawn"], None)

    def packs(self) -> None:
        """A pack of the small programme, in this process and then as the job it is."""
        found = self.visitors["small"].ask("pack")
        self.figures["pack, seconds of each step"] = found
        report.say("\nA board pack of the small programme, seconds of the processor:")
        report.say("  " + ", ".join(f"{name} {value:.2f}" for name, value in list(found.items())[:-3]))
        report.say("  typst and openpyxl stand for the same content without the portal; html is beside both.")
        self.check("read, composed, sealed, PDF and workbook, to bare", found["ratio"], sizes.PACK_RATIO, "×")

    def register(self) -> None:
        """The largest register as a workbook and back; it is another one afterwards."""
        found = self.visitors[self.names[-1]].ask("register")
        self.figures[REGISTER] = found
        told = f"{found['rows']:,} risks"
        report.say()
        self.check(f"{told} as a workbook, to openpyxl alone", found["ratio"], sizes.EXPORT_RATIO, "×")
        self.check("  memory held while it is written", found["megabytes"], sizes.EXPORT_MEGABYTES, " MB")
        self.check(f"{told} sent back and looked at", found["preview"], sizes.PREVIEW_SECONDS)
        self.check("  of which the processor worked", found["preview, processor"], None)
        changed = f"{found['changed']:,} changes saved, while others wait to write"
        self.check(changed, found["saving"], sizes.OTHERS_WAIT_SECONDS)

    def memory(self) -> None:
        if not memory.measurable():
            report.say("Memory is not measured: this machine does not say what other processes hold.")
            return
        largest = self.names[-1]
        visitor = self.visitors[largest]
        places, cookie = visitor.ask("places"), visitor.ask("cookie", who=MANAGER)["cookie"]
        missing = set(visitor.ask("not_there")["pages"])
        asked = [page for page in PAGES if MANAGER in page.people and page.name not in missing]
        addresses = [page.at(places) for page in asked]
        # Pictures kept from before would hide what drawing them holds.
        shutil.rmtree(self.portals[largest].folder / "cache", ignore_errors=True)
        held = memory.of_web(self.portals[largest], cookie, addresses)
        self.check(f"a web worker after every page, {largest}", held, sizes.WEB_MEGABYTES, " MB")
        pack = memory.of_pack(self.portals["small"], self.visitors["small"])
        self.figures["pack as a job"] = pack
        self.check("a pack job, small", pack["megabytes"], sizes.PACK_MEGABYTES, " MB")
        self.check("a pack job, small, from button to file", pack["seconds"], None)
        report.say(
            f"An empty page took {pack['alone']:.1f} ms before and {pack['meanwhile']:.1f} ms (at most "
            f"{pack['slowest']:.1f}) while the pack was made."
        )

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
        if not options.only:
            bench.pictures()
            bench.packs()
        if not options.only or options.only in REGISTER:
            bench.register()
        if not options.only:
            try:
                bench.memory()
            except memory.NotMeasured as why:
                report.say(f"Memory could not be measured to the end. {why}")
                bench.holds = False
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
