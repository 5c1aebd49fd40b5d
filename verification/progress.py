"""The one place that moves a claim along its way.

Acts that something happens to a claim in call `moved` under the claim's row lock; nothing else sets `claim.state`.
"""

from newsroom.permits import Denied
from verification.domain import workflow
from verification.domain.workflow import Event
from verification.models import Claim
from verification.wording.workflow import refusal_sentence


def moved(claim: Claim, event: Event) -> Claim:
    """`claim`, locked by the caller, where `event` leaves it; saved when that is another state.

    Raises `Denied` with the sentence to show where the event cannot happen. The claim's `version` stays: it counts
    what people wrote, and a claim that moved on is no reason to ask somebody who edits it whether they still mean it.
    """
    if step(claim, event):
        claim.save()
    return claim


def step(claim: Claim, event: Event) -> bool:
    """The same without saving, for an act that saves the claim anyway. Whether the state is another one now."""
    before = claim.state
    try:
        claim.state = str(workflow.after(before, event))
    except workflow.TransitionRefused as refused:
        raise Denied(refusal_sentence(refused)) from refused
    return claim.state != before
