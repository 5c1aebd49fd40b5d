"""Packed records: every unpacker gets what went in, and a body is the same bytes wherever it stands."""

import gzip
import random
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.archiving.members import WORTH_A_FILE, chunks, member
from tests.sources.archiving.conftest import Capture
from tests.sources.archiving.hostile import CHUNKED, GOOD

dice = random.Random(16)
WORDS = " ".join(dice.choices(["قال", "شهود", "إن", "الحريق", "بدأ", "في", "الطابق", "الثاني"], k=8_000)).encode()
PICTURE = dice.randbytes(200_000)
END = b"\r\n\r\n"


def alone(data: bytes, payload: bytes, runs: list[tuple[int, int]] | None = None) -> bytes:
    """The body as it is packed behind the head `data`."""
    packed, body = member(data, payload, END, runs)
    assert gzip.decompress(packed) == data + payload + END
    assert body is not None
    return body.of(packed)


PAYLOADS = st.one_of(
    st.binary(max_size=300),
    st.binary(min_size=1, max_size=300).map(lambda data: data * 300),
    st.integers(0, 150_000).map(lambda size: PICTURE[:size]),
)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(st.binary(max_size=200), PAYLOADS)
def test_what_goes_in_comes_out(head: bytes, payload: bytes) -> None:
    packed, body = member(head, payload, END)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert unpacker.decompress(packed) == head + payload + END
    assert unpacker.eof
    assert unpacker.unused_data == b""
    assert body is None or len(body.of(packed)) >= WORTH_A_FILE


@pytest.mark.parametrize("payload", [WORDS, PICTURE])
def test_a_body_is_packed_the_same_behind_any_head(payload: bytes) -> None:
    heads = [b"HTTP/1.1 200 OK\r\nDate: Fri\r\n\r\n", b"", payload[:40_000], bytes(70_000)]
    assert len({alone(head, payload) for head in heads}) == 1


def test_by_one_packer_for_both_it_is_not() -> None:
    """The twin: why the body has a packer of its own."""
    packed = [gzip.compress(head + WORDS, mtime=0) for head in (b"head", WORDS[:40_000])]
    assert packed[0][-20_000:-8] != packed[1][-20_000:-8]


def test_what_is_packed_already_stands_there_as_it_came() -> None:
    assert alone(b"head", PICTURE) == PICTURE
    assert len(alone(b"head", WORDS)) < len(WORDS) / 5


def test_framing_is_no_part_of_the_body() -> None:
    """A server cuts the same answer into other chunks the next time."""
    found = set()
    for size in (8_000, 65_535, 70_001):
        cuts = [PICTURE[at : at + size] for at in range(0, len(PICTURE), size)]
        framed = b"".join(b"%x\r\n%s\r\n" % (len(cut), cut) for cut in cuts) + b"0\r\n\r\n"
        found.add(alone(b"head", framed, chunks(framed)))
    assert found == {PICTURE}


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        (CHUNKED + b"0\r\n\r\n", GOOD),
        (b"3;a=b\r\nabc\r\n2 \r\nde\r\n0\r\nTrailer: x\r\n\r\n", b"abcde"),
        (b"5\r\nabc", b"abc"),  # cut
        (b"5\r\nabcde\r\nzz\r\nf", b"abcde"),  # and what breaks the rules is followed so far
        (b"", None),
        (b"0\r\n\r\n", None),
        (b"no chunks", None),
        (b"FFFFFFFFFFFF\r\nabc", None),
        (b"1\r\na\r\n" * 100 + b"0\r\n\r\n", None),  # not worth a list
    ],
)
def test_chunks(payload: bytes, body: bytes | None) -> None:
    runs = chunks(payload)
    assert (runs and b"".join(payload[start:end] for start, end in runs)) == body


def test_a_capture_of_a_chunked_answer_knows_it(archive: Capture) -> None:
    assert archive("/chunked").exchanges[0].is_chunked
    assert not archive("/good").exchanges[0].is_chunked
