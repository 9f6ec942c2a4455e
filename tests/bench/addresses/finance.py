"""What finance works with: claims, years, budgets, investment, the reserve, reconciliations."""

from .page import BOTH, FINANCE, MANAGER, Page

PAGES = (
    Page("claims, 25", "/benefits/claims/", "list of 25", (*BOTH, FINANCE), grows=False),
    Page("claims, 100", "/benefits/claims/?per=100", "list of 100", grows=False),
    Page("claims, verified", "/benefits/claims/?status=verified", "list of 25", grows=False),
    Page("claim", "/benefits/claims/{claim}/", "record", BOTH),
    Page("years", "/benefits/years/", "dashboard", (*BOTH, FINANCE)),
    Page("budgets, 25", "/benefits/budgets/", "list of 25", (MANAGER, FINANCE)),
    Page("budgets, 100", "/benefits/budgets/?per=100", "list of 100"),
    Page("investment", "/benefits/investment/", "dashboard", BOTH),
    Page("cost line", "/benefits/investment/{cost_line}/", "record", BOTH),
    Page("reserve", "/benefits/reserve/", "list of 25", BOTH),
    Page("reserve, an entry", "/benefits/reserve/{reserve_entry}/", "record"),
    Page("reconciliations", "/benefits/reconciliation/", "list of 25", BOTH),
    Page("reconciliation", "/benefits/reconciliation/{reconciliation}/", "record", BOTH),
    Page("reconciliation, worked out", "/benefits/reconciliation/{computed_reconciliation}/", "record"),
    Page("stated figures", "/benefits/reconciliation/figures/", "list of 25", BOTH),
    Page("stated figure", "/benefits/reconciliation/figures/{figure}/", "record"),
)
