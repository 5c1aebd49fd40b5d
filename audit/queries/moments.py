"""The moments at which something changed: its acts, in the order in which they were committed.

window = around(acts_on(claim, user), at=1203)
window.moments[window.place].index
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from audit import telling
from audit.models import Act, Entry, Head
from audit.queries import feed

MOST = 100
"""Moments of one window; it moves along with the moment that is looked at."""


@dataclass(frozen=True)
class Moment:
    """`mark` is the word that makes it stand out: that of a ruling, that of a publication. Most have none.

    `shares_its_minute` where another one beside it does, so that the second is needed to tell them apart.
    """

    index: int
    told: feed.Entry
    mark: telling.Words
    shares_its_minute: bool

    @property
    def at(self) -> datetime:
        """When it was committed, which is the order they are in."""
        recorded: datetime = self.told.act.entry.recorded_at
        return recorded


@dataclass(frozen=True)
class Window:
    """Oldest first. `at` is the moment looked at, which need not be one of them."""

    moments: tuple[Moment, ...]
    at: int

    @cached_property
    def place(self) -> int:
        """Of the latest of them that is not after `at`."""
        return max(bisect_right([each.index for each in self.moments], self.at) - 1, 0)

    @property
    def days(self) -> bool:
        """Whether its ends are told apart by the day."""
        ends = {timezone.localdate(self.moments[end].at) for end in (0, -1)}
        return len(ends) > 1

    @property
    def latest_first(self) -> tuple[Moment, ...]:
        return self.moments[::-1]

    @property
    def earlier(self) -> Moment | None:
        return self.moments[self.place - 1] if self.place > 0 else None

    @property
    def later(self) -> Moment | None:
        return self.moments[self.place + 1] if self.place + 1 < len(self.moments) else None


def around(acts: "QuerySet[Act]", at: int | None = None) -> Window:
    """The moments before and after `at`, or the latest ones."""
    known = acts.select_related("actor", "entry").defer("entry__content", "entry__hashes")
    latest = now() if at is None else at
    until = list(known.filter(entry__index__lte=latest).order_by("-entry__index")[:MOST])
    after = list(known.filter(entry__index__gt=latest).order_by("entry__index")[: MOST // 2])
    page = [*reversed(until[: MOST - len(after)]), *after]
    entries = feed.in_words(page)
    minutes = Counter(minute_of(act.entry.recorded_at) for act in page)
    moments = (
        Moment(
            told.act.entry.index,
            told,
            telling.mark_of(told.act),
            minutes[minute_of(told.act.entry.recorded_at)] > 1,
        )
        for told in entries
    )
    return Window(tuple(moments), latest)


def minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def now() -> int:
    """The moment of the latest act; -1 before the first."""
    return Head.objects.get().size - 1


def at_time(time: datetime) -> int:
    """The latest moment by that time; -1 where that is before the first. Without gaps, so it is found by halving."""

    def recorded_at(index: int) -> datetime:
        return Entry.objects.values_list("recorded_at", flat=True).get(index=index)

    return bisect_right(range(now() + 1), time, key=recorded_at) - 1
