"""Which addresses do the WARCs of a WACZ answer for? Runs in the child that opens it only (wacz_check.py).

The list of pages beside them is what somebody wrote: it may name pages that are nowhere, with whatever text. A record
of an answer is what a player plays.
"""

from collections.abc import Callable, Iterable, Set
from typing import IO

from warcio.archiveiterator import ArchiveIterator

_IN_FULL = ("response", "resource")


def answered(warcs: Iterable[IO[bytes]], wanted: Set[str], meant: str, known_by: Callable[[str], str]) -> set[str]:
    """Those of `wanted` that there is a record of, as `known_by` names them; only up to `meant`, where that is there.

    A revisit says that the answer was the same as another: it counts where that other one is in these files.
    """
    found: set[str] = set()
    held: set[str] = set()
    again: list[tuple[str, str]] = []
    for warc in warcs:
        # Heads of records only: what is in them is unpacked to be passed by, and kept nowhere.
        for record in ArchiveIterator(warc, no_record_parse=True):
            digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
            held |= {digest} if record.rec_type in _IN_FULL else set()
            name = known_by((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
            if name not in wanted:
                continue
            if record.rec_type == "revisit":
                again.append((name, digest))
            elif record.rec_type in _IN_FULL:
                found.add(name)
                if meant in found or len(found) == len(wanted):
                    return found
    return found | {name for name, digest in again if digest in held}
