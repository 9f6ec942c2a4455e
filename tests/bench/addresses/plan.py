"""The plan: its picture, its registers, one milestone."""

from .page import BOTH, Page

PAGES = (
    Page("plan", "/plan/", "picture", BOTH),
    Page("plan list, 25", "/plan/list/", "list of 25", BOTH),
    Page("plan list, 100", "/plan/list/?per=100", "list of 100", BOTH),
    Page("plan, critical path", "/plan/critical-path/", "picture", BOTH),
    Page("plan, dependencies", "/plan/dependencies/", "list of 25", BOTH),
    Page("milestone", "/plan/{milestone}/", "record", BOTH),
    Page("milestone, history", "/plan/{milestone}/?tab=history", "record", BOTH),
)
