"""A chain read out. The English sentences are the product's; the Arabic ones stand in the catalogue."""

import pytest
from django.utils import translation

from verification.domain.chains import Chain, Fault, Flaw, Hop, Party
from verification.models import Basis, HopKind
from verification.wording.chains import chain_sentence, fault_sentence

RENDERING = Party("12", "ARTICLE", "the Arabic rendering", "/sources/S-000012/")
MEE = Party("11", "ARTICLE", "Middle East Eye", "/sources/S-000011/")
COMMANDER = Party("1", "PERSON", "a Syrian commander")
GUARD = Party("4", "STATEMENT", "a statement of the Revolutionary Guard")
WITNESS = Party("9", "PERSON", "a nurse")

SENTENCES = [
    # the chain of claim 2 as the desk received it
    (
        Chain(RENDERING, (Hop(MEE, "TRANSLATES"), Hop(COMMANDER, "QUOTES")), "WITNESSED"),
        "Read in the Arabic rendering, which translates Middle East Eye, which quotes a Syrian commander, "
        "who witnessed it.",
    ),
    # nobody asked how he knows
    (
        Chain(MEE, (Hop(COMMANDER, "QUOTES"),), "UNKNOWN"),
        "Read in Middle East Eye, which quotes a Syrian commander. How this person knows is not said.",
    ),
    # an official statement speaks for itself
    (
        Chain(MEE, (Hop(GUARD, "CITES"),), "AUTHORED"),
        f"Read in Middle East Eye, which cites {GUARD.name}. Its own words.",
    ),
    # a person in the middle is a person: "who"
    (
        Chain(COMMANDER, (Hop(WITNESS, "TOLD_BY"),), "WITNESSED"),
        "Heard from a Syrian commander, who was told by a nurse, who witnessed it.",
    ),
    # no hops: the carrier is the end
    (Chain(WITNESS, (), "WITNESSED"), "Heard from a nurse, who witnessed it."),
    # the desk checked the rendering against the original
    (
        Chain(RENDERING, (Hop(MEE, "TRANSLATES", verified_relay=True),), "AUTHORED"),
        "Read in the Arabic rendering, which translates Middle East Eye (checked against it). Its own words.",
    ),
    # context need not say how anybody knows
    (Chain(MEE), "Read in Middle East Eye."),
    # still being typed
    (Chain(MEE, (Hop(Party(""), "QUOTES"),)), "Read in Middle East Eye, which quotes …."),
]


@pytest.mark.parametrize(("chain", "sentence"), SENTENCES)
def test_a_chain_reads_as_a_sentence(chain, sentence):
    with translation.override("en"):
        assert str(chain_sentence(chain)) == sentence


def test_names_are_links_apart_from_their_neighbours_and_the_end_is_strong():
    with translation.override("en"):
        html = chain_sentence(Chain(RENDERING, (Hop(COMMANDER, "QUOTES"),), "WITNESSED")).html
    assert html == (
        'Read in <a href="/sources/S-000012/"><bdi>the Arabic rendering</bdi></a>, which quotes '
        "<bdi>a Syrian commander</bdi>, who <strong>witnessed it</strong>."
    )


def test_a_name_cannot_bring_markup_or_placeholders_along():
    sly = Party("1", "PERSON", "<b>%(chain)s*</b>")
    assert "<bdi>&lt;b&gt;%(chain)s*&lt;/b&gt;</bdi>" in chain_sentence(Chain(sly, (), "WITNESSED")).html


@pytest.mark.parametrize("kind", HopKind.values)
@pytest.mark.parametrize("basis", Basis.values)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("lower", [MEE, WITNESS])
def test_every_kind_and_basis_names_everybody_once(kind, basis, language, lower):
    with translation.override(language):
        sentence = chain_sentence(Chain(lower, (Hop(COMMANDER, kind),), basis))
    assert [piece.source for piece in sentence.pieces if piece.source] == [lower, COMMANDER]
    assert any(piece.strong for piece in sentence.pieces)
    assert "%" not in str(sentence)


@pytest.mark.parametrize("flaw", Flaw)
def test_a_fault_says_where_and_what_to_do(flaw):
    with translation.override("en"):
        sentence = fault_sentence(Fault(flaw, 3, before=1))
    assert "%" not in sentence
    assert "3" in sentence or "12" in sentence
