"""How much of an act a page tells: an import writes thousands of rows, and a claim's history is about the claim.

Only rows of the thing the page is about are told, and of each act no more than a reader will read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from audit import telling
from audit.models import Act
from audit.queries.subjects import Touched, whole_of
from audit.telling import Model

MOST = 20
"""Objects of one act that are told; how many more there are is said."""


def within(of_all: Iterable[Touched], thing: Any) -> list[Touched]:
    """What is `thing`, or part of it, or part of a part of it (a hop is part of evidence, evidence of a claim).

    An act that only touched it from outside (another work was derived from it) is told whole.
    """
    rows = list(of_all)
    inside: set[tuple[Model, Any]] = {(type(thing), thing.pk)}
    grew = True
    while grew:
        parts = {(each.model, each.pk) for each in rows if (whole_of(each.model), each.whole) in inside}
        grew = not parts <= inside
        inside |= parts
    acts = {each.act_id for each in rows if (each.model, each.pk) in inside}
    return [each for each in rows if each.act_id not in acts or (each.model, each.pk) in inside]


def bounded(of_all: Collection[Touched], acts: Collection[Act]) -> tuple[list[Touched], dict[int, int]]:
    """The first `MOST` objects of each act, with their parts, and how many objects of an act were left out."""
    about = {act.pk: telling.about(act) for act in acts}
    order = {model: place for place, model in enumerate(telling.known_models())}
    told: dict[int, set[tuple[Model, Any]]] = defaultdict(set)
    left_out: dict[int, int] = defaultdict(int)
    whole = [each for each in of_all if not telling.rows_of(each.model).within]
    for each in sorted(whole, key=lambda each: (each.model is not about[each.act_id], order[each.model], str(each.pk))):
        if len(told[each.act_id]) < MOST:
            told[each.act_id].add((each.model, each.pk))
        elif (each.model, each.pk) not in told[each.act_id]:
            left_out[each.act_id] += 1
    kept = [
        each
        for each in of_all
        if (each.model, each.pk) in told[each.act_id]
        or (telling.rows_of(each.model).within and (whole_of(each.model), each.whole) in told[each.act_id])
    ]
    return kept, left_out
