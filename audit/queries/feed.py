"""Acts as a feed, latest first.

    entries = feed.latest(Trail(Act.objects.filter(case=case)), limit=20, withheld=partial(withheld_from, user))
    {% include "components/feed.html" with entries=entries dates=True only %}

A feed takes two queries, and one for each kind of thing its sentences name.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from audit import telling
from audit.models import Act
from audit.queries.named import fetch_named
from audit.queries.subjects import Touched, subjects, touched
from audit.queries.trail import Trail
from audit.telling import Model

LATEST = 20


@dataclass(frozen=True)
class Entry:
    """One act: when, the sentence of it, why (`detail`), and the page of the `thing` it was done to.

    `thing` is None where its sentence names nothing or that is gone. Words are found when they are asked for. Why it
    was done is not told where that is `withheld` from the reader.
    """

    act: Act
    thing: Any = None
    withheld: bool = False

    @cached_property
    def text(self) -> SafeString:
        return telling.act_sentence(self.act, self._what)

    @property
    def in_words(self) -> str:
        """The same without markup."""
        return telling.act_in_words(self.act, self._what)

    @cached_property
    def url(self) -> str:
        page = None if self.thing is None else telling.rows_of(type(self.thing)).page
        return page(self.thing) if page else ""

    @property
    def _what(self) -> str:
        return "" if self.thing is None else str(telling.rows_of(type(self.thing)).name(self.thing))

    @property
    def at(self) -> datetime:
        return self.act.at

    @property
    def origin(self) -> str:
        return str(telling.origin(self.act))

    @property
    def detail(self) -> str:
        return "" if self.withheld else self.act.reason


def latest(trail: Trail, limit: int = LATEST, *, withheld: Callable[[Collection[Act]], Collection[int]]) -> list[Entry]:
    """The latest of them (`verification.queries.record` has the trail of a case or a thing).

    `withheld` says of which the reader may know that they were done, and not why.
    """
    acts = trail.latest(limit)
    hidden = withheld(acts)
    return [replace(entry, withheld=entry.act.pk in hidden) for entry in in_words(acts)]


def in_words(acts: Collection[Act]) -> list[Entry]:
    """These acts, in their order."""
    return told(acts, touched([act.pk for act in acts]))


def told(acts: Collection[Act], of_all: Collection[Touched]) -> list[Entry]:
    """These acts, in their order, in words."""
    fetch_named(acts)  # by whose account a name is told
    numbers = subjects(acts, of_all)
    wanted: dict[Model, set[Any]] = defaultdict(set)
    for act in acts:
        model = telling.about(act)
        if model is not None and act.pk in numbers:
            wanted[model].add(numbers[act.pk])
    found = {model: model._default_manager.in_bulk(pks) for model, pks in wanted.items()}
    return [Entry(act, _thing(act, numbers, found)) for act in acts]


def _thing(act: Act, numbers: Mapping[int, Any], found: Mapping[Model, Mapping[Any, Any]]) -> Any:
    model = telling.about(act)
    return found.get(model, {}).get(numbers.get(act.pk)) if model is not None else None
