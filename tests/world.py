"""One of everything, in a restricted case: what the permission matrix walks over. Extend it with each new thing."""

from dataclasses import dataclass

from newsroom.models import Case
from tests.cast import Cast, restricted_case
from tests.verification import make
from verification.models import Claim


@dataclass(frozen=True)
class World:
    cast: Cast
    case: Case
    claim: Claim


def build(cast: Cast) -> World:
    case = restricted_case(cast)
    return World(cast=cast, case=case, claim=make.claim(cast, case))
