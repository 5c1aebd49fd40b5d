"""What a page wanted of an address that did not come: said by the browser, or else told by the name."""

import pytest

from sources.archiving.browser.wanted import wanted, wanted_by
from sources.domain.captures import Wanted


@pytest.mark.parametrize(
    ("url", "said", "meant"),
    [
        ("https://news.example/1.php", b"image", Wanted.IMAGE),
        ("https://news.example/1.js", b"style", Wanted.STYLE),  # the browser knows better than the name
        ("https://news.example/api", b"empty", Wanted.DATA),  # fetch() and its elder sister
        ("http://news.example/a/b.CSS?v=1.js", b"", Wanted.STYLE),
        ("http://news.example/font.woff2", b"", Wanted.FONT),
        ("http://news.example/", b"", None),
        ("http://[news.example/1.png", b"", Wanted.IMAGE),  # refused before it was read
        ("http://news.example/1.php", b"something new", None),
    ],
)
def test_it_is_told(url: str, said: bytes, meant: Wanted | None) -> None:
    headers = [(b"Accept", b"*/*"), *([(b"Sec-Fetch-Dest", said)] if said else [])]
    assert wanted(url, headers) is meant
    sent = b"GET / HTTP/1.1\r\n" + b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n"
    assert wanted_by(url, sent) is meant
