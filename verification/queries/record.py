"""The acts that make up the story of a claim, of a piece of evidence, of a case.

feed.latest(acts_on(claim, request.user), limit=10)
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from audit.models import Act
from newsroom.models import Case, User
from newsroom.queries.record import acts_known_to
from sources.models import Source
from sources.queries.record import acts_on as acts_on_source
from verification.models import Alert, Assignment, Claim, Comment, Evidence, Hop, ReplyRequest, Review, Verdict

ON_A_CLAIM: tuple[Any, ...] = (Evidence, Assignment, Review, Verdict, Comment, ReplyRequest, Alert)


def acts_on(claim: Claim, user: User) -> "QuerySet[Act]":
    """Every act that wrote a row of the claim or of anything that hangs on it."""
    hops = Hop.history.filter(evidence__in=claim.evidence.values("pk"))
    rows = (Claim.history.filter(id=claim.pk), hops, *(each.history.filter(claim=claim.pk) for each in ON_A_CLAIM))
    return acts_known_to(user).filter(pk__in=_acts_of(rows))


def acts_on_evidence(evidence: Evidence, user: User) -> "QuerySet[Act]":
    rows = Evidence.history.filter(id=evidence.pk), Hop.history.filter(evidence=evidence.pk)
    return acts_known_to(user).filter(pk__in=_acts_of(rows))


def acts_on_what(reference: str, user: User) -> "QuerySet[Act] | None":
    """The acts on the claim, the evidence or the source of that number; None where `user` knows of none."""
    kinds: tuple[tuple[Any, Any], ...] = ((Claim, acts_on), (Evidence, acts_on_evidence), (Source, acts_on_source))
    for model, acts in kinds:
        if thing := model.objects.by_reference(reference).visible_to(user).first():
            return acts(thing, user)  # type: ignore[no-any-return]
    return None


def acts_in(case: Case, user: User) -> "QuerySet[Act]":
    return acts_known_to(user).filter(case=case)


def _acts_of(rows: Iterable[Any]) -> Any:
    first, *others = (each.order_by().values("act") for each in rows)
    return first.union(*others)
