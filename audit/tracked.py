"""The tables that have a history, by the models."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from audit.models import BoundToAct, OnlyGrows


@dataclass(frozen=True)
class Tracked:
    """A table of the product and its history. `columns` are those both have; others of `live` are queue state.

    A table that `only_grows` is guarded as its history is.
    """

    live: str
    history: str
    key: str
    columns: tuple[str, ...]
    only_grows: bool = False


def history_models() -> list[Any]:
    """Every model of row history, by the name of its table."""
    found = (model for model in apps.get_models() if issubclass(model, BoundToAct))
    return sorted(found, key=lambda model: str(model._meta.db_table))


def tracked_tables() -> list[Tracked]:
    found = []
    for model in history_models():
        live = model.instance_type._meta
        ours = {field.column for field in live.concrete_fields}
        kept = sorted(ours & {field.column for field in model._meta.concrete_fields})
        grows = issubclass(model.instance_type, OnlyGrows)
        found.append(Tracked(live.db_table, model._meta.db_table, live.pk.column, tuple(kept), grows))
    return found
