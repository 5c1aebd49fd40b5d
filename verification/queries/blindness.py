"""Where reviews stay blind, whoever has yet to write theirs sees that others wrote, and not what."""

from collections.abc import Collection
from typing import Any

from audit.models import Act
from newsroom.models import User
from verification.models import Assignment, Duty, Review

REVIEWED = "claim.review"


def claims_blind_to(user: User) -> Any:
    """The claims of which `user` has yet to write a review that is to be their own."""
    theirs = Assignment.objects.waiting().filter(person=user, duty=Duty.REVIEW, claim__case__policy__blind_reviews=True)
    return theirs.values("claim")


def withheld_from(user: User, acts: Collection[Act]) -> frozenset[int]:
    """The acts whose reason and changes are kept from `user` until their own review is in. One query."""
    reviews = [act.pk for act in acts if act.name == REVIEWED]
    written = Review.history.filter(act__in=reviews, claim__in=claims_blind_to(user))
    return frozenset(written.values_list("act", flat=True))
