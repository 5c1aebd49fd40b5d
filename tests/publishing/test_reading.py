"""What no parser may guess at."""

import pytest

from publishing.casefile import reading
from publishing.casefile.faults import CaseFileRefused

CASES: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "$: The file is not JSON. Line 1, column 1"),
    ("a page", b"<!doctype html>", "$: The file is not JSON. Line 1, column 1"),
    ("a comma too many", b'{\n  "format": "isnad-case/1",\n}', "Line 3, column 1"),
    ("Latin 1", '{"format": "caf\xe9"}'.encode("latin-1"), "$: The file is not UTF-8: byte 16"),
    ("UTF-16", '{"format": 1}'.encode("utf-16"), "$: The file is not UTF-8: byte 1"),
    ("a list", b"[]", "$: The file holds no JSON object"),
    ("a text", b'"isnad-case/1"', "$: The file holds no JSON object"),
    ("a key twice", b'{"case": {"slug": "a", "slug": "b"}}', "$.case: The key “slug” stands here twice"),
    ("no number", b'{"claims": NaN}', "$: “NaN” is no number that JSON has"),
    ("infinity", b'{"claims": -Infinity}', "$: “-Infinity” is no number that JSON has"),
    ("a number without end", b'{"claims": ' + b"9" * 5_000 + b"}", "is no number that JSON has"),
    ("half a character", b'{"case": {"title": "\\ud800"}}', "$.case.title: There is half a character"),
    ("half a character in a key", b'{"\\udc00": 1}', '$["\\udc00"]: There is half a character'),
    ("deep", b'{"a":' * 40 + b"1" + b"}" * 40, "$.a.a.a.a: The file is nested deeper"),
    ("very deep", b'{"a":' + b"[" * 200_000, "$: The file is nested deeper"),
]


@pytest.mark.parametrize(("raw", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(CaseFileRefused) as refused:
        reading.parsed(raw)
    assert said in str(refused.value)
    str(refused.value).encode()


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(CaseFileRefused, match="larger than 64 MiB"):
        reading.parsed(b'{"a": "0123456789"}')


def test_a_byte_order_mark_is_no_fault() -> None:
    assert reading.parsed(b"\xef\xbb\xbf{}") == {}
