"""The pages that are measured, by address; adding one is adding a line.

``{project}``, ``{milestone}``, ``{decision}``, ``{person}`` and ``{news}`` stand for made-up records.
What the portal has beside these is named at the end of every run, so that nothing is left out silently.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

MANAGER, LEAD = "programme-manager", "lead-digital"


@dataclass(frozen=True)
class Page:
    """An address, which limits it keeps (see ``sizes.LIMITS``), and as whom it is opened.

    ``grows`` is False where the small size has too few rows to fill the page: then the two sizes do not
    compare, and a shorter page of the same list stands in for it.
    """

    name: str
    address: str
    kind: str
    people: tuple[str, ...] = (MANAGER,)
    grows: bool = True


BOTH = (MANAGER, LEAD)

PAGES = (
    Page("home", "/", "dashboard", (*BOTH, "sro", "staff")),
    Page("programme", "/programme/", "dashboard", BOTH),
    Page("programme, line of sight", "/programme/?tab=sight", "dashboard"),
    Page("programme, principles", "/programme/?tab=principles", "dashboard"),
    Page("programme, governance", "/programme/?tab=governance", "dashboard"),
    Page("programme, money", "/programme/?tab=money", "dashboard"),
    Page("workstream", "/workstreams/digital/", "dashboard", BOTH),
    Page("workstream, history", "/workstreams/digital/?tab=history", "record"),
    Page("projects, 25", "/projects/", "list of 25", BOTH),
    Page("projects, 100", "/projects/?per=100", "list of 100", BOTH, grows=False),
    Page("projects, 50 sorted", "/projects/?per=50&sort=-name", "list of 50", BOTH),
    Page("projects, filtered", "/projects/?workstream=digital&q=the", "list of 25", grows=False),
    Page("pipeline", "/projects/pipeline/", "list of 25"),
    Page("project", "/projects/{project}/", "record", BOTH),
    Page("project, plan", "/projects/{project}/?tab=plan", "record"),
    Page("project, decisions", "/projects/{project}/?tab=decisions", "record"),
    Page("project, history", "/projects/{project}/?tab=history", "record"),
    Page("project, as at", "/projects/{project}/?as_at=2022-09-30", "record"),
    Page("project, changing", "/projects/{project}/change/", "record"),
    Page("plan", "/plan/", "picture", BOTH),
    Page("plan list, 25", "/plan/list/", "list of 25", BOTH),
    Page("plan list, 100", "/plan/list/?per=100", "list of 100", BOTH),
    Page("plan, critical path", "/plan/critical-path/", "picture", BOTH),
    Page("milestone", "/plan/{milestone}/", "record", BOTH),
    Page("milestone, history", "/plan/{milestone}/?tab=history", "record"),
    Page("board", "/board/", "dashboard"),
    Page("decisions, 25", "/board/decisions/", "list of 25", BOTH),
    Page("decisions, 100", "/board/decisions/?per=100", "list of 100", BOTH),
    Page("decision", "/board/decisions/{decision}/", "record"),
    Page("packs", "/board/packs/", "list of 25"),
    Page("bodies", "/bodies/", "list of 25"),
    Page("body", "/bodies/programme-board/", "record"),
    Page("benefits", "/benefits/", "dashboard", BOTH),
    Page("benefits, by workstream", "/benefits/?by=workstream", "dashboard", BOTH),
    Page("benefits, filtered", "/benefits/?category=income_generation&basis=run-rate", "dashboard"),
    Page("benefits, budget gap", "/benefits/gap/", "dashboard", BOTH),
    Page("benefits, business case", "/benefits/business-case/", "dashboard", BOTH),
    Page("payback", "/benefits/payback/", "dashboard", BOTH),
    Page("payback, run-rate", "/benefits/payback/?basis=run_rate&timing=mid", "dashboard"),
    Page("payback, compared", "/benefits/payback/compare/", "dashboard"),
    Page("people, 25", "/people/", "list of 25"),
    Page("people, 100", "/people/?per=100", "list of 100", grows=False),
    Page("people, 50", "/people/?per=50", "list of 50"),
    Page("person", "/people/{person}/", "record"),
    Page("who may do what", "/people/grants/", "picture"),
    Page("news", "/news/", "kept", (MANAGER, "staff")),
    Page("news, one page", "/news/{news}/", "kept", (MANAGER, "staff")),
    Page("plan, dependencies", "/plan/dependencies/", "list of 25", BOTH),
    Page("project, moving its stage", "/projects/{project}/stage/", "record"),
    Page("jobs", "/jobs/", "list of 25"),
)


def not_there(pages: Iterable[Page], places: dict[str, str]) -> list[Page]:
    """Those of ``pages`` that the portal has no address for."""
    return [page for page in pages if _route(page.address.format(**places)) is None]


def not_measured(pages: Iterable[Page], places: dict[str, str]) -> list[str]:
    """The portal's addresses that none of ``pages`` opens: forms, mostly."""
    opened = {_route(page.address.format(**places)) for page in pages}
    return sorted(set(routes(get_resolver().url_patterns)) - opened)


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the portal; of Wagtail's many only the first part."""
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        elif route.startswith(("cms/", "documents/")):
            yield f"{route}…"
        else:
            yield from routes(pattern.url_patterns, route)


def _route(address: str) -> str | None:
    try:
        return resolve(address.partition("?")[0]).route.replace("^", "")
    except Resolver404:
        return None
