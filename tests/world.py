"""One of everything, in a restricted case: what the permission matrix walks over. Extend it with each new thing."""

from dataclasses import dataclass

from newsroom.models import Case
from tests.cast import Cast, restricted_case


@dataclass(frozen=True)
class World:
    cast: Cast
    case: Case


def build(cast: Cast) -> World:
    return World(cast=cast, case=restricted_case(cast))
