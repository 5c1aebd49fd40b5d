"""Two people editing the same thing: the second is told what changed meanwhile and decides; nothing is lost silently.

A form carries the `version` it was filled in from, an action compares it under the row's lock.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ChangedField:
    """One field that somebody else changed: the label to show, what stood when the form was opened, what stands now."""

    name: str
    label: str
    before: str
    now: str


class Stale(Exception):
    """Somebody else changed `current` since the form was opened."""

    def __init__(self, current: Any, by: str, changes: tuple[ChangedField, ...]) -> None:
        super().__init__(f"{current} was changed by {by}.")
        self.current = current
        self.by = by
        self.changes = changes


def check(current: Any, version: int) -> None:
    """Raise `Stale` unless `current`, locked and freshly read, still is at `version`."""
    if current.version == version:
        return
    then = current.history.filter(version__lte=version).order_by("-history_id").first()
    latest = current.history.select_related("act").order_by("-history_id").first()
    raise Stale(current, latest.act.actor_name if latest else "", _differences(then, current))


def _differences(then: Any, current: Any) -> tuple[ChangedField, ...]:
    if then is None:
        return ()
    skipped = {"id", "version"}
    changed = []
    for field in then.tracked_fields:
        if field.name in skipped:
            continue
        before, now = getattr(then, field.attname), getattr(current, field.attname)
        if before != now:
            changed.append(ChangedField(field.name, str(field.verbose_name), str(before or ""), str(now or "")))
    return tuple(changed)
