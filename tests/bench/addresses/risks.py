"""The register of risks, its matrix, what moved, the top risks, one risk, issues."""

from .page import AFTER_A_CHANGE, BOTH, MANAGER, SRO, Page

PAGES = (
    Page("risks, 25", "/risks/", "list of 25", BOTH),
    Page("risks, 100", "/risks/?per=100", "list of 100", BOTH),
    Page("risks, all columns", "/risks/?columns=all", "wide list", BOTH),
    Page("risks, severe", "/risks/?band=severe", "list of 25", BOTH),
    Page("risks, one workstream", "/risks/?workstream=digital", "list of 25", BOTH),
    Page("risks, sorted by score", "/risks/?sort=-current", "list of 25", BOTH),
    Page("risks, overdue", "/risks/?look=overdue", "list of 25", BOTH),
    Page("risks, outside appetite", "/risks/?appetite=outside", "list of 25", BOTH),
    Page("risks, searched", "/risks/?q=supplier", "list of 25"),
    Page("matrix", "/risks/matrix/", "dashboard", (*BOTH, SRO)),
    Page("matrix, one workstream", "/risks/matrix/?workstream=digital", "dashboard"),
    Page("matrix, as at", "/risks/matrix/?as_at=2022-09-30", "dashboard"),
    Page("matrix, a risk changed", "/risks/matrix/", AFTER_A_CHANGE),
    Page("as at, a risk changed", "/risks/matrix/?as_at=2022-09-30", AFTER_A_CHANGE),
    Page("movement", "/risks/movement/", "dashboard", BOTH),
    Page("movement, since July", "/risks/movement/?since=2022-07-31", "dashboard", (SRO,)),
    Page("movement, a risk changed", "/risks/movement/?since=2022-07-31", AFTER_A_CHANGE),
    Page("top risks", "/risks/top/", "dashboard", BOTH),
    Page("what risks lack", "/risks/gaps/", "dashboard", BOTH),
    Page("lacks, a risk changed", "/risks/gaps/", AFTER_A_CHANGE),
    Page("risk settings", "/risks/settings/", "record"),
    Page("risk", "/risks/{risk}/", "record", BOTH),
    Page("risk, history", "/risks/{risk}/?tab=history", "record", BOTH),
    Page("risk, as at", "/risks/{risk}/?as_at=2022-09-30", "record"),
    Page("issues, 25", "/issues/", "list of 25", BOTH),
    Page("issues, 100", "/issues/?per=100", "list of 100", (MANAGER,), grows=False),
    Page("issue", "/issues/{issue}/", "record", BOTH),
)
