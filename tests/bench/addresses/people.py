"""People and what they may do, news that they read, jobs that they started."""

from .page import MANAGER, STAFF, Page

PAGES = (
    Page("people, 25", "/people/", "list of 25"),
    Page("people, 100", "/people/?per=100", "list of 100", grows=False),
    Page("people, 50", "/people/?per=50", "list of 50"),
    Page("person", "/people/{person}/", "record"),
    Page("who may do what", "/people/grants/", "picture"),
    Page("news", "/news/", "kept", (MANAGER, STAFF)),
    Page("news, one page", "/news/{news}/", "kept", (MANAGER, STAFF)),
    Page("jobs", "/jobs/", "list of 25"),
)
