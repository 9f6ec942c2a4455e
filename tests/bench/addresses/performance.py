"""Measures: the register and one of them."""

from .page import BOTH, Page

PAGES = (
    Page("measures, 25", "/measures/", "list of 25", BOTH),
    Page("measures, 100", "/measures/?per=100", "list of 100", grows=False),
    Page("measure", "/measures/{measure}/", "record", BOTH),
    Page("measure, history", "/measures/{measure}/?tab=history", "record"),
)
