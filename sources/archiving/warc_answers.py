"""What do the WARCs of a WACZ answer for an address? Runs only in the child that opens it (wacz_check.py).

The list of pages beside them is what somebody wrote: it may name pages that are nowhere, or that were refused, with
whatever text. A record is what is played, and only one to which the index leads.
"""

import re
import zlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sources.archiving.wacz_index import Index, Place
from sources.archiving.wacz_parts import Parts
from sources.domain.uploads import known_by

_HEAD = 64 * 1024
_HOPS = 10
_SUCCESS, _REDIRECTION = 2, 3  # the first digit of a status
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_LOCATION = re.compile(rb"\nlocation:[ \t]*([^\r\n]*)", re.I)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 where the record has none of its own. `leads_to`: where it redirected. `same_as`: of a record that
    says only that the answer was the same as another (a revisit), the address of that other one.
    """

    url: str
    at: datetime
    status: int
    leads_to: str = ""
    same_as: str = ""

    @property
    def is_page(self) -> bool:
        return self.status // 100 == _SUCCESS

    @property
    def is_redirect(self) -> bool:
        return self.status // 100 == _REDIRECTION and bool(self.leads_to)


class Answers:
    """Those for `names`, and for where they lead."""

    def __init__(self, parts: Parts, index: Index, names: Set[str]) -> None:
        self._of: dict[str, list[Answer]] = {}
        wanted = set(names)
        for _hop in range(_HOPS):
            places = index.places(wanted)
            new = {name: list(filter(None, (_read(parts, place) for place in places.get(name, ())))) for name in wanted}
            self._of |= new
            targets = {known_by(to) for found in new.values() for one in found for to in (one.leads_to, one.same_as)}
            wanted = targets - self._of.keys() - {""}
            if not wanted:
                return

    def of(self, name: str) -> Sequence[Answer]:
        return self._of.get(name, ())

    def page(self, answer: Answer) -> Answer | None:
        """The answer with a page in it: this one, or the one to which it led."""
        return self._page(answer, set())

    def _page(self, answer: Answer, met: set[Answer]) -> Answer | None:
        met.add(answer)
        if answer.is_redirect:
            near = sorted(self.of(known_by(answer.leads_to)), key=lambda one: nearness(one, answer.at))
            return next(filter(None, (self._page(one, met) for one in near if one not in met)), None)
        if answer.same_as:
            bodies = [one for one in self.of(known_by(answer.same_as)) if not one.same_as and one.is_page]
            return answer if bodies and (answer.is_page or not answer.status) else None
        return answer if answer.is_page else None


def nearness(answer: Answer, at: datetime) -> tuple[bool, timedelta]:
    """What it was led to before what led there: a check for robots, or for cookies, may have come first."""
    return answer.is_redirect, abs(answer.at - at)


def _read(parts: Parts, place: Place) -> Answer | None:
    """Where no record stands, or another one, the player shows nothing either."""
    try:
        record = next(iter(ArchiveIterator(parts.opened_at(place.warc, place.offset), no_record_parse=True)), None)
        if record is None or known_by(_header(record, "WARC-Target-URI")) != known_by(place.url):
            return None
        head = _head(record) if record.rec_type in ("response", "revisit") else b""
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError):
        return None
    if record.rec_type == "resource":  # without a head of HTTP: something that was there
        return Answer(place.url, place.at, HTTPStatus.OK)
    status, location = _STATUS.match(head), _LOCATION.search(head)
    leads_to = urljoin(place.url, location[1].decode(errors="replace").strip()) if location else ""
    same_as = _header(record, "WARC-Refers-To-Target-URI") if record.rec_type == "revisit" else ""
    if not (same_as if record.rec_type == "revisit" else status):
        return None
    return Answer(place.url, place.at, int(status[1]) if status else 0, leads_to, same_as)


def _header(record: Any, name: str) -> str:
    return (record.rec_headers.get_header(name) or "").strip("<>")


def _head(record: Any) -> bytes:
    """Of the server's answer, or of the answer that was the same as another."""
    head = b""
    while len(head) < _HEAD and not _END_OF_HEAD.search(head) and (data := record.raw_stream.read(_HEAD)):
        head += data
    return _END_OF_HEAD.split(head, 1)[0]
