"""Lists of the copies that an archive has of a page, and of further such lists: TimeMaps of RFC 7089."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urljoin

from sources.domain.copies import CopyFailure, Memento, UnableToCopy
from sources.domain.details import Detail, Said

MOST_MEMENTOS = 200_000
LINKS = "application/link-format"


class Extent(StrEnum):
    """How far a list was read that copies were found in, where that was not to its end."""

    IN_PART = "IN_PART"  # a nearer one may stand in what was not read
    TO_THE_NEAREST = "TO_THE_NEAREST"  # by what the archive says of the rest, none there is nearer


@dataclass(frozen=True, slots=True)
class Part:
    """Another list of the same copies, and from when to when it says that they are."""

    url: str
    since: datetime | None = None
    until: datetime | None = None

    def away(self, at: datetime) -> timedelta:
        """How far from a moment its nearest memento is at least; nothing where it does not say."""
        if self.since and at < self.since:
            return self.since - at
        return at - self.until if self.until and at > self.until else timedelta()


@dataclass(frozen=True, slots=True)
class TimeMap:
    """The mementos an archive named, oldest first, and the further lists it named: those that were not read."""

    mementos: tuple[Memento, ...]
    unread: tuple[Part, ...] = ()

    def nearest(self, at: datetime) -> Memento:
        return min(self.mementos, key=lambda each: abs(each.at - at))

    def extent(self, at: datetime) -> Extent | None:
        """None where all of it was read."""
        if not self.unread:
            return None
        found = abs(self.nearest(at).at - at)
        return Extent.TO_THE_NEAREST if all(each.away(at) >= found for each in self.unread) else Extent.IN_PART


_LINK = re.compile(r"<([^<>\s]{1,4096})>((?:\s*;\s*[a-z*]{1,20}\s*=\s*(?:\"[^\"]{0,1000}\"|[^\s\";,]{1,200}))*)")
_PARAMETER = re.compile(r";\s*([a-z*]{1,20})\s*=\s*(?:\"([^\"]*)\"|([^\s\";,]+))")


def read_timemap(text: str, base: str) -> TimeMap:
    """The mementos of an `application/link-format` that came from `base`, and the further lists in that form.

    What is no memento, or names no time, is passed over.
    """
    found, parts = [], []
    for link in _LINK.finditer(text):
        said = {name: quoted or bare for name, quoted, bare in _PARAMETER.findall(link[2])}
        relations = said.get("rel", "").split()
        if "memento" in relations:
            at = _time(said.get("datetime", ""))
            if at is not None and re.match(r"https?:", link[1], re.IGNORECASE):
                found.append(Memento(link[1], at))
        elif "timemap" in relations and "self" not in relations and _is_such_a_list(said):
            parts.append(Part(_joined(base, link[1]), _time(said.get("from", "")), _time(said.get("until", ""))))
        if len(found) + len(parts) > MOST_MEMENTOS:
            raise UnableToCopy(CopyFailure.ANSWER_TOO_LARGE, Detail(Said.MORE_MEMENTOS, most=MOST_MEMENTOS))
    return TimeMap(tuple(sorted(found, key=lambda each: each.at)), tuple(parts))


def _is_such_a_list(said: Mapping[str, str]) -> bool:
    """And not the same one in another form."""
    return said.get("type", LINKS).partition(";")[0].strip().lower() == LINKS


def _time(said: str) -> datetime | None:
    """What names no zone names no time."""
    try:
        at = parsedate_to_datetime(said)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        return None


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url
