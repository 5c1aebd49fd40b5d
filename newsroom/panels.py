"""What rooms above a page know about the thing it shows, without the page's room knowing them.

    on_sources: Panels[Source] = Panels()                                # in the room of the page

    @on_sources.register                                                 # in a room above it
    def record(user: User, source: Source) -> Panel | None: ...

A provider shows only what `user` may know of, in a fixed number of queries; None where it has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from newsroom.models import User

T = TypeVar("T")


@dataclass(frozen=True)
class Panel:
    """`template` is given the panel as `panel`."""

    title: Any
    template: str
    content: Any


Provider: TypeAlias = Callable[[User, T], Panel | None]


class Panels(Generic[T]):
    """Those of one kind of page, in the order in which the rooms are ready."""

    def __init__(self) -> None:
        self._providers: list[Provider[T]] = []

    def register(self, provider: Provider[T]) -> Provider[T]:
        self._providers.append(provider)
        return provider

    def of(self, user: User, thing: T) -> list[Panel]:
        return [panel for provider in self._providers if (panel := provider(user, thing)) is not None]
