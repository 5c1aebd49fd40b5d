"""What a review or a verdict was given on, as a digest: an approval names what it approves.

The page that asks for a judgement carries the digest; the act compares it under the claim's lock, so nobody judges
evidence that came or went while they were writing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import rfc8785

from verification.models import Claim, Evidence


def ground_of(claim: Claim) -> str:
    """`sha256:<hex>` over the statement's version and the standing evidence with its versions (RFC 8785 JSON)."""
    return grounds_of([claim])[claim.pk]


def grounds_of(claims: Collection[Claim]) -> dict[int, str]:
    """The same for many claims, by their numbers. One query."""
    standing = Evidence.objects.standing().filter(claim__in=[claim.pk for claim in claims]).order_by("pk")
    evidence: dict[int, list[list[int]]] = defaultdict(list)
    for claim, *row in standing.values_list("claim", "pk", "version"):
        evidence[claim].append(row)
    return {claim.pk: _digest(claim, evidence[claim.pk]) for claim in claims}


def _digest(claim: Claim, evidence: list[list[int]]) -> str:
    stated: Any = {"claim": claim.pk, "version": claim.version, "evidence": evidence}
    return f"sha256:{hashlib.sha256(rfc8785.dumps(stated)).hexdigest()}"
