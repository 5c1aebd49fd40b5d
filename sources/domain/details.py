"""What was so in the instance of one capture, or of one question to another archive: a code and its values, worded
where it is shown, in any language.

Elsewhere (logs, what a command prints) a detail is its sentence in English. What other programs say of a fault is no
detail of ours, and stays the text that they gave.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


def gettext_noop(text: str) -> str:
    """Marks a sentence for whoever gathers those that are to be translated."""
    return text


class Said(StrEnum):
    ADDRESS_BEGINS = "ADDRESS_BEGINS"
    SCHEME = "SCHEME"
    SLASHES = "SLASHES"
    CHARACTER = "CHARACTER"
    CHARACTER_IN_PATH = "CHARACTER_IN_PATH"
    CHARACTER_IN_HEADER = "CHARACTER_IN_HEADER"
    TOO_LONG = "TOO_LONG"
    NAME_BEFORE_HOST = "NAME_BEFORE_HOST"
    PERCENT_IN_HOST = "PERCENT_IN_HOST"
    HOST_UNREADABLE = "HOST_UNREADABLE"
    NO_SUCH_PORT = "NO_SUCH_PORT"
    NO_IPV6 = "NO_IPV6"
    HOST_TOO_LONG = "HOST_TOO_LONG"
    NO_HOST_NAME = "NO_HOST_NAME"
    HOST_TURNS = "HOST_TURNS"
    CHARACTER_IN_HOST = "CHARACTER_IN_HOST"
    IPV4_UNUSUAL = "IPV4_UNUSUAL"
    HOST = "HOST"
    HOST_SILENT = "HOST_SILENT"
    HOST_INSIDE = "HOST_INSIDE"
    ADDRESS_INSIDE = "ADDRESS_INSIDE"
    ANOTHER_PEER = "ANOTHER_PEER"
    PORT = "PORT"
    NOT_TAKEN = "NOT_TAKEN"
    CONNECTING = "CONNECTING"
    SECONDS = "SECONDS"
    CERTIFICATE = "CERTIFICATE"
    TLS = "TLS"
    TLS_BROKEN = "TLS_BROKEN"
    STATUS = "STATUS"
    INTERIM_STATUS = "INTERIM_STATUS"
    MORE_BYTES = "MORE_BYTES"
    MORE_BYTES_DECLARED = "MORE_BYTES_DECLARED"
    MORE_BYTES_UNPACKED = "MORE_BYTES_UNPACKED"
    MORE_BYTES_IN_ALL = "MORE_BYTES_IN_ALL"
    MORE_BYTES_SENT = "MORE_BYTES_SENT"
    MORE_REDIRECTS = "MORE_REDIRECTS"
    MORE_REQUESTS = "MORE_REQUESTS"
    BACK_TO = "BACK_TO"
    ENCODING = "ENCODING"
    PACKED_BROKEN = "PACKED_BROKEN"
    PACKED_CUT = "PACKED_CUT"
    ANSWER_CUT = "ANSWER_CUT"
    STILL_LOADING = "STILL_LOADING"
    GOES_ON = "GOES_ON"
    NO_ANSWER = "NO_ANSWER"
    BROWSER_ENDED = "BROWSER_ENDED"
    NO_KEYS = "NO_KEYS"
    NO_JSON = "NO_JSON"
    NO_JSON_OBJECT = "NO_JSON_OBJECT"
    NAMES_NO_JOB = "NAMES_NO_JOB"
    NAMES_NO_COPY = "NAMES_NO_COPY"
    NAMES_NO_TIME = "NAMES_NO_TIME"
    NEITHER_DONE_NOR_NOT = "NEITHER_DONE_NOR_NOT"
    JOB = "JOB"
    MORE_MEMENTOS = "MORE_MEMENTOS"
    LISTS_NOT_READ = "LISTS_NOT_READ"


_ = gettext_noop
SENTENCES: Final[Mapping[Said, str]] = {
    Said.ADDRESS_BEGINS: _("a URL begins with http:// or https://"),
    Said.SCHEME: _("%(scheme)s: is neither http nor https"),
    Said.SLASHES: _("two slashes must follow the scheme"),
    Said.CHARACTER: _("%(character)s at position %(position)s"),
    Said.CHARACTER_IN_PATH: _("in the path of a request"),
    Said.CHARACTER_IN_HEADER: _("in the header %(header)s"),
    Said.TOO_LONG: _("%(number)s characters; the limit is %(most)s"),
    Said.NAME_BEFORE_HOST: _("a name or password stands before the host"),
    Said.PERCENT_IN_HOST: _("the host contains a percent escape"),
    Said.HOST_UNREADABLE: _("the host or its port cannot be read"),
    Said.NO_SUCH_PORT: _("there is no port %(port)s"),
    Said.NO_IPV6: _("not an IPv6 address"),
    Said.HOST_TOO_LONG: _("a host name has at most %(most)s characters"),
    Said.NO_HOST_NAME: _("not a host name"),
    Said.HOST_TURNS: _("the name turns into another one when normalised"),
    Said.CHARACTER_IN_HOST: _("%(character)s is not for names"),
    Said.IPV4_UNUSUAL: _("an IPv4 address is written as four decimal numbers"),
    Said.HOST: _("the name is %(host)s"),
    Said.HOST_SILENT: _("no answer about %(host)s in time"),
    Said.HOST_INSIDE: _("%(host)s is %(address)s, which is not a public address"),
    Said.ADDRESS_INSIDE: _("%(address)s is not a public address"),
    Said.ANOTHER_PEER: _("asked for %(address)s and was given %(peer)s"),
    Said.PORT: _("port %(port)s"),
    Said.NOT_TAKEN: _("%(host)s did not take the connection"),
    Said.CONNECTING: _("%(host)s port %(port)s: %(message)s"),
    Said.SECONDS: _("not finished within %(seconds)s seconds"),
    Said.CERTIFICATE: _("certificate of %(host)s: %(message)s"),
    Said.TLS: _("no agreement with %(host)s: %(message)s"),
    Said.TLS_BROKEN: _("during the TLS handshake"),
    Said.STATUS: _("HTTP status %(status)s"),
    Said.INTERIM_STATUS: _("status %(status)s to a plain request"),
    Said.MORE_BYTES: _("more than %(most)s bytes"),
    Said.MORE_BYTES_DECLARED: _("%(number)s bytes; the limit is %(most)s"),
    Said.MORE_BYTES_UNPACKED: _("more than %(most)s bytes when unpacked"),
    Said.MORE_BYTES_IN_ALL: _("more than %(most)s bytes in all"),
    Said.MORE_BYTES_SENT: _("the page sends more than %(most)s bytes"),
    Said.MORE_REDIRECTS: _("more than %(most)s redirects"),
    Said.MORE_REQUESTS: _("more than %(most)s things"),
    Said.BACK_TO: _("back to %(url)s"),
    Said.ENCODING: _("packed as %(encoding)s"),
    Said.PACKED_BROKEN: _("the compressed body is broken"),
    Said.PACKED_CUT: _("the compressed body ends too early"),
    Said.ANSWER_CUT: _("the answer is not whole"),
    Said.STILL_LOADING: _("still loading when the page was taken"),
    Said.GOES_ON: _("a conversation that goes on cannot be kept as a page"),
    Said.NO_ANSWER: _("no answer"),
    Said.BROWSER_ENDED: _("the browser ended before an answer came"),
    Said.NO_KEYS: _("no keys of the Internet Archive"),
    Said.NO_JSON: _("its answer is no JSON"),
    Said.NO_JSON_OBJECT: _("its answer is no JSON object"),
    Said.NAMES_NO_JOB: _("it names no job"),
    Said.NAMES_NO_COPY: _("it names no copy"),
    Said.NAMES_NO_TIME: _("it names no time"),
    Said.NEITHER_DONE_NOR_NOT: _("it says neither that it is done nor that it is not"),
    Said.JOB: _("job %(job)s"),
    Said.MORE_MEMENTOS: _("more than %(most)s copies"),
    Said.LISTS_NOT_READ: _("lists not read: %(number)s"),
}


class Detail(str):
    """The sentence in English, which knows what it says. Values are texts and whole numbers."""

    __slots__ = ("code", "values")
    code: Said
    values: Mapping[str, str | int]

    def __new__(cls, code: Said, **values: str | int) -> "Detail":
        made = super().__new__(cls, SENTENCES[code] % values)
        made.code, made.values = code, values
        return made


@dataclass(frozen=True, slots=True)
class Stored:
    code: Said
    values: Mapping[str, str | int]


def stored(detail: str) -> str:
    """As a row keeps it: what is no `Detail` as it stands."""
    if not isinstance(detail, Detail):
        return detail
    return json.dumps({"said": detail.code, **detail.values}, ensure_ascii=False)


def read(kept: str) -> Stored | None:
    """None for what other programs said, and for the English of captures made before November 2026 ended."""
    try:
        values = json.loads(kept)
        code = Said(values.pop("said"))
        SENTENCES[code] % values
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Stored(code, values)
