"""The claim's workflow, row by row. The table is written a second time here, sideways: by event, in short form."""

import pytest

from verification.domain.workflow import TRANSITIONS, Event, Refusal, State, TransitionRefused, after, allows

STATES = ("TRIAGE", "CHECKING", "IN_REVIEW", "AWAITING_VERDICT", "DECIDED", "PUBLISHED", "REOPENED", "CLOSED")
BY_EVENT = {
    # New evidence wakes a claim, is seen by reviewers still reading, and undoes what was settled without it.
    "EVIDENCE_ADDED": "CHECKING CHECKING IN_REVIEW CHECKING REOPENED REOPENED REOPENED REOPENED",
    # Work asked for is work to do; on a settled claim it says that somebody doubts it.
    "CHECK_ASSIGNED": "CHECKING CHECKING CHECKING CHECKING REOPENED REOPENED CHECKING REOPENED",
    "REVIEW_ASSIGNED": "IN_REVIEW IN_REVIEW IN_REVIEW IN_REVIEW REOPENED REOPENED IN_REVIEW REOPENED",
    # The last open review came in. A review asked for before checking resumed may still arrive; a decided one is over.
    "REVIEWS_SUBMITTED": (
        "!NOT_IN_REVIEW AWAITING_VERDICT AWAITING_VERDICT AWAITING_VERDICT "
        "!ALREADY_DECIDED !ALREADY_DECIDED AWAITING_VERDICT !IS_CLOSED"
    ),
    # A reviewer, or the editor about to rule, wants more checking.
    "REVIEW_SENT_BACK": (
        "!NOT_IN_REVIEW !NOT_IN_REVIEW CHECKING CHECKING !ALREADY_DECIDED !ALREADY_DECIDED CHECKING !IS_CLOSED"
    ),
    # A second ruling supersedes the first; on a published claim the new verdict is not out yet.
    "RULED": "!NOT_CHECKED_YET DECIDED DECIDED DECIDED DECIDED DECIDED DECIDED !IS_CLOSED",
    # Only a standing verdict is published; publishing again is a new release.
    "PUBLISHED": "!NO_VERDICT !NO_VERDICT !NO_VERDICT !NO_VERDICT PUBLISHED PUBLISHED !REOPENED_SINCE !IS_CLOSED",
    # A verdict stands on a statement and on evidence: when either changes, the claim is open again.
    "GROUND_CHANGED": "TRIAGE CHECKING IN_REVIEW CHECKING REOPENED REOPENED REOPENED REOPENED",
    "CLOSED": "CLOSED CLOSED CLOSED CLOSED CLOSED CLOSED CLOSED !IS_CLOSED",
}
ROWS = [
    (state, event, outcome)
    for event, row in BY_EVENT.items()
    for state, outcome in zip(STATES, row.split(), strict=True)
]


@pytest.mark.parametrize(("state", "event", "outcome"), ROWS)
def test_row(state: str, event: str, outcome: str) -> None:
    if outcome.startswith("!"):
        with pytest.raises(TransitionRefused) as refused:
            after(state, event)
        assert (refused.value.state, refused.value.event) == (State(state), Event(event))
        assert refused.value.refusal is Refusal(outcome[1:])
        assert not allows(state, event)
    else:
        assert after(state, event) is State(outcome)
        assert allows(state, event)


def test_the_list_is_closed() -> None:
    assert {(state, event) for state, event, _ in ROWS} == {(str(s), str(e)) for s in State for e in Event}
    assert all(set(row) == set(Event) for row in TRANSITIONS.values())


def test_every_state_can_be_reached_and_left() -> None:
    reached = {State.TRIAGE}
    for _ in State:
        reached |= {after(state, event) for state in reached for event in Event if allows(state, event)}
    assert reached == set(State)
    assert all(any(allows(s, e) and after(s, e) is not s for e in Event) for s in State)


def test_a_word_outside_the_list_is_an_error() -> None:
    with pytest.raises(ValueError, match="FORGOTTEN"):
        after("TRIAGE", "FORGOTTEN")
