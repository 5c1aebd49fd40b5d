"""Which fields of an object its history tells."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from audit import telling
from audit.telling import Model


@cache
def facts(model: Any) -> tuple[Any, ...]:
    """The fields that say something about an object: no number, no version, nothing its history leaves out."""
    hidden = telling.rows_of(model).hidden
    tracked = {field.name for field in model.history.model.tracked_fields} - hidden
    return tuple(
        field for field in model._meta.fields if field.name in tracked and field.editable and not field.primary_key
    )


@cache
def naming(model: Model) -> tuple[Any, ...]:
    """The fields that name an object which has no name of its own, and the one that names what it is part of."""
    rows = telling.rows_of(model)
    return tuple(model._meta.get_field(name) for name in (*rows.named_by, rows.of) if name)


@cache
def pointing(model: Model) -> tuple[Any, ...]:
    """Those that name other objects."""
    return tuple(field for field in dict.fromkeys((*facts(model), *naming(model))) if field.is_relation)


@cache
def read(model: Model) -> tuple[Any, ...]:
    """All that telling a version takes: these, and the languages its texts are in."""
    languages = (model._meta.get_field(name) for name in telling.rows_of(model).written_in.values())
    return tuple(dict.fromkeys((*facts(model), *naming(model), *languages)))


def mentioned(model: Model, row: Any) -> Iterator[tuple[Model, Any]]:
    """The objects a row points at."""
    for field in pointing(model):
        if (number := getattr(row, field.attname)) is not None:
            yield field.related_model, number
