"""A file in pieces is the file: whichever bytes of it are asked for, and never a wrong one."""

import io
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.archiving.blobs import BlobAltered, BlobMissing, digest_of
from sources.archiving.pieces import Body, Whole, apart

BODY = b"a body that others hold too"
DIGEST = digest_of(BODY)
DATA = b"head" + BODY[:10] + b"between" + BODY[10:] + b"end"
BODIES = [Body(((4, 10), (21, len(BODY) - 10)))]


def whole(listed: bytes, held: dict[str, bytes]) -> io.BufferedReader:
    def open_body(digest: str) -> io.BufferedReader:
        if digest not in held:
            raise BlobMissing(digest)
        return io.BufferedReader(io.BytesIO(held[digest]))

    return io.BufferedReader(Whole(io.BufferedReader(io.BytesIO(listed)), open_body), 64)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[Body]]:
    """Bytes, and runs of them dealt out to some bodies."""
    data = draw(st.binary(max_size=400))
    cuts = sorted(draw(st.sets(st.integers(0, len(data)), max_size=20)))
    places: dict[int, list[tuple[int, int]]] = {}
    for start, end in pairwise(cuts):
        places.setdefault(draw(st.integers(0, 3)), []).append((start, end - start))
    return data, [Body(tuple(runs)) for body, runs in places.items() if body]


STEPS = st.lists(st.tuples(st.integers(0, 2), st.integers(-50, 450), st.integers(-1, 450)))  # whence, offset, size


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(files(), STEPS)
def test_it_reads_as_the_bytes_do(file: tuple[bytes, list[Body]], steps: list[tuple[int, int, int]]) -> None:
    data, bodies = file
    plain, composed = io.BytesIO(data), whole(*apart(data, bodies))
    for whence, offset, size in steps:
        base = (0, plain.tell(), len(data))[whence]
        at = max(base + offset, 0)
        assert composed.seek(at - base, whence) == plain.seek(at)
        assert composed.read(size) == plain.read(size)
        assert composed.tell() == plain.tell()
    composed.seek(0)
    assert composed.read() == data


def test_what_is_kept_beside_the_list_is_only_what_is_in_no_body() -> None:
    listed, held = apart(DATA, BODIES)
    assert list(held.values()) == [BODY]
    line, _, rest = listed.partition(b"\n")
    assert rest == b"head" + b"between" + b"end"
    assert json.loads(line) == {
        "size": len(DATA),
        "bodies": [{"digest": DIGEST, "places": [[4, 10], [21, len(BODY) - 10]]}],
    }


def listed_as(**said: Any) -> Callable[[bytes], bytes]:
    def change(listed: bytes) -> bytes:
        line, _, rest = listed.partition(b"\n")
        return json.dumps(json.loads(line) | said).encode() + b"\n" + rest

    return change


def bodies(*places: Any, digest: Any = DIGEST) -> dict[str, Any]:
    return {"bodies": [{"digest": digest, "places": places}]}


@pytest.mark.parametrize(
    "change",
    [
        lambda listed: b"",
        lambda listed: b"no list\n",
        lambda listed: b"[]\n" + listed,
        lambda listed: b"[" * 100_000 + b"\n",
        lambda listed: b'{"size": 3}\nabc',
        lambda listed: listed + b"!",
        lambda listed: listed[:-1],
        listed_as(size=len(DATA) + 1),
        listed_as(size=-1),
        listed_as(size="41"),
        listed_as(bodies=None),
        listed_as(bodies=[{"digest": DIGEST}]),
        listed_as(**bodies((4, 10), (13, 18))),  # one within another
        listed_as(**bodies((4, -10), (21, 37))),
        listed_as(**bodies((4.0, 10), (21, 17))),
        listed_as(**bodies((4, 10), (30, 17))),  # beyond the end
        listed_as(**bodies((4, 10), (21, 17), digest="../../../etc/passwd")),
        listed_as(**bodies((4, 10), (21, 17), digest=7)),
    ],
)
def test_a_list_that_is_none_or_does_not_fit_is_refused(change: Callable[[bytes], bytes]) -> None:
    listed, held = apart(DATA, BODIES)
    with pytest.raises(BlobAltered):
        whole(change(listed), held)


def test_a_body_that_is_missing_or_shorter_than_the_list_says() -> None:
    listed, held = apart(DATA, BODIES)
    with pytest.raises(BlobMissing):
        whole(listed, {}).read()
    with pytest.raises(BlobAltered):
        whole(listed, {DIGEST: held[DIGEST][:-1]}).read()
    endless = listed_as(size=10**12, **bodies((14, 10**12 - 14)))(listed)
    with pytest.raises(BlobAltered):
        whole(endless, held).read(100)
