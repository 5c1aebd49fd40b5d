"""The word diff: what a reader is shown, that it loses nothing, and that no pair of texts can hold it up."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.worddiff import Change, diff, folded


def written(old: str, new: str) -> str:
    """A diff as text: [-removed-]{+added+}."""
    marks = {Change.KEPT: "%s", Change.REMOVED: "[-%s-]", Change.ADDED: "{+%s+}", Change.FOLDED: "(…%s…)"}
    return "".join(marks[piece.change] % piece.text for piece in diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new text", "{+new text+}"),
        ("old text", "", "[-old text-]"),
        # one word for another; the full stop stays outside
        ("Forces left Aleppo.", "Forces entered Aleppo.", "Forces [-left-]{+entered+} Aleppo."),
        ("He was there.", "He was here.", "He was [-there-]{+here+}."),
        # two words in a row are one change, not two around a space
        ("a big red car", "a small blue car", "a [-big red-]{+small blue+} car"),
        ("first, second.", "one, two.", "[-first, second-]{+one, two+}."),
        # a sentence put in between
        ("A. C.", "A. B. C.", "A. {+B. +}C."),
        # Arabic: a word with its vowel signs is one word, and the clitic و belongs to its word
        ("انسحبت القوات من حلب", "انسحبت القوّات إلى حلب", "انسحبت [-القوات من-]{+القوّات إلى+} حلب"),
        (
            "دخل المقاتلون المدينة، ثم خرجوا",
            "دخل المقاتلون القرية، ثم خرجوا",
            "دخل المقاتلون [-المدينة-]{+القرية+}، ثم خرجوا",
        ),
        # Persian: a joiner does not split a word
        ("او می\u200cخواهد", "او می\u200cرود", "او [-می\u200cخواهد-]{+می\u200cرود+}"),
        # changed paragraphs stay paragraphs
        ("one\n\ntwo", "eins\n\nzwei", "[-one-]{+eins+}\n\n[-two-]{+zwei+}"),
        # words that occur often line up exactly in a small text
        ("the a the b the c", "the a the the c", "the a the [-b -]the c"),
    ],
)
def test_what_is_shown(old: str, new: str, shown: str) -> None:
    assert written(old, new) == shown


texts = st.one_of(
    st.text(),
    st.text(st.sampled_from("ab ,.\n")),
    st.lists(st.sampled_from(["حلب", "حمص", "و", " ", " ", "،", "\n", "في", "\u064e"]), max_size=60).map("".join),
)


@given(texts, texts)
def test_the_pieces_make_up_both_sides(old: str, new: str) -> None:
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
    assert all(piece.text for piece in pieces)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.change for piece in diff(text, text)} <= {Change.KEPT}


@given(texts, texts, st.integers(1, 5))
def test_folding_hides_and_never_drops(old: str, new: str, context: int) -> None:
    pieces = diff(old, new)
    shown = folded(pieces, context)
    assert "".join(piece.text for piece in shown) == "".join(piece.text for piece in pieces)
    assert [p for p in shown if p.change in (Change.ADDED, Change.REMOVED)] == [
        p for p in pieces if p.change in (Change.ADDED, Change.REMOVED)
    ]


def test_a_long_kept_stretch_is_folded_to_the_words_around_the_changes() -> None:
    middle = " ".join(f"w{n}" for n in range(150))
    pieces = folded(diff(f"old {middle} end", f"new {middle} fin"))
    assert [(piece.change, piece.words) for piece in pieces] == [
        (Change.REMOVED, 1), (Change.ADDED, 1), (Change.KEPT, 12), (Change.FOLDED, 126), (Change.KEPT, 12),
        (Change.REMOVED, 1), (Change.ADDED, 1),
    ]  # fmt: skip


def test_the_far_ends_of_a_text_are_folded_on_one_side_only() -> None:
    lead = " ".join(f"w{n}" for n in range(100))
    pieces = folded(diff(f"{lead} old", f"{lead} new"))
    assert [(piece.change, piece.words) for piece in pieces][:2] == [(Change.FOLDED, 88), (Change.KEPT, 12)]


def test_a_change_in_a_long_text_is_found_word_by_word() -> None:
    chance = random.Random(1)
    words = [chance.choice(["حلب", "حمص", "قوات", "في", "من", f"كلمة{chance.randrange(500)}"]) for _ in range(20_000)]
    old = "\n".join(" ".join(words[n : n + 100]) for n in range(0, 20_000, 100))
    words[3_000], words[17_500] = "تغيير", "آخر"
    new = "\n".join(" ".join(words[n : n + 100]) for n in range(0, 20_000, 100))
    changed = [piece.text for piece in diff(old, new) if piece.change is Change.ADDED]
    assert changed == ["تغيير", "آخر"]


def _peeling(size: int) -> tuple[str, str]:
    """Only the last word is unique at a time, so that each round lines up one word and leaves the rest."""
    names = [f"w{n}" for n in range(size)]
    return " ".join([*names, *reversed(names)]), " ".join([*names, "x", *reversed(names), "y"])


chance = random.Random(2)
shuffled = [f"w{n}" for n in range(20_000)]
chance.shuffle(shuffled)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # nothing in common
        (" ".join(f"a{n}" for n in range(20_000)), " ".join(f"b{n}" for n in range(20_000))),
        # everything in common, in another order
        (" ".join(f"w{n}" for n in range(20_000)), " ".join(shuffled)),
        # two words only, which the usual matchers take for a field of equal cells
        (" ".join(chance.choices("ab", k=20_000)), " ".join(chance.choices("ab", k=20_000))),
        # the same, in paragraphs
        (" a\n b" * 10_000, " b\n c a" * 10_000),
        # each round of lining up finds one word
        _peeling(10_000),
        # stretches just small enough to be compared exactly, one after the other
        (
            "".join(f"p{n} " + "a b c " * 33 for n in range(200)),
            "".join(f"p{n} " + "c b a " * 33 for n in range(200)),
        ),
        # no spaces at all
        ("." * 40_000, "،." * 20_000),
    ],
    ids=["different", "shuffled", "two words", "paragraphs", "peeling", "exact", "signs"],
)
def test_no_two_texts_of_20_000_words_take_long(old: str, new: str) -> None:
    began = time.process_time()
    diff(old, new)
    assert time.process_time() - began < 1
