"""Which pages a verification's findings are about, of those a reader may know of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from audit import telling
from audit.verifying.findings import Finding
from newsroom.models import User


@dataclass(frozen=True)
class Place:
    name: str | SafeString
    url: str


def places(findings: Iterable[Finding], reader: User) -> Mapping[Finding, Place]:
    """One query for each kind of thing. What `reader` may not know of, and what has no page, has no place."""
    models = {table: model for model in telling.known_models() for table in _tables(model)}
    wanted: dict[Any, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        model = models.get(finding.table)
        if model is not None and finding.object and telling.rows_of(model).page and _key(model, finding.object):
            wanted[model][finding.object].append(finding)
    found = {}
    for model, by_key in wanted.items():
        rows = telling.rows_of(model)
        for thing in _visible(model, reader).filter(pk__in=list(by_key)):
            url = rows.page(thing) if rows.page else ""
            for finding in by_key[str(thing.pk)]:
                found[finding] = Place(rows.name(thing), url)
    return found


def _tables(model: Any) -> Iterable[str]:
    return model._meta.db_table, model.history.model._meta.db_table


def _visible(model: Any, reader: User) -> Any:
    manager = model._default_manager
    return manager.visible_to(reader) if hasattr(manager.all(), "visible_to") else manager.none()


def _key(model: Any, said: str) -> bool:
    """What was tampered with may not even be a key."""
    try:
        model._meta.pk.to_python(said)
    except ValidationError:
        return False
    return True
