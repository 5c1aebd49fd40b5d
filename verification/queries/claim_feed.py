"""What was said about a claim and what was done to it, as one feed, latest first."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from audit import telling
from audit.queries import feed as record
from newsroom.models import User
from verification.models import Claim, Comment
from verification.queries.blindness import withheld_from
from verification.queries.record import acts_on

LATEST = 20


@dataclass(frozen=True)
class Entry:
    """What was done, and why if that was given; what was said, and its number, where that is what was done."""

    at: datetime
    text: str
    reason: str = ""
    comment: str = ""
    comment_number: int | None = None


def feed(claim: Claim, reader: User, *, latest: int = LATEST) -> list[Entry]:
    """A fixed number of queries. What reviewers wrote is kept from who has yet to write a review of their own."""
    comments = {row.act_id: row for row in Comment.history.filter(claim=claim.pk).order_by("-history_id")[:latest]}
    told = record.latest(acts_on(claim, reader), latest, withheld=partial(withheld_from, reader))
    return [_entry(each, comments.get(each.act.pk)) for each in told]


def _entry(told: record.Entry, comment: Any) -> Entry:
    if comment is not None:
        return Entry(told.at, telling.who(told.act), comment=comment.text, comment_number=comment.id)
    return Entry(told.at, told.text, reason=told.detail)
