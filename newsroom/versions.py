"""Two people editing the same thing: the second is told what changed meanwhile and decides; nothing is lost silently.

A form carries the `version` it was filled in from, an action compares it under the row's lock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit import telling


@dataclass(frozen=True)
class ChangedField:
    """One field that somebody else changed: its label, and the stored values then and now."""

    name: str
    label: str
    before: Any
    now: Any


class Stale(Exception):
    """Somebody else changed `current` since the form was opened: `who`, when (`at`), and which fields."""

    def __init__(self, current: Any, who: str, at: datetime, changes: tuple[ChangedField, ...]) -> None:
        super().__init__(f"{current} was changed by {who}.")
        self.current = current
        self.who = who
        self.at = at
        self.changes = changes


def check(current: Any, version: int) -> None:
    """Raise `Stale` unless `current`, locked and freshly read, still is at `version`."""
    if current.version == version:
        return
    latest = current.history.select_related("act__actor").latest("history_id")
    then = current.history.filter(version__lte=version).order_by("-history_id").first()
    raise Stale(current, telling.who(latest.act), latest.act.at, _changes(then, current) if then else ())


def _changes(then: Any, current: Any) -> tuple[ChangedField, ...]:
    return tuple(
        ChangedField(field.name, str(field.verbose_name), before, now)
        for field in then.tracked_fields
        if field.name != "version"
        and (before := getattr(then, field.attname)) != (now := getattr(current, field.attname))
    )
