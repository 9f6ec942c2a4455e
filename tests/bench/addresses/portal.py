"""Pages on which everything meets: home, the programme, workstreams, projects, the board."""

from .page import AFTER_A_CHANGE, BOTH, FINANCE, SRO, STAFF, Page

PAGES = (
    Page("home", "/", "dashboard", (*BOTH, SRO, FINANCE, STAFF)),
    Page("home, after a change", "/", AFTER_A_CHANGE, (SRO,)),
    Page("programme", "/programme/", "dashboard", BOTH),
    Page("programme, line of sight", "/programme/?tab=sight", "dashboard", BOTH),
    Page("programme, principles", "/programme/?tab=principles", "dashboard"),
    Page("programme, governance", "/programme/?tab=governance", "dashboard"),
    Page("programme, money", "/programme/?tab=money", "dashboard"),
    Page("workstream", "/workstreams/digital/", "dashboard", BOTH),
    Page("workstream, history", "/workstreams/digital/?tab=history", "record"),
    Page("project", "/projects/{project}/", "record", BOTH),
    Page("project, plan", "/projects/{project}/?tab=plan", "record"),
    Page("project, decisions", "/projects/{project}/?tab=decisions", "record"),
    Page("project, history", "/projects/{project}/?tab=history", "record"),
    Page("project, as at", "/projects/{project}/?as_at=2022-09-30", "record"),
    Page("board", "/board/", "dashboard"),
    Page("packs", "/board/packs/", "list of 25"),
)
