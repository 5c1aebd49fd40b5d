"""The ground of a claim as it stood at a moment, out of the row history.

    weigh_then(claim, at)

Of every row its last version written by then, and what it says then: whether it was withdrawn, what it relied on.
Moments are those of the acts. Chains are climbed step by step, so the number of queries grows with their length, never
with the amount of evidence or the age of the installation.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from sources.models import Affiliation, Derivation, Source, Standing
from sources.queries.relations import Relied
from verification.models import Claim, Evidence, Hop
from verification.queries.corroboration import Weighed, weigh_on
from verification.queries.ground import Record, Stated

M = TypeVar("M", bound=models.Model)


def weigh_then(claim: Claim, at: datetime) -> Weighed:
    return weigh_on(record_then(claim, at), claim)


def claim_then(claim: Claim, at: datetime) -> Claim | None:
    """The claim as it read then; None where it was not yet written."""
    return next(iter(_then(Claim, at, id=claim.pk)), None)


def record_then(claim: Claim, at: datetime) -> Record:
    hops: dict[int, list[Hop]] = defaultdict(list)
    stated = [each for each in _then(Evidence, at, claim_id=claim.pk) if each.withdrawn_at is None]
    for hop in _then(Hop, at, evidence_id__in=[each.pk for each in stated]):
        hops[hop.evidence_id].append(hop)
    chains = [Stated(each, tuple(sorted(hops[each.pk], key=lambda hop: hop.position))) for each in stated]
    relied: dict[int, list[Relied]] = defaultdict(list)

    def above(sources: set[int]) -> Iterable[int]:
        for each in _then(Derivation, at, downstream_id__in=sources):
            if each.standing != Standing.WITHDRAWN:
                relied[each.downstream_id].append(
                    Relied(each.downstream_id, each.upstream_id, each.kind, each.verified_relay)
                )
                yield each.upstream_id

    passed = _climb({source for chain in chains for source in chain.sources}, above)
    known: dict[int, Source] = {}
    controllers: dict[int, list[int]] = defaultdict(list)

    def in_control(sources: set[int]) -> Iterable[int]:
        known.update((each.pk, each) for each in _then(Source, at, id__in=sources))
        held = [(pk, known[pk].publisher_id) for pk in sources if pk in known]
        affiliations = _then(Affiliation, at, source_id__in=sources)
        held += [(each.source_id, each.controller_id) for each in affiliations if each.standing != Standing.WITHDRAWN]
        for source, controller in held:
            if controller is not None and controller not in controllers[source]:
                controllers[source].append(controller)
                yield controller

    _climb(passed, in_control)
    for source in known.values():
        source.publisher = known.get(source.publisher_id or 0)
    return Record({claim.pk: chains}, relied, controllers, known)


def _climb(start: set[int], beyond: Callable[[set[int]], Iterable[int]]) -> set[int]:
    """All that `start` leads to, a layer at a time."""
    found, layer = set(start), set(start)
    while layer:
        layer = set(beyond(layer)) - found
        found |= layer
    return found


def _then(model: type[M], at: datetime, **which: Any) -> list[M]:
    """The rows of `model` that stood at `at`, as unsaved copies. `which` names fields that no version changes."""
    history: Any = model.history  # type: ignore[attr-defined]
    latest = history.filter(history_date__lte=at, **which).order_by("id", "-history_id").distinct("id")
    return [_copy(model, row) for row in latest if row.history_type != "-"]


def _copy(model: type[M], row: Any) -> M:
    # Not `row.instance`: that asks the database for every field that is left out of the history, row by row.
    return model(**{field.attname: getattr(row, field.attname) for field in row.tracked_fields})
