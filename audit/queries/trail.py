"""Which acts a page is about, and the latest of them.

    trail = Trail(acts_known_to(user), (Written(Evidence, "id"), Written(Hop, "evidence")), evidence.pk)
    trail.latest(50, before=1203)

A thing may have been written ten thousand times, and a page shows fifty acts. Which of the latest wrote a row of it is
answered by an index of each table; only then is asked whether the reader may know of them. Where some of those are not
for the reader, or do not fit what the page is narrowed to, all that ever wrote one are gone through instead.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from audit.models import Act
from audit.telling import Model

LAST = 2**63 - 1
_WROTE = 'SELECT DISTINCT "{act}" AS act FROM "{table}" WHERE "{column}" {is_the_thing} AND "{act}" < %s'
_LATEST_FIRST = "({wrote} ORDER BY act DESC LIMIT %s)"
_OF_A_PART = 'IN (SELECT "{key}" FROM "{table}" WHERE "{column}" = %s)'


@dataclass(frozen=True)
class Written:
    """Rows of `model` whose `field` is the thing, or, by a path (`evidence.claim`), is part of it.

    Of `Act` itself: acts with the thing in that field.
    """

    model: Model
    field: str


@dataclass(frozen=True)
class Trail:
    """Of the acts `known` to a reader all, or those that wrote one of these `rows` of the `thing`."""

    known: "QuerySet[Act]"
    rows: tuple[Written, ...] = ()
    thing: Any = None

    def all(self, before: int | None = None) -> "QuerySet[Act]":
        known = self.known if before is None else self.known.filter(pk__lt=before)
        if not self.rows:
            return known
        given = [self.thing, LAST if before is None else before] * len(self.rows)
        return known.filter(pk__in=RawSQL(_every(self.rows), given))  # noqa: S611  # its names are the models' own

    def latest(self, size: int, *, before: int | None = None) -> list[Act]:
        """So many of them, latest first; with `before`, of those before that act."""
        if self.rows:
            numbers = self.numbers(size, before=before)
            found = list(self.known.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [numbers])).order_by("-pk"))
            if len(found) == len(numbers) or len(numbers) < size:
                return found
        return list(self.all(before).order_by("-pk")[:size])

    def narrowed(self, narrow: "Callable[[QuerySet[Act]], QuerySet[Act]]") -> "Trail":
        return replace(self, known=narrow(self.known))

    def numbers(self, size: int, *, before: int | None = None) -> list[int]:
        """The latest acts that wrote one of the rows, whoever may know of them."""
        each = self.thing, LAST if before is None else before, size
        with connection.cursor() as cursor:
            cursor.execute(_latest(self.rows), [*each * len(self.rows), size])
            return [number for (number,) in cursor.fetchall()]


@cache
def _every(rows: tuple[Written, ...]) -> str:
    return " UNION ALL ".join(_wrote(each) for each in rows)


@cache
def _latest(rows: tuple[Written, ...]) -> str:
    each = " UNION ALL ".join(_LATEST_FIRST.format(wrote=_wrote(each)) for each in rows)
    return f"SELECT DISTINCT act FROM ({each}) AS wrote ORDER BY act DESC LIMIT %s"  # noqa: S608  # nothing of it is typed


def _wrote(written: Written) -> str:
    model: Any = written.model
    name, _, beyond = written.field.partition(".")
    field = model._meta.get_field(name)
    table, act = (Act, "id") if model is Act else (model.history.model, "act_id")
    is_the_thing = "= %s"
    if beyond:
        part = field.related_model._meta
        is_the_thing = _OF_A_PART.format(key=part.pk.column, table=part.db_table, column=part.get_field(beyond).column)
    return _WROTE.format(act=act, table=table._meta.db_table, column=field.column, is_the_thing=is_the_thing)
