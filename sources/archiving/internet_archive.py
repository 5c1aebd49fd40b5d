"""The Internet Archive: have it save a page (Save Page Now 2), and ask which copies it has (TimeMap, RFC 7089).

https://docs.google.com/document/d/1Nsv52MvSjbLb2PCpHlat0gkzw0EvtSgpKHu4mk0MnrA and RFC 7089, section 5. Every
question tells the archive the address of the page.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sources.archiving.guard import Guard
from sources.archiving.outgoing import Asking, Reply, converse
from sources.archiving.timemaps import read_in_parts
from sources.domain.captures import Reason, UnableToFetch
from sources.domain.copies import CopyFailure, Memento, UnableToCopy, read_job, read_status
from sources.domain.details import Detail, Said
from sources.domain.timemaps import LINKS, TimeMap

MOST_BYTES = 512 * 1024  # of a status, which lists what was loaded
_UNREADABLE = {Reason.BAD_RESPONSE, Reason.ENCODING_NOT_SUPPORTED}
_TOO_LARGE = {Reason.BODY_TOO_LARGE, Reason.DECOMPRESSED_TOO_LARGE, Reason.HEADERS_TOO_LARGE}


@dataclass(frozen=True, slots=True)
class InternetArchive:
    """`base` is where it answers, `timemap` what an address is put behind to get its list of copies."""

    base: str
    timemap: str
    guard: Guard
    access_key: str = ""
    secret_key: str = field(default="", repr=False)

    def save(self, url: str) -> str:
        """Have `url` saved; returns the number of the job. Raises UnableToCopy."""
        body = urlencode({"url": url, "skip_first_archive": "1"}).encode()
        form = ("Content-Type", "application/x-www-form-urlencoded")
        return read_job(_object(self._ask(f"{self.base}/save", Asking("POST", (*self._signed(), form), body))))

    def status(self, job: str) -> Memento | None:
        """The copy; None while they are at it. Raises UnableToCopy."""
        reply = self._ask(f"{self.base}/save/status/{job}", Asking("GET", self._signed()))
        return read_status(_object(reply), self.base)

    def copies(self, url: str, at: datetime) -> TimeMap:
        """Which copies of `url` there are, and surely the nearest to `at` as far as the list can be read; none is an
        answer. Raises UnableToCopy."""
        asking = Asking("GET", (("Accept", LINKS), ("Accept-Encoding", "gzip, deflate")))

        def fetch(address: str, limit: int) -> str:
            reply = self._converse(address, asking, limit)
            return "" if reply.status == 404 else _accepted(reply).body.decode("utf-8", "replace")

        return read_in_parts(self.timemap + url, fetch, at)

    def _signed(self) -> tuple[tuple[str, str], ...]:
        if not self.access_key or not self.secret_key:
            raise UnableToCopy(CopyFailure.NOT_CONFIGURED, Detail(Said.NO_KEYS))
        return (("Accept", "application/json"), ("Authorization", f"LOW {self.access_key}:{self.secret_key}"))

    def _ask(self, url: str, asking: Asking) -> Reply:
        return _accepted(self._converse(url, asking, MOST_BYTES))

    def _converse(self, url: str, asking: Asking, limit: int) -> Reply:
        try:
            return converse(url, asking, self.guard, limit=limit)
        except UnableToFetch as unable:
            raise UnableToCopy(_failure(unable.reason), unable.detail) from unable


def _accepted(reply: Reply) -> Reply:
    if reply.status in {401, 403}:
        raise UnableToCopy(CopyFailure.KEYS_REFUSED, _status(reply))
    if reply.status == 429:
        raise UnableToCopy(CopyFailure.RATE_LIMITED, _status(reply), wait=reply.wait)
    if reply.status != 200:
        raise UnableToCopy(CopyFailure.SERVICE_ERROR, _status(reply), wait=reply.wait)
    return reply


def _status(reply: Reply) -> Detail:
    return Detail(Said.STATUS, status=reply.status)


def _object(reply: Reply) -> dict[str, Any]:
    try:
        read = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NO_JSON)) from error
    if not isinstance(read, dict):
        raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NO_JSON_OBJECT))
    return read


def _failure(reason: Reason) -> CopyFailure:
    if reason in _UNREADABLE:
        return CopyFailure.ANSWER_MALFORMED
    if reason in _TOO_LARGE:
        return CopyFailure.ANSWER_TOO_LARGE
    return CopyFailure.UNREACHABLE if reason.may_pass else CopyFailure.NOT_ALLOWED
