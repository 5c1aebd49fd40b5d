"""The sentence about one side of a claim: a table of what is on record and what is said of it."""

import pytest
from django.utils.translation import override

from sources.models import Source
from tests.domain.verification.test_corroboration_first_case import CLAIM_2
from tests.domain.verification.test_corroboration_textbook import chain
from verification.domain import corroboration as engine
from verification.domain.corroboration import Ground
from verification.wording.corroboration import sentence
from verification.wording.names import joined, plain
from verification.wording.reasons import oddities, reasons


def named(ground: Ground) -> dict[str, Source]:
    keys = {key for item in ground.evidence for key in item.stated}
    keys |= {key for source in ground.sources for key in (source.key, *source.controllers)}
    keys |= {key for item in ground.derivations for key in (item.downstream, item.upstream)}
    return {key: Source(pk=number, name=key, language="en") for number, key in enumerate(sorted(keys), start=1)}


def said(ground: Ground) -> str:
    with override("en"):
        return plain(sentence(engine.corroborate(ground).supports, named(ground)))


def ground(*chains: str, basis: str = "WITNESSED", sources: tuple[engine.Source, ...] = ()) -> Ground:
    return Ground(sources, (), tuple(chain(each, basis) for each in chains))


@pytest.mark.parametrize(
    ("on_record", "wanted"),
    [
        pytest.param(ground(), "", id="nothing"),
        pytest.param(ground("A < B"), "One line: B, carried by A.", id="one closed line"),
        pytest.param(ground("A"), "One line: A itself, in our hands.", id="the desk heard it"),
        pytest.param(
            ground("A < B", basis="UNKNOWN"),
            "One open line, carried by A: how B knows is not said.",
            id="an open line",
        ),
        pytest.param(
            CLAIM_2,
            "Three accounts, one line: everything reached us through S11.",
            id="claim 2: three people, one article",
        ),
        pytest.param(
            ground("A < X", "B < X"),
            "Two accounts, one line: everything goes back to X.",
            id="two read one document",
        ),
        pytest.param(
            ground("A < X", "B < Y"),
            "Two accounts, two lines: no two of them share a source.",
            id="two apart",
        ),
        pytest.param(
            Ground((), (), (chain("A < X", "WITNESSED"), chain("B < Y"))),
            "Two accounts, two lines: no two of them share a source. How Y knows is not said.",
            id="one of them open",
        ),
        pytest.param(
            ground("A < X", "A < Y", "B < Z"),
            "Three accounts, two lines: 2 of them pass through A.",
            id="two of three meet",
        ),
        pytest.param(
            ground("A < X", "B < Y", sources=(engine.Source("X", ("M",)), engine.Source("Y", ("M",)))),
            "Two accounts, two lines: no two of them share a source. M stands behind X and Y.",
            id="two witnesses in one militia",
        ),
        pytest.param(
            ground("A < X", "A < Y", basis="UNKNOWN"),
            "Two accounts, one line: everything reached us through A. How X and Y know is not said.",
            id="nobody knows first-hand",
        ),
    ],
)
def test_the_sentence(on_record: Ground, wanted: str) -> None:
    assert said(on_record) == wanted


def test_what_only_goes_round_is_said_to_count_for_nothing() -> None:
    circle = (engine.Derivation("A", "B"), engine.Derivation("B", "A"))
    assert said(Ground((), circle, (chain("A", "AUTHORED"),))) == (
        "1 account only goes round in a circle and counts for nothing."
    )


def test_the_reasons_of_claim_2() -> None:
    side = engine.corroborate(CLAIM_2).supports
    with override("en"):
        assert [plain(each) for each in reasons(side, named(CLAIM_2))] == [
            "Every line passes through S11 and S12.",
            "If S11 were wrong, nothing would be left.",
        ]


def test_an_oddity_is_said_in_words() -> None:
    both = Ground((), (), (chain("A < X", "WITNESSED"), chain("B < X", stance="CONTRADICTS")))
    with override("en"):
        assert [plain(each) for each in oddities(engine.corroborate(both).supports, named(both))] == [
            "X stands on both sides."
        ]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (list("ABCD"), "A, B, C and D"),
        (list("ABCDEFG"), "A, B, C and 4 others"),
    ],
)
def test_names_are_joined(names: str, wanted: str) -> None:
    with override("en"):
        assert joined([*names]) == wanted
