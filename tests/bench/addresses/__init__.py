"""The pages that are measured: a file for each part of the portal, a line for each page.

A new part adds a file of its own here and a line in ``PARTS``; its made-up records stand in a file beside
``benefit_world.py``, and those that stand for all others of their kind in that file's ``places``.
"""

from . import benefits, finance, people, performance, plan, portal, portfolio, risks

PARTS = {
    "Where everything meets": portal.PAGES,
    "Portfolio and decisions": portfolio.PAGES,
    "Plan": plan.PAGES,
    "Measures": performance.PAGES,
    "Benefits": benefits.PAGES,
    "Claims, budgets, investment, reconciliation": finance.PAGES,
    "Risks and issues": risks.PAGES,
    "People, news, jobs": people.PAGES,
}
PAGES = tuple(page for pages in PARTS.values() for page in pages)
