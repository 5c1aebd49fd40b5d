"""How a capture can end, in a closed vocabulary shared by everything that captures.

A capture never fails "somehow": it carries one `Reason`, and the reason alone decides whether trying again makes sense.
"""

from enum import StrEnum


class CaptureState(StrEnum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    PARTIAL = "PARTIAL"  # something was kept, and the reason says what is missing
    FAILED = "FAILED"


class Reason(StrEnum):
    # The address itself: refused before anything is sent.
    URL_MALFORMED = "URL_MALFORMED"
    URL_TOO_LONG = "URL_TOO_LONG"
    SCHEME_NOT_ALLOWED = "SCHEME_NOT_ALLOWED"
    CREDENTIALS_IN_URL = "CREDENTIALS_IN_URL"
    CHARACTER_NOT_ALLOWED = "CHARACTER_NOT_ALLOWED"  # control, invisible, backslash
    HOST_MALFORMED = "HOST_MALFORMED"
    HOST_AMBIGUOUS = "HOST_AMBIGUOUS"  # two parsers would read two different hosts
    PORT_NOT_ALLOWED = "PORT_NOT_ALLOWED"
    # Where it leads.
    NAME_NOT_RESOLVED = "NAME_NOT_RESOLVED"
    ADDRESS_NOT_PUBLIC = "ADDRESS_NOT_PUBLIC"
    TOO_MANY_REDIRECTS = "TOO_MANY_REDIRECTS"
    REDIRECT_LOOP = "REDIRECT_LOOP"
    # The conversation.
    CONNECTION_REFUSED = "CONNECTION_REFUSED"
    CONNECTION_LOST = "CONNECTION_LOST"
    TLS_FAILED = "TLS_FAILED"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    BAD_RESPONSE = "BAD_RESPONSE"  # not HTTP, or not as HTTP allows
    HEADERS_TOO_LARGE = "HEADERS_TOO_LARGE"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    DECOMPRESSED_TOO_LARGE = "DECOMPRESSED_TOO_LARGE"
    ENCODING_NOT_SUPPORTED = "ENCODING_NOT_SUPPORTED"  # a Content-Encoding nobody asked for
    # What the server said.
    HTTP_CLIENT_ERROR = "HTTP_CLIENT_ERROR"
    HTTP_RATE_LIMITED = "HTTP_RATE_LIMITED"
    HTTP_SERVER_ERROR = "HTTP_SERVER_ERROR"
    # Our own side.
    WORKER_LOST = "WORKER_LOST"  # every worker that took it died
    NOT_STORED = "NOT_STORED"  # no room on the archive's disk, or no disk
    # The page was kept whole, its text was not.
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_DAMAGED = "TEXT_DAMAGED"  # bytes that the declared charset does not have
    TEXT_TRUNCATED = "TEXT_TRUNCATED"
    TEXT_TIMED_OUT = "TEXT_TIMED_OUT"
    TEXT_OUT_OF_MEMORY = "TEXT_OUT_OF_MEMORY"
    TEXT_FAILED = "TEXT_FAILED"

    @property
    def may_pass(self) -> bool:
        """Whether the same request can go better later without anyone changing it."""
        return self in _PASSING


_PASSING = frozenset(
    {
        Reason.NAME_NOT_RESOLVED,
        Reason.CONNECTION_REFUSED,
        Reason.CONNECTION_LOST,
        Reason.DEADLINE_PASSED,
        Reason.HTTP_RATE_LIMITED,
        Reason.HTTP_SERVER_ERROR,
        Reason.NOT_STORED,
    }
)


class UnableToFetch(Exception):
    """An expected end of a fetch.

    `detail` is for the desk: what stood where, in plain English, never a traceback. `redirects` are the URLs that
    answered before it came to this.
    """

    redirects: tuple[str, ...] = ()

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
