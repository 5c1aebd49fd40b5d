"""What a claim rested on at a moment beside its evidence: what others graded, asserted and archived of its sources."""

from collections.abc import Collection
from typing import Any

from audit.queries.then import stood
from newsroom.models import User
from sources.models import Affiliation, Capture, Derivation, SourceAssessment
from sources.queries.known_then import known_then
from sources.queries.source_then import BULKY
from verification.models import Claim


def rested_on(claim: Claim, sources: Collection[int], moment: int, reader: User) -> list[Any]:
    """Of these sources the rows that the page of the claim is made of, as far as the reader may know of them.

    Whoever compares two moments asks for the same sources at both: one that is no longer leant on was not removed.
    """
    then = known_then(sources, moment, reader)
    known = {source.pk for source in then}
    captures = set(Capture.objects.known_in(claim.case_id).filter(source__in=known).values_list("pk", flat=True))
    return [
        *then,
        *stood(SourceAssessment, moment, "source_id", known),
        *(row for row in stood(Affiliation, moment, "source_id", known) if row.controller_id in known),
        *(row for row in stood(Derivation, moment, "downstream_id", known) if row.upstream_id in known),
        *(row for row in stood(Capture, moment, "source_id", known, without=BULKY) if row.pk in captures),
    ]
