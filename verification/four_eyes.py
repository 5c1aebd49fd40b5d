"""Four eyes: whoever wrote a claim or added any of its standing evidence can neither review it nor rule on it.

The rule also stands in the database (migration `four_eyes`), where no caller can forget it. Both ask the policy.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.models import User
from newsroom.permits import Condition
from verification.models import Claim


def gatherers(claim: Claim) -> set[int]:
    """The ids of those whose work this claim is."""
    return {claim.created_by_id, *claim.evidence.standing().values_list("added_by_id", flat=True)}


def stands_apart(person: User, claim: Claim) -> bool:
    """Whether `person` may judge `claim`, as far as four eyes go."""
    return not claim.case.policy.four_eyes or person.pk not in gatherers(claim)


def not_barred_on(claim: Claim) -> Q:
    """The same as a filter over people."""
    return ~Q(pk__in=gatherers(claim)) if claim.case.policy.four_eyes else Q()


stood_apart = Condition(
    stands_apart,
    _("You wrote this claim or gathered evidence for it, so somebody else must judge it."),
)
