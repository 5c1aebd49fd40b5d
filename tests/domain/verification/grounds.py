"""Grounds made up by hypothesis: small, crowded, with derivations, verified relays, controllers and circles."""

from hypothesis import strategies as st

from verification.domain.corroboration import Derivation, Evidence, Ground, Hop, Source, Stance

KEYS = ("A", "B", "C", "D", "E", "F", "G", "H")
BASES = ("WITNESSED", "RECORDED", "AUTHORED", "TOLD", "INFERRED", "UNKNOWN")
OPEN_BASES = ("TOLD", "INFERRED", "UNKNOWN")

keys = st.sampled_from(KEYS)
hops = st.builds(Hop, source=keys, verified_relay=st.booleans())


def derivations(verified: st.SearchStrategy[bool] | None = None) -> st.SearchStrategy[Derivation]:
    return st.builds(
        Derivation, downstream=keys, upstream=keys, verified_relay=st.booleans() if verified is None else verified
    ).filter(lambda d: d.downstream != d.upstream)


def pieces(key: str) -> st.SearchStrategy[Evidence]:
    return st.builds(
        Evidence,
        key=st.just(key),
        stance=st.sampled_from([Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS]),
        carrier=keys,
        hops=st.lists(hops, max_size=3).map(tuple),
        basis=st.sampled_from(BASES),
    )


@st.composite
def grounds(draw: st.DrawFn, most: int = 7) -> Ground:
    evidence = [draw(pieces(f"e{number}")) for number in range(draw(st.integers(0, most)))]
    owners = st.lists(st.sampled_from([*KEYS, "X", "Y"]), max_size=1).map(tuple)
    return Ground(
        sources=tuple(Source(key, controllers=draw(owners)) for key in (*KEYS, "X")),
        derivations=tuple(draw(st.lists(derivations(), max_size=5))),
        evidence=tuple(evidence),
    )
