"""A list of copies that comes in parts (RFC 7089, 5.1.1 and 5.1.2), read as far as is needed and allowed.

An archive may answer with a first part that names the next, or with an index that names parts only. They are read from
the one around the moment asked for outwards. What another host answers is left: it would learn the address.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from sources.domain.copies import CopyFailure, Memento, UnableToCopy
from sources.domain.details import Detail, Said
from sources.domain.timemaps import Part, TimeMap, read_timemap

MOST_LISTS = 5
"""Asked one after the other, within the lease of one errand."""
MOST_BYTES = 16 * 1024 * 1024
"""Of all lists together."""

Fetch = Callable[[str, int], str]
"""What an address answers, within so many bytes. Raises UnableToCopy."""


def read_in_parts(url: str, fetch: Fetch, at: datetime) -> TimeMap:
    """The mementos in the list at `url` and in those it leads to, and which of these were not read."""
    reading = _Reading(url, fetch)
    reading.read(url)
    for _ in range(MOST_LISTS - 1):
        if not reading.waiting:
            break
        part = min(reading.waiting, key=lambda each: each.away(at))
        reading.waiting.remove(part)
        if not reading.reads(part):
            reading.unread.append(part)
    unread = (*reading.unread, *reading.waiting)
    if not reading.mementos and reading.failed and reading.failed.failure.may_pass:
        raise reading.failed
    if not reading.mementos and unread:
        raise UnableToCopy(CopyFailure.LIST_IN_PARTS, Detail(Said.LISTS_NOT_READ, number=len(unread)))
    return TimeMap(tuple(sorted(reading.mementos, key=lambda each: (each.at, each.url))), unread)


class _Reading:
    """Lists that are `waiting` to be read, and those that are not: `unread`."""

    def __init__(self, first: str, fetch: Fetch) -> None:
        self.first = first
        self.fetch = fetch
        self.left = MOST_BYTES
        self.known = {first}
        self.mementos: set[Memento] = set()
        self.waiting: list[Part] = []
        self.unread: list[Part] = []
        self.failed: UnableToCopy | None = None

    def read(self, url: str) -> bool:
        """Whether it named any copies, or lists that were not named before."""
        text = self.fetch(url, self.left)
        self.left -= len(text.encode())
        named = read_timemap(text, url)
        further = [part for part in {part.url: part for part in named.unread}.values() if part.url not in self.known]
        for part in further:
            self.known.add(part.url)
            (self.waiting if _of_one_host(part.url, self.first) else self.unread).append(part)
        self.mementos.update(named.mementos)
        return bool(named.mementos or further)

    def reads(self, part: Part) -> bool:
        """The same, and false where it could not be had."""
        try:
            return self.read(part.url)
        except UnableToCopy as unable:
            self.failed = unable
            return False


def _of_one_host(one: str, other: str) -> bool:
    try:
        (one_scheme, one_host, *_), (other_scheme, other_host, *_) = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return (one_scheme, one_host.lower()) == (other_scheme, other_host.lower())
