"""Which URLs are refused and why, and which mean the same page."""

import time

import pytest

from sources.domain.captures import Reason, UnableToFetch
from sources.domain.urls import as_asked, canonical, join, parse

R = Reason
REFUSED = [
    # No URL at all, or not an absolute one
    ("", R.URL_MALFORMED),
    ("example.org", R.URL_MALFORMED),
    ("//example.org/", R.URL_MALFORMED),
    ("/path", R.URL_MALFORMED),
    ("http:", R.URL_MALFORMED),
    ("http:/example.org/", R.URL_MALFORMED),
    ("http:example.org", R.URL_MALFORMED),
    (" http://example.org/", R.URL_MALFORMED),
    ("http://", R.HOST_MALFORMED),
    ("http:///etc/passwd", R.HOST_MALFORMED),
    ("http://?a=b", R.HOST_MALFORMED),
    ("http://#a", R.HOST_MALFORMED),
    # Other schemes
    ("ftp://example.org/", R.SCHEME_NOT_ALLOWED),
    ("file:///etc/passwd", R.SCHEME_NOT_ALLOWED),
    ("gopher://127.0.0.1:6379/_FLUSHALL", R.SCHEME_NOT_ALLOWED),
    ("dict://127.0.0.1:11211/stats", R.SCHEME_NOT_ALLOWED),
    ("javascript:alert(1)", R.SCHEME_NOT_ALLOWED),
    ("JavaScript:alert(1)", R.SCHEME_NOT_ALLOWED),
    ("data:text/html,<p>", R.SCHEME_NOT_ALLOWED),
    ("blob:https://example.org/1", R.SCHEME_NOT_ALLOWED),
    ("view-source:http://example.org/", R.SCHEME_NOT_ALLOWED),
    ("ws://example.org/", R.SCHEME_NOT_ALLOWED),
    ("about:blank", R.SCHEME_NOT_ALLOWED),
    ("jar:http://example.org!/", R.SCHEME_NOT_ALLOWED),
    ("ldap://example.org/", R.SCHEME_NOT_ALLOWED),
    ("localhost:80/", R.SCHEME_NOT_ALLOWED),
    ("httpx://example.org/", R.SCHEME_NOT_ALLOWED),
    # Somebody's name and password, or a host made to look like another one
    ("http://user@example.org/", R.CREDENTIALS_IN_URL),
    ("http://user:secret@example.org/", R.CREDENTIALS_IN_URL),
    ("http://@example.org/", R.CREDENTIALS_IN_URL),
    ("http://example.org@127.0.0.1/", R.CREDENTIALS_IN_URL),
    ("http://example.org:80@127.0.0.1:8080/", R.CREDENTIALS_IN_URL),
    ("http://a@b@example.org/", R.CREDENTIALS_IN_URL),
    ("http://user%40example.org@127.0.0.1/", R.CREDENTIALS_IN_URL),
    # Characters that parsers drop, turn or do not show
    ("http:\\\\example.org\\", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org\\@127.0.0.1/", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/a\\b", R.CHARACTER_NOT_ALLOWED),
    ("http://exam\tple.org/", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\r\nHost: inside", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\x00", R.CHARACTER_NOT_ALLOWED),
    ("\x00http://example.org/", R.CHARACTER_NOT_ALLOWED),
    ("ht\ntp://example.org/", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\x7f", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\x85", R.CHARACTER_NOT_ALLOWED),
    ("http://exam\u00adple.org/", R.CHARACTER_NOT_ALLOWED),  # soft hyphen
    ("http://exam\u200bple.org/", R.CHARACTER_NOT_ALLOWED),  # zero width space
    ("http://exam\u200dple.org/", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\u202egpj", R.CHARACTER_NOT_ALLOWED),  # right-to-left override
    ("http://example.org/\u2066a\u2069", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\u2028", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\u3000", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\u00a0", R.CHARACTER_NOT_ALLOWED),
    ("\ufeffhttp://example.org/", R.CHARACTER_NOT_ALLOWED),
    ("http://example.org/\ud800", R.CHARACTER_NOT_ALLOWED),  # lone surrogate
    # Hosts that no two parsers read alike
    ("http://0177.0.0.1/", R.HOST_AMBIGUOUS),
    ("http://010.0.0.1/", R.HOST_AMBIGUOUS),
    ("http://127.0.0.01/", R.HOST_AMBIGUOUS),
    ("http://00.0.0.0/", R.HOST_AMBIGUOUS),
    ("http://0x7f.0.0.1/", R.HOST_AMBIGUOUS),
    ("http://127.0.0.0x1/", R.HOST_AMBIGUOUS),
    ("http://0x7f000001/", R.HOST_AMBIGUOUS),
    ("http://0X7F000001/", R.HOST_AMBIGUOUS),
    ("http://0x/", R.HOST_AMBIGUOUS),
    ("http://2130706433/", R.HOST_AMBIGUOUS),
    ("http://017700000001/", R.HOST_AMBIGUOUS),
    ("http://127.1/", R.HOST_AMBIGUOUS),
    ("http://127.0.1/", R.HOST_AMBIGUOUS),
    ("http://1.2.3.4.5/", R.HOST_AMBIGUOUS),
    ("http://0/", R.HOST_AMBIGUOUS),
    ("http://256.1.1.1/", R.HOST_AMBIGUOUS),
    ("http://1.2.3.999/", R.HOST_AMBIGUOUS),
    ("http://99999999999/", R.HOST_AMBIGUOUS),
    ("http://example.0x1/", R.HOST_AMBIGUOUS),
    ("http://example.1/", R.HOST_AMBIGUOUS),
    ("http://١٢٧.٠.٠.١/", R.HOST_AMBIGUOUS),  # Arabic digits
    ("http://127%2e0.0.1/", R.HOST_AMBIGUOUS),
    ("http://%31%32%37.0.0.1/", R.HOST_AMBIGUOUS),
    ("http://example.org%2f@/", R.CREDENTIALS_IN_URL),
    ("http://example%2eorg/", R.HOST_AMBIGUOUS),
    ("http://example.org%00.evil.example/", R.HOST_AMBIGUOUS),
    ("http://[fe80::1%25eth0]/", R.HOST_AMBIGUOUS),
    ("http://１２７.0.0.1/", R.HOST_AMBIGUOUS),  # full width
    ("http://①②⑦.0.0.1/", R.HOST_AMBIGUOUS),
    ("http://example．org/", R.HOST_AMBIGUOUS),  # full-width stop
    ("http://example。org/", R.HOST_AMBIGUOUS),  # ideographic stop
    ("http://ⓔxample.org/", R.HOST_AMBIGUOUS),
    ("http://ﬁle.example/", R.HOST_AMBIGUOUS),  # ligature
    ("http://example.org℀.evil/", R.HOST_AMBIGUOUS),  # folds to a/c: a slash
    ("http://Kelvin.example/".replace("K", "\u212a"), R.HOST_AMBIGUOUS),
    ("http://\u017fecure.example/", R.HOST_AMBIGUOUS),  # long s
    ("http://\u0130stanbul.example/", R.HOST_AMBIGUOUS),
    ("http://cafe\u0301.example/", R.HOST_AMBIGUOUS),  # composes
    ("http://example\ufe0f.org/", R.HOST_AMBIGUOUS),
    ("http://exa\u034fmple.org/", R.HOST_AMBIGUOUS),
    ("http://exa\u115fmple.org/", R.HOST_AMBIGUOUS),
    ("http://exam\u2215ple.org/", R.HOST_AMBIGUOUS),  # division slash
    ("http://☃.example/", R.HOST_AMBIGUOUS),
    # Hosts and ports that are none
    ("http://.example.org/", R.HOST_MALFORMED),
    ("http://example..org/", R.HOST_MALFORMED),
    ("http://example.org./", R.HOST_MALFORMED),
    ("http://./", R.HOST_MALFORMED),
    ("http://-example.org/", R.HOST_MALFORMED),
    ("http://example-.org/", R.HOST_MALFORMED),
    ("http://exam ple.org/", R.HOST_MALFORMED),
    ("http://exam<ple.org/", R.HOST_MALFORMED),
    ("http://exam|ple.org/", R.HOST_MALFORMED),
    ("http://example.org,evil/", R.HOST_MALFORMED),
    ("http://example.org;evil/", R.HOST_MALFORMED),
    ("http://*.example.org/", R.HOST_MALFORMED),
    (f"http://{'a' * 64}.org/", R.HOST_MALFORMED),
    (f"http://{'a.' * 130}org/", R.HOST_MALFORMED),
    ("http://example.org:/", R.HOST_MALFORMED),
    ("http://example.org:0/", R.HOST_MALFORMED),
    ("http://example.org:080/", R.HOST_MALFORMED),
    ("http://example.org:65536/", R.HOST_MALFORMED),
    ("http://example.org:-80/", R.HOST_MALFORMED),
    ("http://example.org:80:81/", R.HOST_MALFORMED),
    ("http://example.org:8o/", R.HOST_MALFORMED),
    ("http://example.org:٨٠/", R.HOST_MALFORMED),
    ("http://example.org: 80/", R.HOST_MALFORMED),
    ("http://[::1/", R.HOST_MALFORMED),
    ("http://::1/", R.HOST_MALFORMED),
    ("http://[::1]x/", R.HOST_MALFORMED),
    ("http://[]/", R.HOST_MALFORMED),
    ("http://[:::1]/", R.HOST_MALFORMED),
    ("http://[1.2.3.4]/", R.HOST_MALFORMED),
    ("http://[::ffff:127.0.0.01]/", R.HOST_MALFORMED),
    ("http://[v1.fe80::a]/", R.HOST_MALFORMED),
    # Too long
    ("http://example.org/" + "a" * 2048, R.URL_TOO_LONG),
    ("http://example.org/" + "خ" * 400, R.URL_TOO_LONG),  # six characters each, once escaped
]

ACCEPTED = [
    # What is asked for, as it is sent
    ("http://example.org", "http://example.org/"),
    ("https://example.org/", "https://example.org/"),
    ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
    ("http://example.org:80/", "http://example.org/"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("http://example.org?a=b", "http://example.org/?a=b"),
    ("http://example.org/?", "http://example.org/?"),
    ("http://example.org/a#part", "http://example.org/a"),
    ("http://example.org#part", "http://example.org/"),
    ("http://example.org/a/../b/./c", "http://example.org/b/c"),
    ("http://example.org/a/%2e%2E/b", "http://example.org/b"),
    ("http://example.org/../../a", "http://example.org/a"),
    ("http://example.org/a/..", "http://example.org/"),
    ("http://example.org/a//b/", "http://example.org/a//b/"),
    ("http://example.org/a b", "http://example.org/a%20b"),
    ("http://example.org/%41%zz", "http://example.org/%41%zz"),
    ("http://example.org/@user/1?mail=a@b", "http://example.org/@user/1?mail=a@b"),
    ("http://example.org/a:b;c,d", "http://example.org/a:b;c,d"),
    ('http://example.org/"<>^`{}', "http://example.org/%22%3C%3E%5E%60%7B%7D"),
    ("http://example.org/a|b'c?d|e'f", "http://example.org/a%7Cb'c?d|e%27f"),
    ("http://example.org/?u=http://127.0.0.1/", "http://example.org/?u=http://127.0.0.1/"),
    ("https://example.org/خبر?س=ج", "https://example.org/%D8%AE%D8%A8%D8%B1?%D8%B3=%D8%AC"),
    ("https://example.org/\U0001f600", "https://example.org/%F0%9F%98%80"),
    ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
    ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ("https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"),
    ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://xn--mgbh0fb.xn--kgbechtv/", "https://xn--mgbh0fb.xn--kgbechtv/"),
    ("http://a_b.example/", "http://a_b.example/"),
    ("http://a--b.example/", "http://a--b.example/"),
    ("http://3com.example/", "http://3com.example/"),
    ("http://1.2.3.example/", "http://1.2.3.example/"),
    ("http://0x7f.example/", "http://0x7f.example/"),
    ("http://93.184.215.14/", "http://93.184.215.14/"),
    ("http://0.0.0.0/", "http://0.0.0.0/"),  # a matter for the guard
    ("http://[2606:2800:21F:0:0:0:0:1]/", "http://[2606:2800:21f::1]/"),
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"),
    ("http://localhost/", "http://localhost/"),
    ("http://example.org:65535/", "http://example.org:65535/"),
    ("https://www.example.org/a?b=c&d=%20e", "https://www.example.org/a?b=c&d=%20e"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text: str, reason: Reason) -> None:
    with pytest.raises(UnableToFetch) as unable:
        parse(text)
    assert unable.value.reason is reason
    assert not reason.may_pass


@pytest.mark.parametrize(("text", "sent"), ACCEPTED)
def test_accepted(text: str, sent: str) -> None:
    url = parse(text)
    assert str(url) == sent
    assert parse(sent) == url


def test_a_long_run_of_marks_costs_nothing() -> None:
    started = time.perf_counter()
    with pytest.raises(UnableToFetch):
        parse("http://" + "\u064e\u064f" * 400_000)
    with pytest.raises(UnableToFetch):
        parse("http://a" + "\u064e\u064f" * 1000)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("https://other.example/x", "https://other.example/x"),
        ("//other.example/x", "https://other.example/x"),
        ("/x?y", "https://example.org/x?y"),
        ("x", "https://example.org/a/x"),
        ("../x", "https://example.org/x"),
        ("?y", "https://example.org/a/b?y"),
        ("#part", "https://example.org/a/b?c"),
        ("", "https://example.org/a/b?c"),
        ("x:y/z", None),  # a scheme, not a path
        ("//user@other.example/", None),
        ("/\\other.example", None),
        ("http://0x7f.1/", None),
    ],
)
def test_redirects_meet_the_same_refusals(location: str, leads_to: str | None) -> None:
    base = parse("https://example.org/a/b?c")
    if leads_to is None:
        with pytest.raises(UnableToFetch):
            join(base, location)
    else:
        assert str(join(base, location)) == leads_to


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://Example.org:80/a#b", "http://example.org/a", True),
        ("http://example.org/%41%7e%c3%a9", "http://example.org/A~é", True),
        ("http://example.org/a/%2e%2e/b", "http://example.org/b", True),
        ("http://example.org/?", "http://example.org/", True),
        ("http://example.org/?utm_source=x&id=1&fbclid=2", "http://example.org/?id=1", True),
        ("http://example.org/?a=1&b=2", "http://example.org/?b=2&a=1", False),  # the order may matter
        ("http://example.org/a", "https://example.org/a", False),
        ("http://example.org/a", "http://example.org/a/", False),
        ("http://example.org/a%2Fb", "http://example.org/a/b", False),
        ("http://example.org/A", "http://example.org/a", False),
        ("http://example.org/a|b?c=d'e", "http://example.org/a%7cb?c=d%27e", True),
    ],
)
def test_canonical(one: str, other: str, same: bool) -> None:
    assert (canonical(one) == canonical(other)) is same
    assert canonical(canonical(one)) == canonical(one)


@pytest.mark.parametrize(
    "target", ["/", "/a?b=c", "/a/../b", "/%7euser", "/?q={a}|b^c", "/a?b?c", "/?", "/" + "long" * 2000, "//double//"]
)
def test_what_a_browser_asks_for_is_sent_as_it_stands(target: str) -> None:
    """`parse` would write some of them another way, and replay would then look for what is not there."""
    url = as_asked("https", "news.example:8443", target)
    assert (str(url), url.target) == (f"https://news.example:8443{target}", target)


@pytest.mark.parametrize(
    ("authority", "target", "reason"),
    [
        ("user@news.example", "/", R.CREDENTIALS_IN_URL),
        ("0x7f000001", "/", R.HOST_AMBIGUOUS),
        ("news.example", "", R.CHARACTER_NOT_ALLOWED),
        ("news.example", "*", R.CHARACTER_NOT_ALLOWED),
        # Each would be a second line, or a second request, to the server
        ("news.example", "/a b", R.CHARACTER_NOT_ALLOWED),
        ("news.example", "/a\r\nHost: inside", R.CHARACTER_NOT_ALLOWED),
        ("news.example", "/\u0661", R.CHARACTER_NOT_ALLOWED),
    ],
)
def test_its_host_is_read_as_strictly_as_any(authority: str, target: str, reason: Reason) -> None:
    with pytest.raises(UnableToFetch) as refused:
        as_asked("http", authority, target)
    assert refused.value.reason is reason
