"""The claim a page is about, found by its reference and checked at once."""

from django.http import Http404

from newsroom import permits
from newsroom.loading import load
from newsroom.models import User
from verification.models import Claim
from verification.models.claim import REFERENCE


def load_claim(user: User, reference: str) -> Claim:
    """With its case, policy, members, author and claimant. Raises Http404 for who may not know of it."""
    number = REFERENCE.match(reference)
    if number is None:
        raise Http404
    claims = Claim.objects.select_related("case__policy", "created_by", "claimant").prefetch_related(
        "case__memberships"
    )
    return load(claims, user, pk=int(number[1]))


def load_claim_for(act: str, user: User, reference: str) -> Claim:
    """The same, for a page that leads to `act`. Raises `permits.Denied` for who may know of it but not do that."""
    claim = load_claim(user, reference)
    permits.require(user, act, claim)
    return claim
