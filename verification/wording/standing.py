"""Where a claim stands, in the line beside its verdict."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.wording.text import isolated
from sources.wording.dates import spoken
from verification.models import Assignment, Claim, ClaimState, Duty, Verdict

SETTLED = {ClaimState.DECIDED, ClaimState.PUBLISHED}


def where_it_stands(
    claim: Claim, verdict: Verdict | None, assignments: Sequence[Assignment], *, has_evidence: bool
) -> str:
    if verdict is not None:
        return _ruled(claim, verdict)
    if claim.state == ClaimState.CLOSED:
        return _("Closed without one.")
    if not has_evidence:
        return _("No evidence yet.")
    reviewers = [isolated(each.person.name) for each in assignments if each.duty == Duty.REVIEW]
    if claim.state == ClaimState.IN_REVIEW and reviewers:
        return _("With %(names)s for review.") % {"names": pgettext("between names", ", ").join(reviewers)}
    return _("It is being checked.")


def _ruled(claim: Claim, verdict: Verdict) -> str:
    ruled = {"name": isolated(verdict.ruled_by.name), "date": spoken(f"{verdict.ruled_at:%Y-%m-%d}")}
    if claim.state in SETTLED:
        return _("%(name)s, %(date)s.") % ruled
    if claim.state == ClaimState.CLOSED:
        return _("%(name)s, %(date)s. Closed.") % ruled
    return _("%(name)s, %(date)s. Reopened since: it needs another ruling.") % ruled
