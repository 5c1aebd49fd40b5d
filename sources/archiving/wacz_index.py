"""The index of a WACZ: where in which of its WARCs the answers of an address are. What is not in it is not played.

Makers write it as a text (`.cdx`, `.cdxj`), or in blocks that are packed by themselves (`.cdx.gz`) with a table of the
blocks (`.idx`). A player begins in the middle of the blocks and of the WARCs, so those have to be stored: a WACZ that
was packed again, as any ZIP file is, cannot be played.
"""

import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from sources.archiving.wacz_parts import Parts
from sources.domain.uploads import FileRefused, Refusal, known_by

_TEXTS = (".cdx", ".cdxj")
_WARCS = "archive/"
_DIGITS = re.compile(r"\d{14}(?:\d{3})?", re.ASCII)
_YEARS = 1991, 9000


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record of one answer begins. `url` is written as the player looks for it."""

    url: str
    at: datetime
    warc: str
    offset: int


class Index:
    """Raises FileRefused where there is none that the player would read, or nothing that it could read by one."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        blocks = [name for name in parts.names if name.startswith("indexes/") and name.endswith(".cdx.gz")]
        has_table = any(name.endswith(".idx") for name in parts.names)
        self._blocks = blocks if has_table else []
        self._texts = [name for name in parts.names if name.endswith(_TEXTS)]
        if not self._blocks and not self._texts:
            raise FileRefused(Refusal.WACZ_WITHOUT_INDEX)
        for name in [*self._blocks, *(name for name in parts.names if name.startswith(_WARCS))]:
            if not parts.is_stored(name):
                raise FileRefused(Refusal.WACZ_REPACKED, name)

    def places(self, names: Set[str]) -> dict[str, list[Place]]:
        """By the names that pages are known by: those of `names` that the index has, in the order of time."""
        found: dict[str, list[Place]] = {}
        roughly = {_roughly(f"//{name}") for name in names}
        for line in self._lines():
            place = self._place(line, roughly)
            if place and (name := known_by(place.url)) in names:
                found.setdefault(name, []).append(place)
        return {name: sorted(places, key=lambda place: place.at) for name, places in found.items()}

    def _lines(self) -> Iterator[bytes]:
        for name in self._texts:
            yield from self._parts.lines(name)
        for name in self._blocks:
            yield from self._parts.lines(name, packed=True)

    def _place(self, line: bytes, roughly: Set[str]) -> Place | None:
        """None for what is not meant, or what the player could not play: it reads what was asked for with GET."""
        before, brace, facts = line.partition(b" {")
        try:
            said: Any = json.loads(b"{" + facts) if brace else {}
            if said.get("method", "GET") != "GET" or _roughly(said["url"]) not in roughly:
                return None
            warc, offset = _WARCS + said["filename"], int(said["offset"])
            at = _moment(before.split()[1].decode())
        except (ValueError, LookupError, TypeError, AttributeError):
            return None
        return Place(said["url"], at, warc, offset) if warc in self._parts.names and offset >= 0 else None


def _roughly(url: str) -> str:
    """Of two addresses of one page alike, and found sooner than what they are known by: the path."""
    return unquote(url).lower().partition("//")[2].partition("?")[0].partition("#")[0].partition("/")[2].rstrip("/")


def _moment(digits: str) -> datetime:
    """Of 14 digits, or of 17 with thousandths. Raises ValueError for others, and for one that no answer is of."""
    if not _DIGITS.fullmatch(digits) or not _YEARS[0] <= int(digits[:4]) <= _YEARS[1]:
        raise ValueError(digits)
    return datetime.strptime(f"{digits:0<17}000", "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
