"""How a capture can end, in a closed vocabulary shared by everything that captures.

A capture never fails "somehow": it carries one `Reason`, and the reason alone decides whether trying again makes sense.
"""

from dataclasses import dataclass
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
    CAPTURE_TOO_LARGE = "CAPTURE_TOO_LARGE"  # all answers together
    TOO_MANY_RESOURCES = "TOO_MANY_RESOURCES"
    WEBSOCKET_REFUSED = "WEBSOCKET_REFUSED"
    # What the server said.
    HTTP_CLIENT_ERROR = "HTTP_CLIENT_ERROR"
    HTTP_FORBIDDEN = "HTTP_FORBIDDEN"  # there may be a page, but not for us
    HTTP_RATE_LIMITED = "HTTP_RATE_LIMITED"
    HTTP_SERVER_ERROR = "HTTP_SERVER_ERROR"
    # What stood there instead of the page.
    CHALLENGE_PAGE = "CHALLENGE_PAGE"
    CONSENT_WALL = "CONSENT_WALL"
    EMPTY_SHELL = "EMPTY_SHELL"
    # In the browser.
    RESOURCES_MISSING = "RESOURCES_MISSING"
    SCRIPT_STOPPED = "SCRIPT_STOPPED"  # one that did not end, so what it would have shown is not there
    SCROLLED_IN_PART = "SCROLLED_IN_PART"  # what loads on the way down may not be there
    PAGE_RESTLESS = "PAGE_RESTLESS"  # it would not stand still to be taken
    PAGE_CRASHED = "PAGE_CRASHED"
    # Our own side.
    BROWSER_FAULT = "BROWSER_FAULT"
    WORKER_LOST = "WORKER_LOST"  # every worker that took it died
    NOT_STORED = "NOT_STORED"  # no room on the archive's disk, or no disk
    FILE_CUT = "FILE_CUT"  # one that was uploaded and breaks off
    # The page was kept whole, its text was not.
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_DAMAGED = "TEXT_DAMAGED"  # bytes that the declared charset does not have, or none was declared
    TEXT_TRUNCATED = "TEXT_TRUNCATED"
    TEXT_TIMED_OUT = "TEXT_TIMED_OUT"
    TEXT_OUT_OF_MEMORY = "TEXT_OUT_OF_MEMORY"
    TEXT_LOCKED = "TEXT_LOCKED"  # by a password
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
        Reason.BROWSER_FAULT,
    }
)


class Handling(StrEnum):
    """What was done to a page, beside opening it."""

    NO_BROWSER = "NO_BROWSER"  # so it was asked for without one
    TAKEN_AS_FILE = "TAKEN_AS_FILE"  # no page: kept as it came
    WAITED_QUIET = "WAITED_QUIET"  # until nothing more was asked for
    STOPPED_WAITING = "STOPPED_WAITING"  # it never fell silent
    FOLLOWED_SCRIPT = "FOLLOWED_SCRIPT"  # the page itself led to another address
    SCROLLED = "SCROLLED"  # once to its end and back
    SCROLLED_IN_PART = "SCROLLED_IN_PART"  # to the limit, or it could not be scrolled
    BANNERS_LEFT = "BANNERS_LEFT"  # of consent, if there were any: nobody looked
    BANNER_NOT_FOUND = "BANNER_NOT_FOUND"
    BANNER_DECLINED = "BANNER_DECLINED"
    BANNER_HIDDEN = "BANNER_HIDDEN"  # it could not be declined
    BANNER_FAILED = "BANNER_FAILED"  # neither worked, or not in time
    BANNER_LED_AWAY = "BANNER_LED_AWAY"  # to another address, so the page was opened anew and the banner left
    FRAMES_CUT = "FRAMES_CUT"  # their text was taken as far as is allowed
    DIALOG_DISMISSED = "DIALOG_DISMISSED"
    WINDOW_CLOSED = "WINDOW_CLOSED"  # one that the page opened
    DOWNLOAD_REFUSED = "DOWNLOAD_REFUSED"
    SCRIPT_STOPPED = "SCRIPT_STOPPED"  # one that did not end
    PICTURE_CUT = "PICTURE_CUT"  # the page is higher than its picture, or scrolls in a box


# What a server itself answered: such an answer is kept, as it came.
ANSWERS = frozenset(
    {Reason.HTTP_CLIENT_ERROR, Reason.HTTP_FORBIDDEN, Reason.HTTP_RATE_LIMITED, Reason.HTTP_SERVER_ERROR}
)

GONE = (404, 410)
"""Statuses by which a server says that there is no such thing: nobody would be shown more than we were."""


class Wanted(StrEnum):
    """What a page wanted of an address, as the browser says it or else as the address looks."""

    IMAGE = "IMAGE"
    STYLE = "STYLE"
    SCRIPT = "SCRIPT"
    FONT = "FONT"
    FRAME = "FRAME"
    MEDIA = "MEDIA"
    DATA = "DATA"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a page asked for and did not get, or got an error instead of (`reason` is one of ANSWERS)."""

    url: str
    reason: Reason
    detail: str = ""
    wanted: Wanted | None = None


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
