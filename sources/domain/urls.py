"""Which URLs we fetch, and when two of them mean the same page.

Where parsers disagree about a URL, an attacker can have one of them check a host and another one connect to it. So
`parse` repairs nothing in front of the path: it accepts one spelling of an authority and refuses every other, each
with its reason.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

from sources.domain.captures import Reason, UnableToFetch
from sources.domain.details import Detail, Said

MAX_LENGTH = 2048  # of the escaped form; longer ones are cut or refused by servers and by half the tools of archives
DEFAULT_PORTS = {"http": 80, "https": 443}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_QUAD = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_NUMERIC = re.compile(r"\d+|0[xX][0-9a-fA-F]*")  # \d: digits of any script
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid)(?:=|$)")

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
_IN_NAMES = {"Ll", "Lm", "Lo", "Lu", "Mc", "Mn", "Nd"}
# Letters and marks that show nothing: they look like the name without them.
_BLANK_LETTERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ALLOWED_IN_PATH = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]")
_ALLOWED_IN_QUERY = (_ALLOWED_IN_PATH | {"|"}) - {"'"}  # as browsers have it, which play what is kept under no other
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Url:
    """One http(s) URL as it will be requested. `host` is ASCII in lower case, an IPv6 address without its brackets."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def target(self) -> str:
        return self.path if self.query is None else f"{self.path}?{self.query}"

    def __str__(self) -> str:
        return self.origin + self.target


def parse(text: str) -> Url:
    """Read an absolute URL; the fragment is dropped. Raises UnableToFetch with the reason of the first thing wrong."""
    _refuse_characters(text)
    match = _SCHEME.match(text)
    if not match:
        raise UnableToFetch(Reason.URL_MALFORMED, Detail(Said.ADDRESS_BEGINS))
    scheme = match[1].lower()
    if scheme not in DEFAULT_PORTS:
        raise UnableToFetch(Reason.SCHEME_NOT_ALLOWED, Detail(Said.SCHEME, scheme=scheme))
    rest = text[match.end() :]
    if not rest.startswith("//"):
        raise UnableToFetch(Reason.URL_MALFORMED, Detail(Said.SLASHES))
    authority, path, query = _split(rest[2:])
    host, port = _read_authority(authority)
    url = Url(
        scheme,
        host,
        port or DEFAULT_PORTS[scheme],
        _without_dot_segments(_escaped(path or "/", _ALLOWED_IN_PATH)),
        None if query is None else _escaped(query, _ALLOWED_IN_QUERY),
    )
    _refuse_length(str(url))  # escapes make a URL longer, and what is stored and sent is the escaped form
    return url


def as_asked(scheme: str, authority: str, target: str) -> Url:
    """The URL of a request that a browser makes: its host as strict as ever, path and query exactly as they stand.

    A browser writes them as browsers do and not always as `parse` would, and its pages ask for longer ones.
    """
    host = parse(f"{scheme}://{authority}/")
    if not target.startswith("/") or not target.isascii() or not target.isprintable() or " " in target:
        raise UnableToFetch(Reason.CHARACTER_NOT_ALLOWED, Detail(Said.CHARACTER_IN_PATH))
    path, mark, query = target.partition("?")
    return Url(host.scheme, host.host, host.port, path, query if mark else None)


def join(base: Url, location: str) -> Url:
    """Where a redirect from `base` leads. `location` may be relative; it meets the same refusals as any other URL."""
    location = location.strip(" ")  # as every parser does: white space around a header's value is no part of it
    _refuse_characters(location)
    if _SCHEME.match(location):
        return parse(location)
    if location.startswith("//"):
        return parse(f"{base.scheme}:{location}")
    if location.startswith("/"):
        return parse(base.origin + location)
    if location.startswith("?"):
        return parse(base.origin + base.path + location)
    if not location or location.startswith("#"):
        return base
    return parse(base.origin + base.path.rpartition("/")[0] + "/" + location)


def canonical(text: str) -> str:
    """The form by which sources and captures of one page find each other.

    RFC 3986, 6.2.2 and 6.2.3 (case, escapes, dot segments, default port), without fragment, without the escapes that
    browsers add to `|` and `'`, and without the parameters that only say which advertisement or newsletter was
    clicked. The order of the other parameters is kept: it may matter.
    """
    url = parse(text)
    query = url.query
    if query is not None:
        plain = _unescaped(query).replace("%27", "'")
        query = "&".join(part for part in plain.split("&") if part and not _TRACKING.match(part)) or None
    path = _without_dot_segments(_unescaped(url.path).replace("%7C", "|"))
    return str(Url(url.scheme, url.host, url.port, path, query))


def _refuse_characters(text: str) -> None:
    _refuse_length(text)
    for position, char in enumerate(text):
        if char == "\\" or (char != " " and unicodedata.category(char) in _INVISIBLE):
            detail = Detail(Said.CHARACTER, character=f"U+{ord(char):04X}", position=position + 1)
            raise UnableToFetch(Reason.CHARACTER_NOT_ALLOWED, detail)


def _refuse_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise UnableToFetch(Reason.URL_TOO_LONG, Detail(Said.TOO_LONG, number=len(text), most=MAX_LENGTH))


def _split(rest: str) -> tuple[str, str, str | None]:
    """What follows `//`, as authority, path and query."""
    rest = rest.partition("#")[0]
    before, mark, query = rest.partition("?")
    authority, slash, path = before.partition("/")
    return authority, slash + path, query if mark else None


def _read_authority(authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise UnableToFetch(Reason.CREDENTIALS_IN_URL, Detail(Said.NAME_BEFORE_HOST))
    if "%" in authority:
        raise UnableToFetch(Reason.HOST_AMBIGUOUS, Detail(Said.PERCENT_IN_HOST))
    match = _AUTHORITY.fullmatch(authority)
    if not match:
        raise UnableToFetch(Reason.HOST_MALFORMED, Detail(Said.HOST_UNREADABLE))
    port = int(match["port"]) if match["port"] else None
    if port is not None and port > 65535:
        raise UnableToFetch(Reason.HOST_MALFORMED, Detail(Said.NO_SUCH_PORT, port=port))
    return _read_host(match["host"]), port


def _read_host(host: str) -> str:
    if host.startswith("["):
        try:
            return ipaddress.IPv6Address(host[1:-1]).compressed
        except ValueError as error:
            raise UnableToFetch(Reason.HOST_MALFORMED, Detail(Said.NO_IPV6)) from error
    if len(host) > 253:
        raise UnableToFetch(Reason.HOST_MALFORMED, Detail(Said.HOST_TOO_LONG, most=253))
    if not host.isascii():
        host = _read_unicode_name(host)
    labels = host.lower().split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return _read_ipv4(host)
    ascii_labels = [label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels]
    name = ".".join(ascii_labels)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in ascii_labels):
        raise UnableToFetch(Reason.HOST_MALFORMED, Detail(Said.NO_HOST_NAME))
    return name


def _read_unicode_name(host: str) -> str:
    # Short by now, so that normalize (quadratic on marks in this Python) cannot be made to work for long.
    if unicodedata.normalize("NFKC", host) != host or len(host.lower()) != len(host):
        raise UnableToFetch(Reason.HOST_AMBIGUOUS, Detail(Said.HOST_TURNS))
    for char in host:
        if char not in ".-_" and (unicodedata.category(char) not in _IN_NAMES or _BLANK_LETTERS.match(char)):
            raise UnableToFetch(Reason.HOST_AMBIGUOUS, Detail(Said.CHARACTER_IN_HOST, character=f"U+{ord(char):04X}"))
    return host


def _read_ipv4(host: str) -> str:
    """Four decimal numbers and nothing else: octal, hexadecimal and short forms are read in different ways."""
    if not _QUAD.fullmatch(host) or any(int(part) > 255 for part in host.split(".")):
        raise UnableToFetch(Reason.HOST_AMBIGUOUS, Detail(Said.IPV4_UNUSUAL))
    return host


def _escaped(text: str, allowed: frozenset[str]) -> str:
    return "".join(char if char in allowed else "".join(f"%{byte:02X}" for byte in char.encode()) for char in text)


def _unescaped(text: str) -> str:
    """Escapes of letters and digits undone, the others in upper case."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match[0][1:], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(plain, text)


def _without_dot_segments(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        dots = segment.lower().replace("%2e", ".")
        if dots == "..":
            del kept[-1:]
        elif dots != ".":
            kept.append(segment)
    if segments[-1].lower().replace("%2e", ".") in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
