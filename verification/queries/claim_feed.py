"""What was said about a claim and what was done to it, as one feed, latest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.models import Act
from verification.models import Assignment, Claim, Comment, Evidence, Review, Verdict
from verification.wording.acts import act_sentence

LATEST = 20
_ON_A_CLAIM: tuple[Any, ...] = (Evidence, Assignment, Review, Verdict, Comment)


@dataclass(frozen=True)
class Entry:
    """What was done, and why if that was given; what was said, and its number, where that is what was done."""

    at: datetime
    text: str
    reason: str = ""
    comment: str = ""
    comment_number: int | None = None


def feed(claim: Claim, *, blind: bool = False, latest: int = LATEST) -> list[Entry]:
    """Two queries. `blind` keeps what reviewers wrote from who has yet to write a review."""
    acts = Act.objects.filter(pk__in=_acts_on(claim)).order_by("-pk")[:latest]
    comments = {row.act_id: row for row in Comment.history.filter(claim=claim.pk).order_by("-history_id")[:latest]}
    return [_entry(act, comments.get(act.pk), blind) for act in acts]


def _acts_on(claim: Claim) -> Any:
    """The acts that wrote a row of the claim or of anything that hangs on it."""
    of_claim = Claim.history.filter(id=claim.pk).values("act")
    return of_claim.union(*(model.history.filter(claim=claim.pk).values("act") for model in _ON_A_CLAIM))


def _entry(act: Act, comment: Any, blind: bool) -> Entry:
    if comment is not None:
        return Entry(act.at, act.actor_name, comment=comment.text, comment_number=comment.id)
    hidden = blind and act.name == "claim.review"
    return Entry(act.at, act_sentence(act), reason="" if hidden else act.reason)
