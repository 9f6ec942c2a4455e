"""The risks that the document names, as entries of the register that nobody has scored yet."""

from __future__ import annotations

from programme.people.choices import Classification
from risks.models import Risk
from risks.rules.reviewing import Intervals, due

from .facts import Facts
from .portfolio_records import Places, document_words
from .settling import Settling


def load(one: Facts, settling: Settling, places: Places) -> None:
    """Without cause, owner, category, response and scores: the document does not give them.

    What is not yet scored is visible work; it is due for review a month after the document's date.
    """
    wanted = [
        Risk(
            ref=stated.ref,
            title=stated.title,
            scope=places.programme,
            classification=Classification.INTERNAL,
            raised_on=one.document.dated,
            review_due=due(one.document.dated, None, Intervals()),
            source_document=document_words(one.document),
            source_place=stated.where,
        )
        for stated in one.risks
    ]
    settling.settle(Risk, wanted, key=("ref",))
