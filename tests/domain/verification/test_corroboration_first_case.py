"""Claims of the first real case, Aleppo and Homs 2024: everything reached the desk in S12, a translation of S11."""

from dataclasses import replace

from tests.domain.verification.test_corroboration_textbook import chain
from verification.domain.corroboration import Derivation, Evidence, Ground, Kind, Source, corroborate

TRANSLATION = Derivation("S12", "S11", "TRANSLATES")
IRGC = Source("S5", controllers=("S4",))


def ground(*evidence: Evidence, derivation: Derivation = TRANSLATION) -> Ground:
    return Ground((IRGC,), (derivation,), evidence)


CLAIM_2 = ground(
    chain("S12 < S11 < S1", "WITNESSED"),
    chain("S12 < S11 < S2"),
    chain("S12 < S11 < S3"),
    chain("S12 < S11 < S5 < S4", "AUTHORED", stance="CONTRADICTS"),
)


def test_claim_2_three_sources_one_line() -> None:
    """One witness and two who do not say how they know, all through one article and its unverified translation."""
    result = corroborate(CLAIM_2)
    found = result.supports
    assert (found.established.lower, found.possible.lower, found.exact) == (1, 1, True)
    assert len(found.lines) == 3
    assert found.origins == ("S1",)
    assert found.possible_origins == ("S2", "S3")
    assert found.bottlenecks == ("S11", "S12")
    assert found.smallest_cut == ("S11",)
    assert (found.circular, found.findings) == ((), ())
    assert [end.sources for end in found.open_ends] == [("S2",), ("S3",)]
    assert result.contested
    assert result.single_source
    assert (result.contradicts.established.lower, result.contradicts.origins) == (1, ("S4",))


def test_claim_2_reads_the_same_when_the_desk_enters_only_the_original() -> None:
    """S11 stands in the chain or comes from the record: the line is the same."""
    evidence = (chain("S12 < S1", "WITNESSED"), chain("S12 < S2"), chain("S12 < S3"))
    found = corroborate(ground(*evidence)).supports
    assert (found.established.lower, found.possible.lower, found.bottlenecks) == (1, 1, ("S11", "S12"))


def test_claim_2_with_the_recordings_heard_and_the_translation_verified() -> None:
    """MEE and the translation add no risk any more: three people stand side by side, one of them a known witness."""
    heard = ground(
        chain("S12 < S11 <= S1", "WITNESSED"),
        chain("S12 < S11 <= S2"),
        chain("S12 < S11 <= S3"),
        derivation=replace(TRANSLATION, verified_relay=True),
    )
    found = corroborate(heard).supports
    assert (found.established.lower, found.possible.lower) == (1, 3)
    assert found.bottlenecks == ()
    assert found.smallest_cut == ("S1", "S2", "S3")


def test_claim_2_half_verified_is_not_verified() -> None:
    """The translation alone, or the recordings alone, leave the other as a bottleneck."""
    translation = replace(CLAIM_2, derivations=(replace(TRANSLATION, verified_relay=True),))
    assert corroborate(translation).supports.bottlenecks == ("S11",)
    recordings = ground(chain("S12 < S11 <= S1", "WITNESSED"), chain("S12 < S11 <= S2"), chain("S12 < S11 <= S3"))
    found = corroborate(recordings).supports
    assert (found.possible.lower, found.bottlenecks) == (1, ("S12",))


def test_claim_7_hearsay_at_two_removes() -> None:
    """A named researcher was told by somebody: nothing is established, whoever he is."""
    found = corroborate(ground(chain("S12 < S11 < S6 < S7"))).supports
    assert (found.established.lower, found.possible.lower) == (0, 1)
    assert found.possible_origins == ("S7",)
    assert found.smallest_cut == ("S11",)


def test_claim_11_the_outlet_itself_against_the_received_date() -> None:
    """S12 says it and names nobody: the open end is not the translation but what it was translated from."""
    result = corroborate(ground(chain("S12"), chain("calendar", stance="CONTRADICTS")))
    assert (result.supports.established.lower, result.supports.possible.lower) == (0, 1)
    assert result.supports.possible_origins == ("S11",)
    assert result.contested


def test_claim_15_a_voice_on_the_record_until_the_interview_itself_is_captured() -> None:
    """S9 speaks for himself, but as long as only MEE says that he did, it is still one line."""
    commanders = (chain("S12 < S11 < S2"), chain("S12 < S11 < S3"))
    relayed = corroborate(ground(*commanders, chain("S12 < S11 < S9", "AUTHORED"))).supports
    assert (relayed.established.lower, relayed.possible.lower, relayed.origins) == (1, 1, ("S9",))
    captured = corroborate(ground(*commanders, chain("S9", "AUTHORED"))).supports
    assert (captured.established.lower, captured.possible.lower) == (1, 2)
    assert captured.bottlenecks == ()


def test_claim_19_the_article_contradicts_itself() -> None:
    """S8 counted, and MEE carries his count; elsewhere MEE itself says otherwise. S12 only carries both."""
    result = corroborate(ground(chain("S12 < S11 < S8", "RECORDED"), chain("S12 < S11", stance="CONTRADICTS")))
    assert (result.supports.established.lower, result.supports.possible.lower) == (1, 1)
    for found in (result.supports, result.contradicts):
        assert [(f.kind, f.sources) for f in found.findings] == [(Kind.INCONSISTENT_SOURCE, ("S11",))]
