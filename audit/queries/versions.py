"""The history rows acts wrote, each with the row of the same object before it: two queries for each kind of object."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from audit.queries.subjects import Touched
from audit.telling import Model

REMOVED = "-"


@dataclass(frozen=True, slots=True)
class Step:
    """What one act made of one object. `before` is None where it came into being, `after` where it was removed."""

    act_id: int
    model: Model
    pk: Any
    before: Any
    after: Any


def steps(act_ids: Collection[int], of_all: Iterable[Touched]) -> list[Step]:
    """In the order in which they were written within a kind of object."""
    numbers: dict[Model, set[Any]] = defaultdict(set)
    for each in of_all:
        numbers[each.model].add(each.pk)
    return [step for model, wanted in numbers.items() for step in _of_one_kind(model, act_ids, wanted)]


def _of_one_kind(model: Any, act_ids: Collection[int], wanted: Collection[Any]) -> list[Step]:
    pk = model._meta.pk.attname
    earlier = model.history.filter(**{pk: OuterRef(pk)}, history_id__lt=OuterRef("history_id"))
    earlier = earlier.order_by("-history_id").values("history_id")[:1]
    touched = model.history.filter(act__in=act_ids, **{f"{pk}__in": wanted})
    rows = list(touched.annotate(earlier=Subquery(earlier)).order_by("history_id"))
    versions = {row.history_id: row for row in rows}
    beyond = {row.earlier for row in rows} - versions.keys() - {None}
    versions |= model.history.model.objects.in_bulk(list(beyond))
    found: dict[tuple[int, Any], Step] = {}
    for row in rows:
        key = row.act_id, getattr(row, pk)
        # An act may write an object more than once: what counts is how it was before and how it is after.
        before = found[key].before if key in found else _standing(versions.get(row.earlier))
        found[key] = Step(*key[:1], model, key[1], before, _standing(row))
    return list(found.values())


def _standing(row: Any) -> Any:
    return None if row is None or row.history_type == REMOVED else row
