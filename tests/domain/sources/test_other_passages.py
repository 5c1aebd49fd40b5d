"""A passage near to the one looked for that stood beside it before is another one, and no alteration of it."""

import random
import time

import pytest

from sources.domain.passages import Earlier, Page, TextPositionSelector, select
from sources.domain.watching import Shows, Sight, Sighted, sight
from tests.domain.sources.test_passages import AFTER, BEFORE, PASSAGE, long_text

OTHER = PASSAGE.replace("الغربية", "الشرقية")
REWORDED = PASSAGE.replace("الأحياء الغربية", "الأطراف الجنوبية")
FAR = "\nوفي سياق آخر تحدثت مصادر محلية عن حركة نزوح كبيرة نحو الريف الشمالي خلال الساعات الماضية.\n"
OLD = BEFORE + PASSAGE + AFTER + FAR + OTHER


def look(now: str, old: str = OLD, passage: str = PASSAGE) -> Sight:
    start = old.index(passage)
    quote, position = select(old, start, start + len(passage))
    return sight(Page(now), Shows.ABSENCE, quote, position, lambda: Earlier(Page(old), position))


@pytest.mark.parametrize(
    "now",
    [
        # gone, and the other stays where it was, moves, or is spelt otherwise
        BEFORE + AFTER + FAR + OTHER,
        OTHER + FAR + BEFORE + AFTER,
        BEFORE + AFTER + FAR + OTHER.replace("أنّ", "أن").replace(" ", "\n"),
        # right beside where it stood
        BEFORE + OTHER + AFTER + FAR,
    ],
)
def test_what_stood_beside_it_is_not_what_became_of_it(now: str) -> None:
    assert look(now).state is Sighted.ABSENT


@pytest.mark.parametrize(
    ("now", "words"),
    [
        # altered so far that the other is nearer to it
        (BEFORE + REWORDED + AFTER + FAR + OTHER, REWORDED),
        (OTHER + FAR + BEFORE + REWORDED + AFTER, REWORDED),
        # altered until it says what the other says: that is there once more than before
        (BEFORE + OTHER + AFTER + FAR + OTHER, OTHER),
        # altered, and the other is gone
        (BEFORE + REWORDED + AFTER + FAR, REWORDED),
    ],
)
def test_an_altered_one_is_found_beside_the_other(now: str, words: str) -> None:
    seen = look(now)
    assert seen.state is Sighted.ALTERED
    assert seen.found is not None
    assert seen.found.exact_text == words


def test_one_that_was_not_there_before_may_be_what_became_of_it() -> None:
    assert look(BEFORE + AFTER + FAR + OTHER, BEFORE + PASSAGE + AFTER + FAR).state is Sighted.ALTERED


def test_a_heading_that_says_half_of_it_is_none() -> None:
    heading = "المقاتلين دخلوا الأحياء الغربية من المدينة\n"
    assert look(heading + BEFORE + AFTER, heading + BEFORE + PASSAGE + AFTER).state is Sighted.ABSENT


def test_cut_down_to_what_its_heading_says_it_is_altered() -> None:
    heading = "المقاتلين دخلوا الأحياء الغربية من المدينة\n"
    seen = look(heading + BEFORE + heading.strip() + AFTER, heading + BEFORE + PASSAGE + AFTER)
    assert seen.state is Sighted.ALTERED


def test_once_absent_it_stays_absent_beside_the_other() -> None:
    """The copy it was last seen in does not hold it."""
    quote, position = select(OLD, len(BEFORE), len(BEFORE) + len(PASSAGE))
    gone = Page(BEFORE + AFTER + FAR + OTHER)
    assert sight(gone, Shows.ABSENCE, quote, position, lambda: Earlier(gone)).state is Sighted.ABSENT


def test_once_altered_it_stays_altered() -> None:
    quote, position = select(OLD, len(BEFORE), len(BEFORE) + len(PASSAGE))
    page = Page(BEFORE + REWORDED + AFTER + FAR + OTHER)
    stands = TextPositionSelector(len(BEFORE), len(BEFORE) + len(REWORDED))
    assert sight(page, Shows.ABSENCE, quote, position, lambda: Earlier(page, stands)).state is Sighted.ALTERED


def test_among_many_alike() -> None:
    """A list of notices that differ by a day and a number, of which one is taken away."""
    lines = [f"قُتل {number} مدنيين في قصف على أحياء المدينة يوم {number + 3} تشرين الثاني" for number in range(2, 22)]
    old = "\n".join(lines)
    for gone in (0, 9, 19):
        now = "\n".join(lines[:gone] + lines[gone + 1 :])
        assert look(now, old, lines[gone]).state is Sighted.ABSENT


@pytest.mark.parametrize("seed", range(20))
def test_in_a_long_text(seed: int) -> None:
    """Wherever the two stand, and however they differ."""
    chance = random.Random(seed)
    words = long_text(seed, 400).split()
    other = list(words)
    for place in chance.sample(range(len(words)), len(words) // 6):
        other[place] = "سواها"
    passage, another = " ".join(words), " ".join(other)
    one, two, three = (long_text(100 + seed + part, 3_000) for part in range(3))
    old = f"{one} {passage} {two} {another} {three}"
    assert look(f"{one} {two} {another} {three}", old, passage).state is Sighted.ABSENT
    words[len(words) // 2] = "غيرها"
    assert look(f"{one} {' '.join(words)} {two} {another} {three}", old, passage).state is Sighted.ALTERED


@pytest.mark.parametrize(
    ("passage", "old"),
    [
        # near to it almost everywhere, and all of it there before
        ("ab" * 5_000 + "c", "ab" * 100_000),
        ("قال إن " * 2_000 + "نهاية", "قال إن " * 40_000),
        (" ".join(f"word{n}" for n in range(2_000)), (" ".join(f"word{n}" for n in range(1_999)) + " end. ") * 12),
        ("ﷺ" * 1_000 + "x", "ﷺ" * 20_000),
        # as many others as there may be, no two of them the same
        (
            " ".join(f"word{n}" for n in range(2_000)),
            "\n".join(" ".join(f"word{n if n % 50 else m}" for n in range(2_000)) for m in range(12)),
        ),
    ],
)
def test_no_text_holds_it_up(passage: str, old: str) -> None:
    began = time.process_time()
    look(old, old + passage, passage)
    assert time.process_time() - began < 1.5
