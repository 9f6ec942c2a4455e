"""Savings, the registers of benefits, one benefit and one line, the map, double counting, payback."""

from .page import AFTER_A_CHANGE, BOTH, FINANCE, LEAD, MANAGER, SRO, Page

BY_LINE, BY_BENEFIT = "/benefits/list/", "/benefits/list/benefits/"

PAGES = (
    Page("savings", "/benefits/", "dashboard", (*BOTH, SRO, FINANCE)),
    Page("savings, by workstream", "/benefits/?by=workstream", "dashboard", BOTH),
    Page("savings, filtered", "/benefits/?category=income_generation&basis=run-rate", "dashboard"),
    Page("savings, after a change", "/benefits/", AFTER_A_CHANGE, BOTH),
    Page("budget gap", "/benefits/gap/", "dashboard", BOTH),
    Page("business case", "/benefits/business-case/", "dashboard", BOTH),
    Page("by line, 25", BY_LINE, "list of 25", BOTH),
    Page("by line, 100", f"{BY_LINE}?per=100", "list of 100", BOTH),
    Page("by line, all columns", f"{BY_LINE}?columns=all", "wide list", BOTH),
    Page("by line, filtered", f"{BY_LINE}?category=income_generation&q=benefit", "list of 25", BOTH),
    Page("by line, sorted", f"{BY_LINE}?sort=-forecast", "list of 25", BOTH),
    Page("by line, sorted, changed", f"{BY_LINE}?sort=-forecast", AFTER_A_CHANGE),
    Page("by benefit, 25", BY_BENEFIT, "list of 25", BOTH),
    Page("by benefit, 100", f"{BY_BENEFIT}?per=100", "list of 100", BOTH),
    Page("benefit", "/benefits/{benefit}/", "record", BOTH),
    Page("benefit, lines", "/benefits/{benefit}/?tab=lines", "record"),
    Page("benefit, claims", "/benefits/{benefit}/?tab=claims", "record"),
    Page("benefit, history", "/benefits/{benefit}/?tab=history", "record", BOTH),
    Page("benefit, as at", "/benefits/{benefit}/?as_at=2022-09-30", "record"),
    Page("line", "/benefits/{benefit}/lines/{line}/", "record", BOTH),
    Page("line, history", "/benefits/{benefit}/lines/{line}/?tab=history", "record", BOTH),
    Page("map", "/benefits/map/", "dashboard", BOTH),
    Page("map, one workstream", "/benefits/map/?workstream=digital", "dashboard"),
    Page("map, after a change", "/benefits/map/", AFTER_A_CHANGE),
    Page("double counting", "/benefits/double-counting/", "dashboard", BOTH),
    Page("double counting, changed", "/benefits/double-counting/", AFTER_A_CHANGE, BOTH),
    Page("payback", "/benefits/payback/", "dashboard", BOTH),
    Page("payback, run-rate", "/benefits/payback/?basis=run_rate&timing=mid", "dashboard"),
    Page("payback, a new question", "/benefits/payback/?rate=3.1{turn}", "question", (MANAGER, LEAD)),
    Page("payback, changed", "/benefits/payback/", AFTER_A_CHANGE),
    Page("scenarios, compared", "/benefits/payback/compare/?a={scenario}", "dashboard"),
    Page("scenario", "/benefits/payback/scenarios/{scenario}/", "record", (LEAD,)),
)
