"""Why something cannot happen to a claim where it stands, as the sentence a person reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.domain.workflow import Event, Refusal, TransitionRefused, after
from verification.models import Claim

SENTENCES: dict[Refusal, str | Promise] = {
    Refusal.NOT_CHECKED_YET: _("Nobody has looked at this claim yet. Add evidence or assign a check first."),
    Refusal.NOT_IN_REVIEW: _("This claim is not in review. Assign a review first."),
    Refusal.NO_VERDICT: _("This claim has no verdict yet. Rule on it first."),
    Refusal.ALREADY_DECIDED: _("This claim was decided meanwhile. Assign a new review to reopen it."),
    Refusal.REOPENED_SINCE: _("This claim was reopened since its verdict. Rule on it again first."),
    Refusal.IS_CLOSED: _("This claim is closed. Reopen it first."),
}


def refusal_sentence(refused: TransitionRefused) -> str:
    return str(SENTENCES[refused.refusal])


def refusal_of(claim: Claim, event: Event) -> str:
    """Why `event` cannot happen to `claim` as it stands; "" where it can."""
    try:
        after(claim.state, event)
    except TransitionRefused as refused:
        return refusal_sentence(refused)
    return ""
