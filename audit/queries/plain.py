"""Acts as plain rows and documents, for a spreadsheet or another program. What is withheld stays withheld.

for told in every(acts, reader=user, withheld=…, most=10_000):
    document(told), list(rows(told))
"""

from collections.abc import Callable, Collection, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from audit import telling
from audit.models import Act
from audit.queries import story
from audit.queries.changes import Change
from audit.queries.story import Told
from audit.queries.trail import Trail
from audit.queries.values import FieldChange

AT_ONCE = 500
COLUMNS = (
    "ledger_index",
    "act",
    "name",
    "at",
    "who",
    "on_behalf_of",
    "done",
    "case",
    "reason",
    "origin",
    "withheld",
    "change",
    "what",
    "object",
    "field",
    "before",
    "after",
)


def every(
    trail: Trail,
    *,
    reader: Any,
    about: Any,
    before: int | None,
    withheld: Callable[[Collection[Act]], Collection[int]],
    most: int,
) -> Iterator[Told]:
    """Latest first, each whole, read `AT_ONCE` at a time: what is held does not grow with how much there is."""
    while most > 0:
        page = story.read(trail, reader=reader, about=about, before=before, withheld=withheld, size=min(AT_ONCE, most))
        for told in page.acts:
            yield story.whole(told, reader=reader, about=about) if told.left_out else told
        if page.older is None:
            return
        before, most = page.older, most - len(page.acts)


def document(told: Told) -> dict[str, Any]:
    """As JSON has it."""
    return {**_act(told), "changes": [_change(change) for change in told.changes]}


def rows(told: Told) -> Iterator[list[Any]]:
    """In the order of `COLUMNS`: a row for each field that changed, and one for an act or an object without any."""
    act = list(_act(told).values())
    if not told.changes:
        yield [*act, *[""] * (len(COLUMNS) - len(act))]
    for change in told.changes:
        begun = [*act, change.kind.value, change.what, change.name]
        yield from ([*begun, *_field(field).values()] for field in change.fields)
        if not change.fields:
            yield [*begun, "", "", ""]


def _act(told: Told) -> dict[str, Any]:
    act = told.act
    return {
        "ledger_index": told.vouch.index if told.vouch else None,
        "act": act.pk,
        "name": act.name,
        "at": act.at.isoformat(),
        "who": telling.who(act),
        "on_behalf_of": act.on_behalf_of.name if act.on_behalf_of else "",
        "done": told.entry.in_words,
        "case": act.case.slug if act.case else "",
        "reason": "" if told.withheld else act.reason,
        "origin": act.origin,
        "withheld": told.withheld,
    }


def _change(change: Change) -> dict[str, Any]:
    fields = [_field(field) for field in change.fields]
    return {"change": change.kind.value, "what": change.what, "object": change.name, "fields": fields}


def _field(field: FieldChange) -> dict[str, str]:
    before, after = (_words(value) if field.is_sentence else str(value) for value in (field.before, field.after))
    return {"field": field.label, "before": before, "after": after}


def _words(markup: str) -> str:
    return unescape(strip_tags(markup))
