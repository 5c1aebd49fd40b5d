"""The one way to write.

    with audit.act("claim.rule", actor=actor, case=claim.case, reason=rationale) as act:
        ...

The block is a transaction. Every tracked row written in it is copied into its history when the block ends, as it then
stands in the database, and the act is bound to the ledger with the digests of these copies. A tracked row written
outside of a block raises `UnrecordedWriteError`. Acts do not nest: what two acts share is a plain function that both
call.

Many objects of one kind are written by `create_many`. After its block an act holds the head of the ledger until the
transaction ends, so nothing that others may hold is locked after it. Work that takes several acts decides what they are
first, and holds the cases they name; or gives each a transaction of its own.

What must follow from any act that touched certain rows, whoever wrote it (numbers derived from them are out of date),
is said once, with `at_the_end`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from audit import current
from audit.current import UnrecordedWriteError
from audit.models import Act
from audit.models.history import as_written

__all__ = ["NestedActError", "UnrecordedWriteError", "act", "at_the_end", "coming_from", "create_many"]

_origin: ContextVar[str] = ContextVar("origin", default="")

Listener = Callable[[Act, Sequence[Any]], None]
_listeners: list[Listener] = []


def at_the_end(listener: Listener) -> Listener:
    """Call `listener(act, rows)` at the end of every act, inside it, with a history row of each write so far."""
    _listeners.append(listener)
    return listener


class NestedActError(RuntimeError):
    """An act was begun inside another one."""


@contextmanager
def act(name: str, *, actor: Any, case: Any = None, reason: str = "", on_behalf_of: Any = None) -> Iterator[Act]:
    """Do one thing as `actor`: a person, or the name of the part of the system that acts by itself.

    Where a part of the system acts because a person asked for it, the act is done `on_behalf_of` that person.
    `case` is where it belongs in the record; what belongs to the newsroom as a whole has none. It may also be set on
    the act before the block ends, where the case only comes into being inside it. Times are the database's.
    """
    if current.act.get() is not None:
        raise NestedActError(f"{name} was begun inside {current.act.get()}.")
    is_system, is_all = isinstance(actor, str), not connection.in_atomic_block
    with transaction.atomic():
        recorded = Act.begun(
            name=name,
            actor=None if is_system else actor,
            actor_name=actor if is_system else actor.name,
            on_behalf_of=on_behalf_of,
            case=case,
            reason=reason,
            origin=_origin.get(),
        )
        act_token, rows_token = current.act.set(recorded), current.rows.set([])
        try:
            yield recorded
            for listener in _listeners:
                listener(recorded, tuple(current.rows.get()))
            rows = current.rows.get()
        finally:
            current.act.reset(act_token)
            current.rows.reset(rows_token)
        # Last, so that the act can hold what was only known at its end; foreign keys are checked from there.
        _append(recorded, rows, and_commit=is_all)


def create_many(objects: Sequence[Any]) -> list[Any]:
    """Write many new objects of one model, in as few statements as that takes."""
    if not objects:
        return []
    model: Any = type(objects[0])
    current.act_writing(f"{len(objects)} of {model._meta.label}")
    written: list[Any] = model._default_manager.bulk_create(objects)
    current.rows.get().extend(as_written(each, "+") for each in written)
    return written


def _append(done: Act, rows: Sequence[Any], *, and_commit: bool) -> None:
    """One statement: the row of the act, copies of what it wrote, and its entry in the ledger.

    An act that is all of its transaction has the COMMIT sent along, which saves one of four ways to the database and
    back. If the statement fails, PostgreSQL leaves it out; Django, which commits next, finds nothing left to commit.
    """
    known: list[Any] = [done.pk, done.at] if done.is_numbered else [None, None]
    said: list[Any] = [done.name, done.actor_id, done.actor_name, done.on_behalf_of_id, done.case_id, done.reason]
    kinds = _kinds(rows)
    with connection.cursor() as cursor:
        with connection.wrap_database_errors, connection.connection.pipeline() if and_commit else nullcontext():
            cursor.execute(
                "SELECT * FROM audit_append(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[], %s::jsonb[])",
                [*known, *said, done.origin, _array(kinds), _array(json.dumps(each) for each in kinds.values())],
            )
            if and_commit:
                connection.connection.execute("COMMIT")
        done.number(*cursor.fetchone())
    done._state.adding = False


def _array(texts: Iterable[str]) -> str:
    """As PostgreSQL writes one; psycopg takes longer over two lists than over the rest of the statement."""
    return f"{{{','.join(json.dumps(each, ensure_ascii=False) for each in texts)}}}"


def _kinds(rows: Sequence[Any]) -> dict[str, dict[str, str]]:
    """By the name of the history table, in the order of these names: was it made, changed or removed, by key."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        kinds = found.setdefault(row._meta.db_table, {})
        key = str(getattr(row, row.instance_type._meta.pk.attname))
        kinds[key] = "+" if kinds.get(key) == "+" and row.history_type == "~" else row.history_type
    return dict(sorted(found.items()))


@contextmanager
def coming_from(origin: str) -> Iterator[None]:
    """Say where acts inside this block come in: `page <request>`, `command import_case`, `task <id>`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
