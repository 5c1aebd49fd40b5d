"""What was done between two moments, and what it made of the things it was done to, told as one act would be.

    found = between(acts_on(claim, user).all(), since, until, reader=user, withheld=partial(withheld_from, user))
    found.changes, found.done

What is compared is whatever the acts wrote, of any room, so that no act of a page goes untold. A page may add the rows
it shows at the two moments, where others than its own acts write them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from audit import telling
from audit.models import Act
from audit.queries import feed
from audit.queries.changes import Change, told
from audit.queries.facts import read
from audit.queries.scope import within
from audit.queries.story import nothing_withheld
from audit.queries.subjects import Touched, touched
from audit.queries.then import stood
from audit.queries.versions import Step
from audit.telling import Composition, Model

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ACTS = 100
"""So many of the latest are compared; a longer stretch is read in the history."""
MOST_THINGS = 40
LISTED = 20

Key = tuple[Model, Any]
Rows = Mapping[Key, Any]


@dataclass(frozen=True)
class Done:
    """One act between the two. What is `withheld` from the reader for now is known of, and not what it held."""

    told: feed.Entry
    withheld: bool


@dataclass(frozen=True)
class Between:
    """`left_out` counts the things written that are not compared. `done` are the latest of the `acts`, latest first."""

    changes: list[Change]
    left_out: int
    done: list[Done]
    acts: int

    @property
    def earlier(self) -> int:
        """Acts that are not listed."""
        return self.acts - len(self.done)

    @property
    def compared(self) -> int:
        """So many of the latest acts."""
        return min(self.acts, MOST_ACTS)


def between(
    acts: "QuerySet[Act]",
    since: int,
    until: int,
    *,
    reader: Any,
    about: Any = None,
    withheld: Callable[[Collection[Act]], Collection[int]] = nothing_withheld,
    shown: tuple[Iterable[Any], Iterable[Any]] = ((), ()),
    composed: Mapping[Key, Composition] = MappingProxyType({}),
) -> Between:
    """In the order in which the models are told.

    `about` is the thing the page is about, where it is about one. `shown` are the rows of a page at the two moments,
    and `composed` what several of them say together, by object.
    """
    span = acts.filter(entry__index__gt=since, entry__index__lte=until)
    whole = span.select_related("entry").defer("entry__content", "entry__hashes")
    done = list(whole.order_by("-entry__index")[:MOST_ACTS])
    place = {act.pk: place for place, act in enumerate(done)}
    of_all = touched([*place])
    hidden = withheld(done)
    concerned = [each for each in of_all if each.act_id not in hidden and not telling.rows_of(each.model).within]
    concerned = within(concerned, about) if about is not None else concerned
    kept, left_out = _chosen(concerned, place)
    before, after = (
        _stood(kept, moment, reader) | {(type(row), row.pk): row for row in rows}
        for moment, rows in zip((since, until), shown, strict=True)
    )
    compositions = _composed(concerned, {**before, **after}, place) | {**composed}
    steps = [
        Step(0, model, pk, before.get((model, pk)), after.get((model, pk)))
        for model, pk in _in_order({**before, **after})
    ]
    told_together = {(model, 0, pk): said for (model, pk), said in compositions.items()}
    listed = done[:LISTED]
    entries = feed.told(listed, [each for each in of_all if place[each.act_id] < LISTED])
    return Between(
        changes=[change for _act, change in told(steps, told_together, reader=reader)],
        left_out=left_out,
        done=[Done(entry, entry.act.pk in hidden) for entry in entries],
        acts=len(done) if len(done) < MOST_ACTS else span.count(),
    )


def _chosen(concerned: Iterable[Touched], place: Mapping[int, int]) -> tuple[dict[Model, list[Any]], int]:
    """The numbers of the things to compare: of every kind its latest, so that many of one kind keep out no other."""
    latest: dict[Key, int] = {}
    for each in concerned:
        key = each.model, each.pk
        latest[key] = min(latest.get(key, MOST_ACTS), place[each.act_id])
    of_kind: dict[Model, int] = defaultdict(int)
    rank: dict[Key, int] = {}
    for key in sorted(latest, key=latest.__getitem__):
        rank[key], of_kind[key[0]] = of_kind[key[0]], of_kind[key[0]] + 1
    kept: dict[Model, list[Any]] = defaultdict(list)
    for model, pk in sorted(rank, key=rank.__getitem__)[:MOST_THINGS]:
        kept[model].append(pk)
    return kept, max(len(rank) - MOST_THINGS, 0)


def _stood(kept: Mapping[Model, Collection[Any]], moment: int, reader: Any) -> dict[Key, Any]:
    """One query for each kind of thing, without what is not told of it, nor what is none of the reader's affair."""
    found: dict[Key, Any] = {}
    for model, numbers in kept.items():
        rows: Collection[Any] = stood(model, moment, _key(model), numbers, without=_untold(model))
        known_of = telling.rows_of(model).known_of
        found |= {(model, row.pk): row for row in (known_of(rows, reader) if known_of else rows)}
    return found


def _key(model: Any) -> str:
    return str(model._meta.pk.column)


def _untold(model: Any) -> set[str]:
    told = {field.attname for field in read(model)} | {model._meta.pk.attname}
    return {field.attname for field in model.history.model.tracked_fields} - told


def _composed(concerned: Iterable[Touched], compared: Rows, place: Mapping[int, int]) -> dict[Key, Composition]:
    """What several rows say together, from how it was before the first of the acts to how it was after the last."""
    pairs: dict[Model, set[tuple[int, Any]]] = defaultdict(set)
    for each in concerned:
        if telling.rows_of(each.model).composed and (each.model, each.pk) in compared:
            pairs[each.model].add((each.act_id, each.pk))
    found: dict[Key, Composition] = {}
    for model, wanted in pairs.items():
        composed = telling.rows_of(model).composed
        said = composed(wanted) if composed else {}
        for act_id, pk in sorted(said, key=lambda pair: -place[pair[0]]):
            first = found.get((model, pk), said[act_id, pk])
            found[model, pk] = Composition(first.label, first.before, said[act_id, pk].after)
    return found


def _in_order(keys: Iterable[Key]) -> list[Key]:
    order = {model: place for place, model in enumerate(telling.known_models())}
    return sorted(keys, key=lambda key: (order[key[0]], str(key[1])))
