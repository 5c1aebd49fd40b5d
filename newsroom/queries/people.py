"""What people are called: those behind rows read as they stood, and who is about to be called another name."""

from collections.abc import Iterable
from typing import Any

from audit.queries import feed
from newsroom.models import User
from newsroom.queries.record import acts_of

SOME = 3


def name_people(rows: Iterable[Any]) -> None:
    """Fill in every person these rows point at. One query."""
    named = [
        (row, field)
        for row in rows
        for field in row._meta.concrete_fields
        if field.related_model is User and getattr(row, field.attname) is not None
    ]
    people = User.objects.in_bulk({getattr(row, field.attname) for row, field in named})
    for row, field in named:
        setattr(row, field.name, people[getattr(row, field.attname)])


def told_of(person: User, reader: User) -> list[feed.Entry]:
    """The latest of what `person` did, as it is told under the name they have in memory."""
    acts = [act for act in acts_of(person, reader).latest(SOME * SOME) if act.actor_id == person.pk][:SOME]
    for act in acts:
        act.actor = person
    return feed.in_words(acts)
