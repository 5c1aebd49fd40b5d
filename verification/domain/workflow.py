"""Where a claim is on its way, and what moves it.

A workflow state says which work comes next. It is neither the verdict nor the corroboration, and nobody sets it by
hand: something happens to the claim, and `after` says where that leaves it. The table below is the whole rule.

Three readings behind it:

- How many reviews a ruling needs is the policy's business, so a ruling is refused only where nothing was looked at.
- What is added or changed once the reviews are in was not seen by them, so the claim goes back to checking.
- Asking for a check or a review of a decided claim is doubting it, so it is reopened, as by changed evidence.
"""

from enum import StrEnum


class State(StrEnum):
    TRIAGE = "TRIAGE"
    CHECKING = "CHECKING"
    IN_REVIEW = "IN_REVIEW"
    AWAITING_VERDICT = "AWAITING_VERDICT"
    DECIDED = "DECIDED"
    PUBLISHED = "PUBLISHED"
    REOPENED = "REOPENED"
    CLOSED = "CLOSED"


class Event(StrEnum):
    """What happened. GROUND_CHANGED: the statement was changed, or standing evidence was corrected or withdrawn."""

    EVIDENCE_ADDED = "EVIDENCE_ADDED"
    CHECK_ASSIGNED = "CHECK_ASSIGNED"
    REVIEW_ASSIGNED = "REVIEW_ASSIGNED"
    REVIEWS_SUBMITTED = "REVIEWS_SUBMITTED"
    REVIEW_SENT_BACK = "REVIEW_SENT_BACK"
    RULED = "RULED"
    PUBLISHED = "PUBLISHED"
    GROUND_CHANGED = "GROUND_CHANGED"
    CLOSED = "CLOSED"


class Refusal(StrEnum):
    """Why an event cannot happen in a state; the sentence is made where languages are known."""

    NOT_CHECKED_YET = "NOT_CHECKED_YET"
    NOT_IN_REVIEW = "NOT_IN_REVIEW"
    NO_VERDICT = "NO_VERDICT"
    ALREADY_DECIDED = "ALREADY_DECIDED"
    REOPENED_SINCE = "REOPENED_SINCE"
    IS_CLOSED = "IS_CLOSED"


class TransitionRefused(Exception):
    """`event` cannot happen to a claim in `state`; `refusal` says why."""

    def __init__(self, state: State, event: Event, refusal: Refusal) -> None:
        super().__init__(f"{event} is refused in {state}: {refusal}")
        self.state = state
        self.event = event
        self.refusal = refusal


_S, _E, _R = State, Event, Refusal

TRANSITIONS: dict[State, dict[Event, State | Refusal]] = {
    _S.TRIAGE: {
        _E.EVIDENCE_ADDED: _S.CHECKING,
        _E.CHECK_ASSIGNED: _S.CHECKING,
        _E.REVIEW_ASSIGNED: _S.IN_REVIEW,
        _E.REVIEWS_SUBMITTED: _R.NOT_IN_REVIEW,
        _E.REVIEW_SENT_BACK: _R.NOT_IN_REVIEW,
        _E.RULED: _R.NOT_CHECKED_YET,
        _E.PUBLISHED: _R.NO_VERDICT,
        _E.GROUND_CHANGED: _S.TRIAGE,
        _E.CLOSED: _S.CLOSED,
    },
    _S.CHECKING: {
        _E.EVIDENCE_ADDED: _S.CHECKING,
        _E.CHECK_ASSIGNED: _S.CHECKING,
        _E.REVIEW_ASSIGNED: _S.IN_REVIEW,
        _E.REVIEWS_SUBMITTED: _S.AWAITING_VERDICT,
        _E.REVIEW_SENT_BACK: _R.NOT_IN_REVIEW,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _R.NO_VERDICT,
        _E.GROUND_CHANGED: _S.CHECKING,
        _E.CLOSED: _S.CLOSED,
    },
    _S.IN_REVIEW: {
        _E.EVIDENCE_ADDED: _S.IN_REVIEW,
        _E.CHECK_ASSIGNED: _S.CHECKING,
        _E.REVIEW_ASSIGNED: _S.IN_REVIEW,
        _E.REVIEWS_SUBMITTED: _S.AWAITING_VERDICT,
        _E.REVIEW_SENT_BACK: _S.CHECKING,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _R.NO_VERDICT,
        _E.GROUND_CHANGED: _S.IN_REVIEW,
        _E.CLOSED: _S.CLOSED,
    },
    _S.AWAITING_VERDICT: {
        _E.EVIDENCE_ADDED: _S.CHECKING,
        _E.CHECK_ASSIGNED: _S.CHECKING,
        _E.REVIEW_ASSIGNED: _S.IN_REVIEW,
        _E.REVIEWS_SUBMITTED: _S.AWAITING_VERDICT,
        _E.REVIEW_SENT_BACK: _S.CHECKING,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _R.NO_VERDICT,
        _E.GROUND_CHANGED: _S.CHECKING,
        _E.CLOSED: _S.CLOSED,
    },
    _S.DECIDED: {
        _E.EVIDENCE_ADDED: _S.REOPENED,
        _E.CHECK_ASSIGNED: _S.REOPENED,
        _E.REVIEW_ASSIGNED: _S.REOPENED,
        _E.REVIEWS_SUBMITTED: _R.ALREADY_DECIDED,
        _E.REVIEW_SENT_BACK: _R.ALREADY_DECIDED,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _S.PUBLISHED,
        _E.GROUND_CHANGED: _S.REOPENED,
        _E.CLOSED: _S.CLOSED,
    },
    _S.PUBLISHED: {
        _E.EVIDENCE_ADDED: _S.REOPENED,
        _E.CHECK_ASSIGNED: _S.REOPENED,
        _E.REVIEW_ASSIGNED: _S.REOPENED,
        _E.REVIEWS_SUBMITTED: _R.ALREADY_DECIDED,
        _E.REVIEW_SENT_BACK: _R.ALREADY_DECIDED,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _S.PUBLISHED,
        _E.GROUND_CHANGED: _S.REOPENED,
        _E.CLOSED: _S.CLOSED,
    },
    _S.REOPENED: {
        _E.EVIDENCE_ADDED: _S.REOPENED,
        _E.CHECK_ASSIGNED: _S.CHECKING,
        _E.REVIEW_ASSIGNED: _S.IN_REVIEW,
        _E.REVIEWS_SUBMITTED: _S.AWAITING_VERDICT,
        _E.REVIEW_SENT_BACK: _S.CHECKING,
        _E.RULED: _S.DECIDED,
        _E.PUBLISHED: _R.REOPENED_SINCE,
        _E.GROUND_CHANGED: _S.REOPENED,
        _E.CLOSED: _S.CLOSED,
    },
    _S.CLOSED: {
        _E.EVIDENCE_ADDED: _S.REOPENED,
        _E.CHECK_ASSIGNED: _S.REOPENED,
        _E.REVIEW_ASSIGNED: _S.REOPENED,
        _E.REVIEWS_SUBMITTED: _R.IS_CLOSED,
        _E.REVIEW_SENT_BACK: _R.IS_CLOSED,
        _E.RULED: _R.IS_CLOSED,
        _E.PUBLISHED: _R.IS_CLOSED,
        _E.GROUND_CHANGED: _S.REOPENED,
        _E.CLOSED: _R.IS_CLOSED,
    },
}


def after(state: State | str, event: Event | str) -> State:
    """The state of a claim in `state` after `event`; raises TransitionRefused where the event cannot happen."""
    state, event = State(state), Event(event)
    outcome = TRANSITIONS[state][event]
    if isinstance(outcome, Refusal):
        raise TransitionRefused(state, event, outcome)
    return outcome


def allows(state: State | str, event: Event | str) -> bool:
    """Whether `event` can happen to a claim in `state`: for a page that offers or withholds an action."""
    return isinstance(TRANSITIONS[State(state)][Event(event)], State)
