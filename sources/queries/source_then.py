"""A source as it stood at a moment, with what was asserted of it and archived of it, as far as the reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audit.queries.then import stood
from newsroom.models import User
from newsroom.queries.people import name_people
from sources.models import Affiliation, Capture, Derivation, Source, SourceAssessment
from sources.queries.captures import name_uploads
from sources.queries.known_then import known_then

BULKY = "exchanges", "missing", "redirects"
"""What was fetched for a capture fills pages, and a list of captures shows none of it."""


@dataclass(frozen=True)
class SourceThen:
    """All lists latest first. `grades` are all there were, `standing` the latest on each topic."""

    source: Source
    grades: tuple[SourceAssessment, ...]
    derivations: tuple[Derivation, ...]
    affiliations: tuple[Affiliation, ...]
    captures: tuple[Capture, ...]

    @property
    def standing(self) -> list[SourceAssessment]:
        latest: dict[str, SourceAssessment] = {}
        for grade in self.grades:
            latest.setdefault(grade.topic, grade)
        return [latest[topic] for topic in sorted(latest)]

    @cached_property
    def rows(self) -> list[Any]:
        """What can be compared with another moment."""
        return [self.source, *self.grades, *self.derivations, *self.affiliations, *self.captures]


def read_then(source: Source, moment: int, reader: User) -> SourceThen | None:
    """None where it was not yet registered, as far as the reader may know. A fixed number of queries."""
    then = next(iter(known_then([source.pk], moment, reader)), None)
    if then is None:
        return None
    derivations: list[Any] = _either(Derivation, moment, source, ("downstream", "upstream"))
    affiliations: list[Any] = _either(Affiliation, moment, source, ("source", "controller"))
    ends = {
        getattr(row, f"{end}_id")
        for rows, names in ((derivations, ("downstream", "upstream")), (affiliations, ("source", "controller")))
        for row in rows
        for end in names
    } | {then.publisher_id or source.pk}
    known = {each.pk: each for each in known_then(ends, moment, reader)} | {source.pk: then}
    then.publisher = known.get(then.publisher_id or 0)
    grades = stood(SourceAssessment, moment, "source_id", [source.pk])
    captures = stood(Capture, moment, "source_id", [source.pk], without=BULKY)
    seen = set(Capture.objects.visible_to(reader).filter(source=source).values_list("pk", flat=True))
    found = SourceThen(
        source=then,
        grades=tuple(reversed(grades)),
        derivations=_between_known(derivations, known, ("downstream", "upstream")),
        affiliations=_between_known(affiliations, known, ("source", "controller")),
        captures=tuple(
            sorted((each for each in captures if each.pk in seen), key=lambda each: each.requested_at, reverse=True)
        ),
    )
    name_people(found.rows)
    name_uploads(found.captures)
    return found


def _either(model: Any, moment: int, source: Source, ends: Iterable[str]) -> list[Any]:
    found = {row.pk: row for end in ends for row in stood(model, moment, f"{end}_id", [source.pk])}
    return [found[pk] for pk in sorted(found, reverse=True)]


def _between_known(rows: Iterable[Any], known: dict[int, Source], ends: Iterable[str]) -> tuple[Any, ...]:
    """Those both of whose ends the reader may know of."""
    ends = tuple(ends)
    kept = []
    for row in rows:
        if all(getattr(row, f"{end}_id") in known for end in ends):
            for end in ends:
                setattr(row, end, known[getattr(row, f"{end}_id")])
            kept.append(row)
    return tuple(kept)
