"""What is on record between sources and was not withdrawn, in two queries."""

from collections.abc import Iterable

from sources.models import Affiliation, Derivation


class Standing:
    def __init__(self, sources: Iterable[int]) -> None:
        ids = set(sources)
        between = Derivation.objects.standing().filter(downstream__in=ids, upstream__in=ids)
        self.derivations = list(between.order_by("pk"))
        self._controllers: dict[int, list[int]] = {}
        for held in Affiliation.objects.standing().filter(source__in=ids, controller__in=ids).order_by("pk"):
            self._controllers.setdefault(held.source_id, []).append(held.controller_id)

    def controllers(self, source: int) -> list[int]:
        return self._controllers.get(source, [])
