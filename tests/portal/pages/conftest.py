"""The fixtures of the registers, for every test in this folder."""

from tests.register import decide, exempt, principle, priority
from tests.risks.conftest import category, decision, make_risk, on, risk_owner, today

__all__ = [
    "category",
    "decide",
    "decision",
    "exempt",
    "make_risk",
    "on",
    "principle",
    "priority",
    "risk_owner",
    "today",
]
