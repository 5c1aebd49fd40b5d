"""What a review or a verdict was given on, as a digest: an approval names what it approves.

The page that asks for a judgement carries the digest; the act compares it under the claim's lock, so nobody judges
evidence that came or went while they were writing.
"""

import hashlib
from typing import Any

import rfc8785

from verification.models import Claim


def ground_of(claim: Claim) -> str:
    """`sha256:<hex>` over the statement's version and the standing evidence with its versions (RFC 8785 JSON)."""
    evidence = claim.evidence.standing().order_by("pk").values_list("pk", "version")
    stated: Any = {"claim": claim.pk, "version": claim.version, "evidence": [list(row) for row in evidence]}
    return f"sha256:{hashlib.sha256(rfc8785.dumps(stated)).hexdigest()}"
