"""The one way to write.

    with audit.act("claim.rule", actor=actor, case=claim.case, reason=rationale) as act:
        ...

The block is a transaction. Every history row written in it is bound to the act, and the act with the digests of these
rows to the ledger; a tracked row written outside of a block raises `UnrecordedWriteError` before it reaches the
database. Acts do not nest: what two acts share is a plain function that both call.

Many objects of one kind are written by `create_many`. After its block an act holds the head of the ledger until the
transaction ends, so nothing that others may hold is locked after it. Work that takes several acts decides what they are
first, and holds the cases they name; or gives each a transaction of its own.

What must follow from any act that touched certain rows, whoever wrote it (numbers derived from them are out of date),
is said once, with `at_the_end`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from audit import current
from audit.current import UnrecordedWriteError
from audit.models import Act

__all__ = ["NestedActError", "UnrecordedWriteError", "act", "at_the_end", "coming_from", "create_many"]

_origin: ContextVar[str] = ContextVar("origin", default="")

Listener = Callable[[Act, Sequence[Any]], None]
_listeners: list[Listener] = []


def at_the_end(listener: Listener) -> Listener:
    """Call `listener(act, rows)` at the end of every act, inside it, with the history rows written so far."""
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
    is_system = isinstance(actor, str)
    with transaction.atomic():
        number, at = _number_and_time()
        recorded = Act(
            id=number,
            name=name,
            at=at,
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
            tables = sorted({row._meta.db_table for row in current.rows.get()})
        finally:
            current.act.reset(act_token)
            current.rows.reset(rows_token)
        # Last, so that the act can hold what was only known at its end; the rows' foreign keys are checked from there.
        _append(recorded, tables)


def create_many(objects: Sequence[Any]) -> list[Any]:
    """Write many new objects of one model and their history rows, in as few statements as that takes."""
    if not objects:
        return []
    model: Any = type(objects[0])
    recorded = current.act_writing(f"{len(objects)} of {model._meta.label}")
    written: list[Any] = model._default_manager.bulk_create(objects)
    rows = model.history.bulk_history_create(
        written,
        default_user=recorded.actor,
        default_date=recorded.at,
        default_change_reason=recorded.reason or None,
        custom_historical_attrs={"act_id": recorded.pk},
    )
    current.rows.get().extend(rows)
    return written


def _append(done: Act, tables: Sequence[str]) -> None:
    """One statement: the row of the act and its entry in the ledger."""
    who: list[Any] = [done.actor_id, done.actor_name, done.on_behalf_of_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[])",
            [done.pk, done.name, done.at, *who, done.case_id, done.reason, done.origin, [*tables]],
        )
    done._state.adding = False


def _number_and_time() -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_act_id_seq'), statement_timestamp()")
        number, at = cursor.fetchone()
    return number, at


@contextmanager
def coming_from(origin: str) -> Iterator[None]:
    """Say where acts inside this block come in: `page <request>`, `command import_case`, `task <id>`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
