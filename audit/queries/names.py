"""Names of the objects a page mentions, in the active language, one query for each kind of them.

What the reader may not know of has no name here: where a model's queryset knows `visible_to`, it is asked.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit import telling
from audit.telling import Model


class Names:
    """`names[Source, 12]` is its name, `names.page(Source, 12)` its address; all of `wanted` are loaded at once.

    `language` is the one they are in, for whoever keeps words by language: a long history would ask for it at each.
    """

    def __init__(self, wanted: Iterable[tuple[Model, Any]], reader: Any) -> None:
        self.language = get_language()
        keys: dict[Model, set[Any]] = defaultdict(set)
        for model, pk in wanted:
            keys[model].add(pk)
        self._said: dict[tuple[Model, Any], tuple[str, str]] = {}
        self._found = {model: _known(model, reader).in_bulk(list(pks)) for model, pks in keys.items()}

    def __getitem__(self, key: tuple[Model, Any]) -> str:
        return self._words(key)[0]

    def page(self, model: Model, pk: Any) -> str:
        return self._words((model, pk))[1]

    def _words(self, key: tuple[Model, Any]) -> tuple[str, str]:
        """Its name and its address, found once: a long history is of few things."""
        if key not in self._said:
            thing, rows = self.thing(*key), telling.rows_of(key[0])
            if thing is None:
                self._said[key] = _("something you may not see"), ""
            else:
                self._said[key] = str(rows.name(thing)), rows.page(thing) if rows.page else ""
        return self._said[key]

    def thing(self, model: Model, pk: Any) -> Any:
        return self._found.get(model, {}).get(pk)


def _known(model: Model, reader: Any) -> Any:
    things = model._default_manager.all()
    return things.visible_to(reader) if hasattr(things, "visible_to") else things
