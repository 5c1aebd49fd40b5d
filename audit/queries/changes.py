"""What acts changed, field by field, in labels and values that people read.

found = changes(acts, touched(ids), reader=request.user)
for change in found[act.pk]:
    change.kind, change.what, change.name, change.fields
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from audit import telling
from audit.models import Act
from audit.queries.facts import mentioned
from audit.queries.names import Names
from audit.queries.subjects import Touched
from audit.queries.values import FieldChange, compared
from audit.queries.versions import Step, differing, steps
from audit.telling import Composition, Model


class Kind(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one object: `what` kind of thing it is, its `name` and `page`, and each field that changed.

    `part_of` names what it is part of, where it is part of something.
    """

    kind: Kind
    what: str
    name: str
    page: str
    part_of: str
    fields: tuple[FieldChange, ...]


def changes(acts: Collection[Act], of_all: Collection[Touched], *, reader: Any) -> dict[int, list[Change]]:
    """By the act's number. Rows without a difference one can read (a version counted up) are left out."""
    by_act = {act.pk: act for act in acts}
    order = {model: place for place, model in enumerate(telling.known_models())}
    found = [step for step in steps([*by_act], of_all) if not telling.rows_of(step.model).within]
    found.sort(key=lambda step: (step.model is not telling.about(by_act[step.act_id]), order[step.model]))
    by_number: dict[int, list[Change]] = defaultdict(list)
    for act_id, change in told(
        found, _compositions(of_all), reader=reader, reasons={act.pk: act.reason for act in acts}
    ):
        by_number[act_id].append(change)
    return by_number


def told(
    found: Collection[Step],
    compositions: Mapping[tuple[Model, int, Any], Composition],
    *,
    reader: Any,
    reasons: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[tuple[int, Change]]:
    """These steps in their order, each with its act's number. What an act gave as its reason is not said again."""
    names = Names((target for step in found for target in _mentioned(step)), reader)
    for step in found:
        composition = compositions.get((step.model, step.act_id, step.pk))
        change = _change(step, reasons.get(step.act_id, ""), names, composition)
        if change.fields or change.kind is not Kind.CHANGED:
            yield step.act_id, change


def _compositions(of_all: Collection[Touched]) -> dict[tuple[Model, int, Any], Composition]:
    """What several rows say together: of the objects touched, and of those a part of which was."""
    found = {}
    for model in telling.known_models():
        if composed := telling.rows_of(model).composed:
            pairs = {(each.act_id, each.pk) for each in of_all if each.model is model}
            found.update({(model, *pair): told for pair, told in composed(pairs).items()})
    return found


def _mentioned(step: Step) -> Iterator[tuple[Model, Any]]:
    if not telling.rows_of(step.model).named_by:
        yield step.model, step.pk
    for row in filter(None, (step.before, step.after)):
        yield from mentioned(step.model, row)


def _change(step: Step, said: str, names: Names, composition: Composition | None) -> Change:
    rows, now = telling.rows_of(step.model), names.thing(step.model, step.pk)
    gone = rows.no_longer_shown(now) if rows.no_longer_shown and now is not None else ()
    fields = [
        change
        for field, old, new in differing(step)
        if field.name not in gone
        for change in compared(field, old, new, step, names, said=said)
    ]
    if composition is not None and composition.before != composition.after:
        fields.insert(0, FieldChange(composition.label, composition.before, composition.after, is_sentence=True))
    return Change(
        kind=Kind.CREATED if step.before is None else Kind.REMOVED if step.after is None else Kind.CHANGED,
        what=_kind(step.model, names.language),
        name=_name(step, rows, names),
        page=names.page(step.model, step.pk),
        part_of=_whole(step, rows, names),
        fields=tuple(fields),
    )


@cache
def _kind(model: Model, language: str | None) -> str:
    """What such a thing is called in the active language, which is `language`."""
    return str(model._meta.verbose_name)


def _name(step: Step, rows: telling.Rows, names: Names) -> str:
    if not rows.named_by:
        return names[step.model, step.pk]
    row = step.after or step.before
    said = (_called(step.model._meta.get_field(name), row, names) for name in rows.named_by)
    return " · ".join(name for name in said if name)


def _whole(step: Step, rows: telling.Rows, names: Names) -> str:
    row = step.after or step.before
    if not rows.of or rows.of in rows.named_by or row is None:
        return ""
    return _called(step.model._meta.get_field(rows.of), row, names)


def _called(field: Any, row: Any, names: Names) -> str:
    value = getattr(row, field.attname)
    return names[field.related_model, value] if field.is_relation and value is not None else str(value or "")
