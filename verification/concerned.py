"""Which claims an act concerns, read off the history rows it wrote, so that no act can forget to say so.

`own_claims` are those whose own record changed: their act holds them. `claims_elsewhere` rest on sources, captures or a
policy that changed: their act knows nothing of them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from newsroom.models import Membership, VerificationPolicy
from sources.models import Affiliation, Capture, Derivation, Source, SourceAssessment
from sources.queries.resting import resting_on
from verification.models import Assignment, Claim, Evidence, Hop, ReplyRequest, Review

# What of a source can change a number, a finding or the policy's answer; its name and its note cannot.
_WEIGHTY = ("protected", "publisher_id", "published_at", "url", "case_id", "key")


def own_claims(rows: Iterable[Any]) -> set[int]:
    found: set[int] = set()
    chains: set[int] = set()
    for row in rows:
        model = row.instance_type
        if model in {Evidence, Review, ReplyRequest, Assignment}:
            found.add(row.claim_id)
        elif model is Hop:
            chains.add(row.evidence_id)
        elif model is Claim and row.history_type == "+":
            found.add(row.id)
    if chains:
        found.update(Evidence.objects.filter(pk__in=chains).values_list("claim_id", flat=True))
    return found


def claims_elsewhere(rows: Iterable[Any]) -> set[int]:
    """Two queries at most, and none where no row is of that sort."""
    cases: set[int] = set()
    behind: set[int] = set()
    stated: set[int] = set()
    for row in rows:
        model = row.instance_type
        if model in {VerificationPolicy, Membership}:
            cases.add(row.case_id)
        elif model is Derivation:
            behind.add(row.downstream_id)
        elif model is Affiliation:
            behind.add(row.source_id)
        elif model is Source and row.history_type == "~" and _weighs_differently(row):
            behind.add(row.id)
        elif model in {Capture, SourceAssessment} and row.source_id:
            stated.add(row.source_id)
    return _in_cases(cases) | _stating(stated | (resting_on(behind) if behind else set()))


def _weighs_differently(row: Any) -> bool:
    before = Source.history.filter(id=row.id).order_by("-history_id").first()
    return before is None or any(getattr(before, name) != getattr(row, name) for name in _WEIGHTY)


def _in_cases(cases: set[int]) -> set[int]:
    return set(Claim.objects.filter(case__in=cases).values_list("pk", flat=True)) if cases else set()


def _stating(sources: set[int]) -> set[int]:
    """The claims with standing evidence in whose chains, as stated, one of `sources` stands."""
    if not sources:
        return set()
    evidence = Evidence.objects.standing().filter(Q(source__in=sources) | Q(hops__source__in=sources))
    return set(evidence.values_list("claim_id", flat=True))
