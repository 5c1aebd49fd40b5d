"""A view cannot hold an object it was not allowed to have: whoever loads, checks.

What a person may not know of does not exist: 404, word for word the answer to a number nobody ever gave out.
"""

from typing import Any, Protocol, TypeVar

from django.db import DataError, models
from django.http import Http404

from newsroom import permits
from newsroom.models import User

M = TypeVar("M", bound=models.Model, covariant=True)


class VisibleTo(Protocol[M]):
    def visible_to(self, user: User) -> "models.QuerySet[M]": ...


def load(things: VisibleTo[M], user: Any, /, **lookup: Any) -> M:
    """The one thing that matches `lookup` and that `user` may know of. Raises Http404."""
    try:
        return things.visible_to(user).get(**lookup)
    except (models.ObjectDoesNotExist, ValueError, TypeError, DataError) as error:  # DataError: a NUL in a name
        raise Http404 from error


def load_for(act: str, things: VisibleTo[M], user: Any, /, **lookup: Any) -> M:
    """The same, for a page that leads to `act`. Raises Http404 for strangers, `permits.Denied` for the wrong role."""
    thing = load(things, user, **lookup)
    permits.require(user, act, thing)
    return thing
