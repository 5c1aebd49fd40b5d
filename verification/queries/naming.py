"""The steps of a chain that are on record already, as derivations of whole works."""

from newsroom.models import Case, User
from sources.models import Derivation, Source, Standing
from verification.domain.chains import LONGEST
from verification.models import HopKind


def recorded_steps(
    user: User, case: Case, downstream: Source | None = None, derivation_id: int = 0
) -> list[Derivation]:
    """The standing derivations a chain can take as a step: all of `downstream`, or the one with that number."""
    usable = Source.objects.visible_to(user).usable_in(case)
    standing = Derivation.objects.standing().filter(upstream__in=usable, downstream__in=usable, kind__in=HopKind.values)
    wanted = standing.filter(downstream=downstream) if downstream else standing.filter(pk=derivation_id)
    return list(wanted.select_related("upstream", "downstream"))


def known_steps(user: User, case: Case, carrier: Source | None) -> list[Derivation]:
    """What lies behind a carrier, up to where the record knows nothing more, or more than one thing, or disputes it."""
    found: list[Derivation] = []
    passed = {carrier}
    while carrier is not None and len(found) < LONGEST:
        steps = recorded_steps(user, case, carrier)
        if len(steps) != 1 or steps[0].standing == Standing.DISPUTED or steps[0].upstream in passed:
            break
        found += steps
        carrier = steps[0].upstream
        passed.add(carrier)
    return found
