"""Triggers that a room has put on its own tables: these are ours, and whatever else acts on a tracked table is not.

A room says with `ours` the SQL by which its migrations made them, so that there is one place that knows them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE ([A-Z ]+?) ON (\w+)\s+FOR EACH (ROW|STATEMENT) EXECUTE FUNCTION (\w+)\((?:'(\w+)')?\)"
)
# Of pg_trigger.tgtype: for each row, and when.
ROW, BEFORE = 1, 2
_ON = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ours: list[str] = []


@dataclass(frozen=True)
class Guard:
    """`kind` is when it fires, `argument` what its function is given. All of them are to fire ALWAYS, so also where
    `session_replication_role` would have left them out."""

    kind: int
    function: str
    argument: str = ""


def ours(sql: str) -> None:
    _ours.append(sql)


def made() -> Iterator[str]:
    """The SQL that rooms have named."""
    yield from _ours


def on(table: str) -> dict[str, Guard]:
    """By the name of the trigger."""
    return {
        name: Guard(_kind(events, each), f"public.{function}", argument)
        for sql in _ours
        for name, events, where, each, function, argument in _TRIGGER.findall(sql)
        if where == table
    }


def _kind(events: str, each: str) -> int:
    return BEFORE + (ROW if each == "ROW" else 0) + sum(_ON[event] for event in events.split(" OR "))
