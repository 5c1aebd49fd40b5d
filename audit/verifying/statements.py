"""What an entry says, read with suspicion: whoever could write it wrote what they liked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEMBERS = (
    "act", "actor", "actor_name", "adopted", "at", "case", "name", "on_behalf_of", "origin", "reason", "recorded_at",
    "rows", "version",
)  # fmt: skip
VERSION = 1
Digests = list[list[Any]]
encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True)
class Rows:
    """The rows an act wrote into one table: `history_id`, key of the object, kind of change, digest."""

    shape: int
    digests: Digests
    table: str


def read(content: bytes) -> dict[str, Any] | None:
    """The members of a statement of the form we know, `rows` as `Rows`; None for anything else."""
    try:
        said = json.loads(content)
        if tuple(said) != MEMBERS or said["version"] != VERSION or type(said["act"]) is not int:
            return None
        if type(said["adopted"]) is not bool or encode(said).encode() != content:
            return None
        said["rows"] = [_rows(**each) for each in said["rows"]]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    tables = [each.table for each in said["rows"]]
    return said if tables == sorted(set(tables)) else None


def _rows(columns: int, digests: Digests, table: str) -> Rows:
    if type(columns) is not int or type(table) is not str or not digests:
        raise ValueError
    for history_id, key, kind, digest in digests:
        if type(history_id) is not int or not type(key) is type(kind) is type(digest) is str:
            raise ValueError
    return Rows(columns, digests, table)
