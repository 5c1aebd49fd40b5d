"""What an export adds to the case: who judged, what was archived, and where it stands in the record."""

from datetime import UTC, datetime
from typing import Any

from sources.models import Capture, Excerpt
from verification.models import Review, Verdict


def verdict_of(verdict: Verdict) -> dict[str, Any]:
    """Without the reports that were kept with it: they name sources, whatever the terms of what they said."""
    told = {
        "value": verdict.value,
        "rationale": verdict.rationale,
        "by": verdict.ruled_by.name,
        "at": moment(verdict.ruled_at),
    }
    return told | ({"override_reason": verdict.override_reason} if verdict.override_reason else {})


def review_of(review: Review) -> dict[str, Any]:
    told = {
        "outcome": review.outcome,
        "rationale": review.rationale,
        "by": review.reviewer.name,
        "at": moment(review.submitted_at),
    }
    if review.recommended:
        told |= {"recommended": review.recommended, "confidence": review.confidence}
    return told


def capture_of(capture: Capture) -> dict[str, Any]:
    return {
        "url": capture.requested_url,
        "final_url": capture.final_url,
        "state": capture.state,
        "at": moment(capture.captured_at or capture.requested_at),
        "text_digest": capture.text_digest,
        "wacz_digest": capture.wacz_digest,
    }


def excerpt_of(excerpt: Excerpt) -> dict[str, Any]:
    """Where the words stand, for whoever has the text with that digest."""
    told = {
        "text_digest": excerpt.text_digest,
        "language": excerpt.language,
        "selectors": [excerpt.quote.w3c(), excerpt.position.w3c()],
    }
    return told | ({"translation": excerpt.translation} if excerpt.translation else {})


def act_of(row: Any) -> dict[str, Any]:
    """The act that wrote a history row: its number, name and time, and nothing of what was said with it."""
    return {"act": row.act.pk, "name": row.act.name, "at": moment(row.act.at)}


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
