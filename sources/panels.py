"""What rooms above this one know about a source, for its page, without this room knowing them.

    @panels.register
    def record(user: User, source: Source) -> Panel | None: ...

A provider shows only what `user` may know of, in a fixed number of queries; None where it has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from newsroom.models import User
from sources.models import Source


@dataclass(frozen=True)
class Panel:
    """`template` is given the panel as `panel`."""

    title: Any
    template: str
    content: Any


Provider: TypeAlias = Callable[[User, Source], Panel | None]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    _providers.append(provider)
    return provider


def panels_of(user: User, source: Source) -> list[Panel]:
    return [panel for provider in _providers if (panel := provider(user, source)) is not None]
