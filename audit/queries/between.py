"""What changed between two moments: rows as they stood at the one and at the other, told as one act would be."""

from collections.abc import Iterable, Mapping
from typing import Any

from audit import telling
from audit.queries.changes import Change, told
from audit.queries.versions import Step
from audit.telling import Composition, Model

Key = tuple[Model, Any]


def between(
    before: Iterable[Any], after: Iterable[Any], *, reader: Any, composed: Mapping[Key, Composition]
) -> list[Change]:
    """In the order in which the models are told. `composed` is what several rows say together, by object."""
    then, now = ({(type(row), row.pk): row for row in rows} for rows in (before, after))
    order = {model: place for place, model in enumerate(telling.known_models())}
    steps = [
        Step(0, model, pk, then.get((model, pk)), now.get((model, pk)))
        for model, pk in sorted({**then, **now}, key=lambda key: (order[key[0]], str(key[1])))
        if not telling.rows_of(model).within
    ]
    compositions = {(model, 0, pk): said for (model, pk), said in composed.items()}
    return [change for _act, change in told(steps, compositions, reader=reader)]
