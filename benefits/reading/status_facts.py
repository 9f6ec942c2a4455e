"""What the moves of a benefit's status ask of it, read from the database."""

from __future__ import annotations

from django.db.models import Count, Q

from programme.portfolio.models import Decision

from ..choices import Category, ClaimStatus
from ..models import Benefit, BenefitLine, Claim
from ..rules import lifecycle


def facts_of(benefit: Benefit, decision: Decision | None = None) -> lifecycle.Facts:
    """What the moves ask, whoever asks: claims are counted whether or not ``by`` may read their lines."""
    claims = Claim.objects.live().filter(line__benefit=benefit)
    counts = claims.aggregate(
        waiting=Count("pk", filter=Q(status=ClaimStatus.SUBMITTED)),
        sent_back=Count("pk", filter=Q(status=ClaimStatus.SENT_BACK)),
        verified=Count("pk", filter=Q(status=ClaimStatus.VERIFIED)),
    )
    measure = benefit.measure if benefit.measure and not benefit.measure.withdrawn else None
    lines = BenefitLine.objects.live().filter(benefit=benefit, not_quantified_because="")
    return lifecycle.Facts(
        owned=benefit.owner_id is not None,
        method=bool(benefit.method),
        measure=measure is not None,
        baseline=measure is not None and measure.baseline is not None,
        decision=decision is not None,
        in_money=lines.exclude(category=Category.NON_FINANCIAL).exists(),
        **counts,
    )
