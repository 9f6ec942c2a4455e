"""Registers of projects, bodies and decisions."""

from .page import BOTH, Page

PAGES = (
    Page("projects, 25", "/projects/", "list of 25", BOTH),
    Page("projects, 100", "/projects/?per=100", "list of 100", BOTH, grows=False),
    Page("projects, 50 sorted", "/projects/?per=50&sort=-name", "list of 50", BOTH),
    Page("projects, filtered", "/projects/?workstream=digital&q=the", "list of 25", grows=False),
    Page("pipeline", "/projects/pipeline/", "list of 25"),
    Page("project, changing", "/projects/{project}/change/", "record"),
    Page("project, moving its stage", "/projects/{project}/stage/", "record"),
    Page("decisions, 25", "/board/decisions/", "list of 25", BOTH),
    Page("decisions, 100", "/board/decisions/?per=100", "list of 100", BOTH),
    Page("decision", "/board/decisions/{decision}/", "record", BOTH),
    Page("decision, history", "/board/decisions/{decision}/?tab=history", "record"),
    Page("bodies", "/bodies/", "list of 25"),
    Page("body", "/bodies/programme-board/", "record", BOTH),
    Page("body, history", "/bodies/programme-board/?tab=history", "record"),
)
