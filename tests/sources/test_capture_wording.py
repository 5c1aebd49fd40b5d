"""Every way a capture can end has its words, and the words are about what was met."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources import queue
from sources.domain.captures import CaptureState, Reason, UnableToFetch
from sources.models import CAPTURE_STATES, Capture
from sources.wording.captures import explained, refusal_sentence, why


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_says_what_happened_and_what_to_do(reason: Reason) -> None:
    words = explained(reason)
    assert len(words.short) <= 40
    assert not words.short.endswith(".")
    for sentence in (words.happened, words.advice):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert "deleted" not in sentence


METHOD = Path(__file__).parents[2] / "docs" / "methods" / "captures.md"


@pytest.mark.parametrize("reason", list(Reason))
def test_readers_are_told_the_same_as_the_desk(reason: Reason) -> None:
    again = "yes" if reason.may_pass else "no"
    assert f"| `{reason}` | {explained(reason).happened} | {again} |" in METHOD.read_text()


def test_readers_are_told_of_every_state_and_of_the_waits_there_are() -> None:
    told = METHOD.read_text()
    assert all(f"| `{state}` |" in told for state in CaptureState)
    assert [wait.total_seconds() for wait in queue.BACK_OFF] == [20, 120]
    assert "after 20 seconds and after 2 minutes; after the third attempt" in told


def test_every_state_has_its_word() -> None:
    assert [state for state, _ in CAPTURE_STATES] == list(CaptureState)


def test_a_refusal_says_both() -> None:
    said = refusal_sentence(UnableToFetch(Reason.CREDENTIALS_IN_URL))
    assert "They would be stored with it. Remove everything between // and @." in said


def test_who_waits_is_told_when_and_why() -> None:
    at = datetime(2999, 11, 23, 14, 5, tzinfo=UTC)
    capture = Capture(state=CaptureState.QUEUED, next_attempt_at=at, retry_reason=Reason.CONNECTION_REFUSED)
    assert why(capture) == "tries again at 14:05 (connection refused)"


def test_a_time_that_has_come_is_no_time_to_wait_for() -> None:
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    capture = Capture(state=CaptureState.QUEUED, next_attempt_at=at, retry_reason=Reason.CONNECTION_REFUSED)
    assert why(capture) == ""


def test_what_the_server_said_is_named() -> None:
    capture = Capture(state=CaptureState.FAILED, reason=Reason.HTTP_CLIENT_ERROR, http_status=410)
    assert why(capture) == "the server says no (410)"


@pytest.mark.parametrize("state", [CaptureState.QUEUED, CaptureState.RUNNING, CaptureState.SUCCEEDED])
def test_where_the_state_says_it_all_nothing_is_added(state: CaptureState) -> None:
    assert why(Capture(state=state, next_attempt_at=datetime(2026, 11, 23, tzinfo=UTC))) == ""
