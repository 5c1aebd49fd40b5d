"""When a watched page is looked at again: often while it is young, seldom later, and never all pages at once.

A page that changed is young again. While a page cannot be read it is asked daily, until that has gone on for long; from
then on its usual rhythm will do. No clock inside: whoever asks says what time it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

STEPS: Final = (
    (timedelta(days=1), timedelta(hours=3)),
    (timedelta(days=7), timedelta(hours=12)),
    (timedelta(days=30), timedelta(days=2)),
    (timedelta(days=90), timedelta(days=7)),
    (timedelta(days=365), timedelta(days=14)),
)
"""Up to which age, and how long until the next look."""
SELDOMEST: Final = timedelta(days=28)
WHILE_UNREAD: Final = timedelta(days=1)
EARLIER: Final = 0.1  # the part of an interval by which a look may come early, so that looks do not all come together

LONG: Final = timedelta(days=7)
LONG_LOOKS: Final = 5
"""A page could not be read for long: over at least so much time, in at least so many looks, without one that could."""


@dataclass(frozen=True, slots=True)
class Unread:
    """That a page could not be read in any of its latest `looks`, since the first of them."""

    since: datetime
    looks: int

    def for_long(self, now: datetime) -> bool:
        return self.looks >= LONG_LOOKS and now - self.since >= LONG


def interval(age: timedelta) -> timedelta:
    """How long until the next look at a page that has been watched, or unchanged, for so long."""
    return next((wait for until, wait in STEPS if age < until), SELDOMEST)


def next_look(
    now: datetime, *, fresh_at: datetime, unread: Unread | None = None, fixed: timedelta | None = None, key: str = ""
) -> datetime:
    """After a look `now`. `fresh_at` is when the watch began or last saw a change; `fixed` is what a person asked for.

    `key` names the look: the same key gives the same moment, different keys are spread over the end of the interval.
    """
    wait = fixed or interval(now - fresh_at)
    if unread and not unread.for_long(now):
        wait = min(wait, WHILE_UNREAD)
    share = int.from_bytes(sha256(key.encode()).digest()[:8]) / 2**64
    return now + wait * (1 - EARLIER * share)
