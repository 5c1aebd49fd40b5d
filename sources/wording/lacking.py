"""What a capture lacks beside what its reason says: it has one reason, and may have fallen short twice."""

from typing import Any

from sources.domain.captures import CaptureState, Handling, Reason
from sources.wording.captures import explained

# What was done to a page that leaves something of it out, with the reason that says so.
_LEFT_OUT = {
    Handling.SCRIPT_STOPPED: Reason.SCRIPT_STOPPED,
    Handling.SCROLLED_IN_PART: Reason.SCROLLED_IN_PART,
    Handling.STILL_GROWING: Reason.STILL_GROWING,
}


def lacks_too(capture: Any) -> list[str]:
    """In sentences. Captures from before there were these reasons are called whole on record, and lack it no less."""
    if capture.state not in (CaptureState.SUCCEEDED, CaptureState.PARTIAL):
        return []
    reasons = (reason for done, reason in _LEFT_OUT.items() if done in capture.handling and reason != capture.reason)
    return [explained(reason).happened for reason in reasons]
