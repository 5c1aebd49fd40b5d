"""A page of the record: acts, latest first, each with everything it changed.

    page = story.read(acts_on(claim, user), reader=user, before=form.cleaned_data["before"])

Pages go by key: `page.older` is the number to ask for acts before, None on the last page. The number of queries is
fixed by the kinds of things the acts are about, whatever their number.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

from audit.models import Act
from audit.queries.changes import Change, changes
from audit.queries.feed import Entry, told
from audit.queries.moments import minute_of
from audit.queries.named import fetch_named
from audit.queries.scope import bounded, within
from audit.queries.subjects import touched
from audit.queries.trail import Trail
from audit.queries.vouched import Vouch, vouches

PER_PAGE = 50


@dataclass(frozen=True)
class Told:
    """One act with what it changed, the number of objects beyond those, and what vouches for it.

    What is `withheld` from the reader for now has neither its reason nor changes. `shares_its_minute` where another on
    the page does, so that the second is needed to tell them apart.
    """

    entry: Entry
    changes: list[Change] = field(default_factory=list)
    left_out: int = 0
    withheld: bool = False
    vouch: Vouch | None = None
    shares_its_minute: bool = False

    @property
    def act(self) -> Act:
        return self.entry.act


@dataclass(frozen=True)
class Story:
    acts: list[Told]
    older: int | None


def nothing_withheld(acts: Collection[Act]) -> frozenset[int]:
    return frozenset()


def read(
    trail: Trail,
    *,
    reader: Any,
    about: Any = None,
    before: int | None = None,
    withheld: Callable[[Collection[Act]], Collection[int]] = nothing_withheld,
    size: int = PER_PAGE,
) -> Story:
    """`about` is the thing the page is about, where it is about one: of each act only what was done to it is told.

    `withheld` says which of the acts on the page may be known of, but not what they held.
    """
    page = trail.latest(size + 1, before=before)
    older = page[size - 1].pk if len(page) > size else None
    page = page[:size]
    fetch_named(page)
    of_all = touched([act.pk for act in page])
    hidden = withheld(page)
    open_acts = [act for act in page if act.pk not in hidden]
    concerned = [each for each in of_all if each.act_id not in hidden]
    kept, left_out = bounded(within(concerned, about) if about is not None else concerned, page)
    found = changes(open_acts, kept, reader=reader)
    vouched = vouches([act.pk for act in page])
    minutes = Counter(minute_of(act.at) for act in page)
    return Story(
        [
            Told(
                entry,
                found.get(entry.act.pk, []),
                left_out.get(entry.act.pk, 0),
                entry.act.pk in hidden,
                vouched.get(entry.act.pk),
                minutes[minute_of(entry.at)] > 1,
            )
            for entry in told(page, of_all)
        ],
        older,
    )


def whole(told: Told, *, reader: Any, about: Any = None) -> Told:
    """The same with everything the act changed, however much: for a file, in which nobody gets lost."""
    concerned = touched([told.act.pk])
    found = changes([told.act], within(concerned, about) if about is not None else concerned, reader=reader)
    return replace(told, changes=found.get(told.act.pk, []), left_out=0)
