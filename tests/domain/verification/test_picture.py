"""The picture of the chains: nothing overlaps, everything is inside, it mirrors, and it is the same every time."""

import random
import re
import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.picture import Box, Edge, Kind, Line, Node, Picture, Place, Stance, draw
from verification.domain.picture.measure import CAPTION_SIZE, NAME_SIZE, cut, direction, width, wrap

DESK = Node("desk", "C-2", kind=Kind.DESK)


def line(key: str, *way: str, stance: Stance = Stance.SUPPORTS, closed: bool = True, verified: bool = False) -> Line:
    """`way` from the carrier upwards."""
    edges = tuple(Edge(lower, upper, verified) for lower, upper in pairwise(way))
    return Line(key, stance, closed, way[0], edges)


def nodes_of(lines: list[Line]) -> list[Node]:
    keys = {line.carrier for line in lines} | {e.upper for line in lines for e in line.edges}
    return [DESK, *(Node(key, f"Source {key}", "how he knows is not said") for key in sorted(keys))]


CLAIM_2 = [
    line("2a", "S12", "S11", "S1"),
    line("2b", "S12", "S11", "S2", closed=False),
    line("2c", "S12", "S11", "S3", closed=False),
    line("2d", "S11", "S5", "S4", stance=Stance.CONTRADICTS),
]


def picture(lines: list[Line], *, rtl: bool = False) -> Picture:
    return draw(nodes_of(lines), lines, rtl=rtl)


def box_of(drawn: Picture, key: str) -> Box:
    return next(box for box in drawn.boxes if box.node.key == key)


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def assert_sound(drawn: Picture) -> None:
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
    for one, other in combinations(drawn.boxes, 2):
        assert apart(one, other), (one.node.key, other.node.key)
    for strand in drawn.strands:
        for x, y in points(strand.path):
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height


def many(count: int, seed: int = 1) -> list[Line]:
    """Lines as a busy claim has them: many carriers, a few agencies behind most of them, some a way of their own."""
    chance = random.Random(seed)
    made = []
    for i in range(count):
        way = [f"carrier {i % 25}", *(f"relay {chance.randrange(12)}.{level}" for level in range(chance.randrange(3)))]
        stance = chance.choice([Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS])
        made.append(line(str(i), *way, f"end {i % 40}", stance=stance, closed=i % 3 > 0))
    return made


def test_claim_2_runs_from_who_knows_to_the_desk() -> None:
    drawn = picture(CLAIM_2)
    assert_sound(drawn)
    order = ["S1", "S11", "S12", "desk"]
    assert [box_of(drawn, key).x for key in order] == sorted(box_of(drawn, key).x for key in order)
    ends = {box_of(drawn, key).x + box_of(drawn, key).width / 2 for key in ("S1", "S2", "S3", "S4")}
    assert len(ends) == 1, "all ends stand in one column"
    assert [heading.place for heading in drawn.headings] == [Place.START, Place.MIDDLE, Place.END]


def test_one_strand_a_step_and_stance() -> None:
    drawn = picture(CLAIM_2)
    strands = {(s.upper.key, s.lower.key): s for s in drawn.strands}
    assert strands["S11", "S12"].lines == ("2a", "2b", "2c")
    assert strands["S11", "S12"].closed
    assert not strands["S2", "S11"].closed
    assert strands["S11", "desk"].stance is Stance.CONTRADICTS
    assert strands["S12", "desk"].stance is Stance.SUPPORTS


def test_a_strand_that_passes_a_layer_passes_beside_its_boxes() -> None:
    drawn = picture(CLAIM_2)
    passing = next(s for s in drawn.strands if (s.upper.key, s.lower.key) == ("S11", "desk"))
    beside = box_of(drawn, "S12")
    level = [y for x, y in points(passing.path) if beside.x <= x <= beside.x + beside.width]
    assert level
    assert all(not beside.y <= y <= beside.y + beside.height for y in level)


def test_the_page_that_runs_the_other_way_has_the_mirror_image() -> None:
    one, other = picture(CLAIM_2), picture(CLAIM_2, rtl=True)
    assert (one.width, one.height) == (other.width, other.height)
    for here, there in zip(one.boxes, other.boxes, strict=True):
        assert there.x == pytest.approx(one.width - here.x - here.width, abs=0.11)
        assert (there.y, there.name[0].text) == (here.y, here.name[0].text)
    for strand, mirrored in zip(one.strands, other.strands, strict=True):
        for (x, y), (mirrored_x, mirrored_y) in zip(points(strand.path), points(mirrored.path), strict=True):
            assert mirrored_x == pytest.approx(one.width - x, abs=0.11)
            assert mirrored_y == y


def test_the_same_lines_give_the_same_picture() -> None:
    lines = many(30)
    assert picture(lines) == picture(lines)


def test_a_step_is_thin_only_where_every_line_in_it_was_checked() -> None:
    drawn = picture([line("a", "T", "O", "W", verified=True), line("b", "T", "O", "V")])
    strands = {(s.upper.key, s.lower.key): s.verified for s in drawn.strands}
    assert strands == {("T", "desk"): False, ("O", "T"): False, ("W", "O"): True, ("V", "O"): False}


def test_a_circle_is_drawn_and_marked() -> None:
    lines = [line("a", "X", "Y"), line("b", "Y", "X")]
    drawn = picture(lines)
    assert_sound(drawn)
    assert [(s.upper.key, s.lower.key) for s in drawn.strands if s.circle] == [("X", "Y")]


def test_a_source_that_names_itself_draws_no_step() -> None:
    drawn = picture([line("a", "X", "X")])
    assert [(s.upper.key, s.lower.key) for s in drawn.strands] == [("X", "desk")]


def test_a_claim_without_lines_is_the_desk_alone() -> None:
    drawn = draw([DESK, Node("S1", "not passed")], [])
    assert [box.node for box in drawn.boxes] == [DESK]
    assert_sound(drawn)


def test_a_picture_needs_its_desk() -> None:
    with pytest.raises(ValueError, match="values to unpack"):
        draw([Node("S1", "someone")], [])


def test_the_rows_say_each_line_from_the_carrier_upwards() -> None:
    assert [stop.key for stop in picture(CLAIM_2).rows[0].stops] == ["S12", "S11", "S1"]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=5), st.sampled_from(list(Stance)), st.booleans()
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_whatever_the_chains_nothing_overlaps(ways: list[tuple[list[str], Stance, bool]], rtl: bool) -> None:
    lines = [line(str(i), *way, stance=stance, closed=closed) for i, (way, stance, closed) in enumerate(ways)]
    assert_sound(picture(lines, rtl=rtl))


def test_sixty_lines_are_drawn_at_once() -> None:
    lines = many(60)
    nodes = nodes_of(lines)
    draw(nodes, lines)
    took = []
    for _ in range(5):
        began = time.perf_counter()
        drawn = draw(nodes, lines)
        took.append(time.perf_counter() - began)
    assert_sound(drawn)
    assert min(took) < 0.05, took


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tasnim", ("Tasnim",)),
        ("Syrian paramilitary commander", ("Syrian paramilitary", "commander")),
        ("قائد سوري", ("قائد سوري",)),
        ("", ("",)),
    ],
)
def test_a_name_takes_two_lines_where_it_needs_them(text: str, expected: tuple[str, ...]) -> None:
    assert wrap(text, NAME_SIZE, 172) == expected


@pytest.mark.parametrize("text", ["W" * 80, "كتيبة " * 30, "あ" * 60, "a" * 400, "x " * 200])
def test_a_long_name_is_cut_and_stays_in_its_box(text: str) -> None:
    lines = wrap(text, NAME_SIZE, 172)
    assert len(lines) <= 2
    assert all(width(part, NAME_SIZE) <= 172 for part in lines)
    drawn = draw([DESK, Node("S", text, text)], [line("1", "S")])
    box = box_of(drawn, "S")
    assert box.cut
    assert box.width <= 172 + 28
    assert_sound(drawn)


def test_a_letter_keeps_its_marks_when_cut() -> None:
    text = "بَ" * 60
    assert not cut(text, CAPTION_SIZE, 100).startswith("\u064e")
    assert cut(text, CAPTION_SIZE, 100)[-2] == "\u064e"


@pytest.mark.parametrize(
    ("text", "expected"), [("2024 قائد", "rtl"), ("C-2", "ltr"), ("«تسنيم»", "rtl"), ("17", "ltr")]
)
def test_direction_follows_the_first_strong_letter(text: str, expected: str) -> None:
    assert direction(text) == expected
