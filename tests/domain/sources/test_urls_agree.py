"""What we accept, a browser reads the same way: held against ada, the parser of Node, with strings nobody thought of.

A browser may refuse more: names that break the rules of IDNA lead nowhere, and the look-up will say so.
"""

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.captures import UnableToFetch
from sources.domain.urls import canonical, join, parse
from tests.domain.sources.test_urls import ACCEPTED

# Pieces that parsers stumble over, put together at random.
ASCII = [
    "http",
    "https",
    ":",
    "/",
    "//",
    "///",
    "?",
    "#",
    "@",
    "%",
    ".",
    "..",
    "[",
    "]",
    "-",
    "_",
    " ",
    "\\",
    "\t",
    "\n",
]
NAMES = ["a", "www", "example", "org", "com", "xn--", "1", "127", "0", "0x7f", "010", "::1", "80", "443", "%2e", "%00"]
OTHERS = ["é", "ß", "ı", "\u212a", "ﬁ", "。", "١", "م", "\u200d", "\u00ad"]
PIECES = st.lists(st.sampled_from(ASCII + NAMES + OTHERS) | st.text(max_size=2), max_size=12).map("".join)
URLS = PIECES | PIECES.map("http://".__add__) | PIECES.map("https://example.org/".__add__)


def agree(text: str) -> None:
    url = parse(text)
    browser = ada_url.URL(text)
    assert (browser.protocol.rstrip(":"), browser.hostname.strip("[]")) == (url.scheme, url.host)
    assert browser.port in ("", str(url.port))


def refused_by_browser(text: str, base: str | None = None) -> bool:
    try:
        ada_url.URL(text, base=base)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("text", [text for text, _ in ACCEPTED])
def test_a_browser_goes_to_the_same_host(text: str) -> None:
    agree(text)


@given(URLS)
def test_nothing_is_accepted_that_a_browser_reads_differently(text: str) -> None:
    try:
        url = parse(text)
    except UnableToFetch:
        return
    if not (refused_by_browser(text) and "xn--" in url.host):
        agree(text)
    assert parse(str(url)) == url
    assert str(url).isascii()
    assert canonical(canonical(text)) == canonical(text)


@given(PIECES)
def test_a_redirect_leads_where_a_browser_would_go(location: str) -> None:
    base = "https://example.org/a/b?c"
    try:
        url = join(parse(base), location)
    except UnableToFetch:
        return
    if refused_by_browser(location, base) and "xn--" in url.host:
        return
    browser = ada_url.URL(location, base=base)
    assert (browser.hostname.strip("[]"), browser.pathname.count("/")) == (url.host, url.path.count("/"))
