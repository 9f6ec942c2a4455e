"""How the register's workbook is edited: what each column says, and what may stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..choices import LOWEST
from ..offline.columns import CHOICE, OURS, STEP, TEXT

COLUMN_NAMES = ["Column", "What it says", "What may stand there"]
STEPS = (
    "Change cells, delete rows you do not need, add rows below for new risks. Save it as an Excel workbook "
    "(.xlsx) and send it back under Risks, Load a workbook. You see every change before anything is saved."
)
SAYS = {
    "ref": "Which risk the row is about.",
    "version": "Which state of the risk you edit.",
    "title": "A few words by which people find the risk.",
    "cause": "What may bring it about.",
    "event": "The event that is feared, in a sentence.",
    "effect": "What would follow for the programme.",
    "controls": "What is done already. Actions still to be done stand on the risk’s own page.",
    "category": "Which appetite it is held against.",
    "place": "Where it belongs.",
    "owner": "The one person who answers for it.",
    "proximity": "How soon it could happen.",
    "knowledge": "How good the evidence is.",
    "response": "What is done about it.",
}
SCORES = {
    "inherent": "Without any controls.",
    "current": "Now, with the controls in place. A change is a review, and moves the next one.",
    "target": "Once the planned actions are done.",
}
TAKES = {
    "ref": "Leave it. Empty in the row of a new risk.",
    "version": "Leave it. Empty in the row of a new risk.",
    "title": "One line of at most 200 characters. Never empty.",
    "place": "The programme, a workstream, or a project’s reference such as DIG-01. Never empty.",
    "owner": "The post as the list of people shows it, with the number where several hold it. Or empty.",
    "response": "Treat needs an action, Tolerate above appetite an acceptance: both on the risk’s page.",
}
ONLY_READ = {
    "Current": "The score now in words, with its band.",
    "Target": "The score aimed at in words, with its band.",
    "Next review": "When it is to be looked at again.",
    "Status": "Open, escalated, closed. It is moved on the risk’s own page.",
    "Class": "Open, internal or exempt. An exempt row goes to nobody who may not read it.",
}
READ = "Only to be read: what you write here is not taken."


def rows(scales: Mapping[str, Sequence[str]], categories: Sequence[str]) -> list[list[str]]:
    """One row for each column of the workbook; ``scales`` are the words of both, from the first step to the
    last."""
    found = []
    for column in OURS:
        name = "place" if column.name == "scope" else column.name
        if column.kind == STEP:
            found.append([column.title, SCORES[column.name.partition("_")[0]], _steps(scales[column.scale])])
            continue
        takes = TAKES.get(name, "")
        if column.kind == CHOICE:
            offered = ", ".join(label.split(":")[0] for label in column.choices.labels)
            takes = f"One of: {offered}. Or empty. {takes}".strip()
        elif column.kind == TEXT:
            takes = "Text of at most 2,000 characters, or empty."
        elif name == "category":
            takes = (
                f"One of: {', '.join(categories)}. Or empty." if categories else "Nothing: there is none yet."
            )
        found.append([column.title, SAYS[name], takes])
    return found + [[title, says, READ] for title, says in ONLY_READ.items()]


def _steps(words: Sequence[str]) -> str:
    steps = ", ".join(f"{value} {word}" for value, word in enumerate(words, LOWEST))
    return f"The number or the word: {steps}. Likelihood and impact both, or neither."
