"""What others have of us, looked at before anything is signed.

Whoever owns the database can take the checkpoints out of it, write old entries anew and wait for the desk to sign the
result. At a plain place outside, which they cannot write to, the newest checkpoint says that the log went on otherwise.

A place that cannot be read, or does not answer, holds up no signature: it is logged, and found by the verifier.
"""

import logging
from threading import Thread

from audit.domain.notes import Checkpoint, NotANote, parse
from audit.signing import is_signed, trusted_keys
from audit.stamps import left
from audit.stamps.authorities import configured_places
from audit.stamps.states import AnchorKind

PATIENCE = 2.0  # seconds
log = logging.getLogger(__name__)
_asked: dict[str, Thread] = {}


def newest() -> list[Checkpoint]:
    """Of each place, the one over the longest log that a trusted key signed."""
    places = [each.where for each in configured_places() if each.kind is AnchorKind.FILE]
    trusted = trusted_keys() if places else {}
    return [found for each in places if (found := _first_signed(_read(each), trusted))]


def _first_signed(texts: list[str], trusted: dict[bytes, bytes]) -> Checkpoint | None:
    for text in texts:
        try:
            note = parse(text)
        except NotANote:
            continue
        if is_signed(note, trusted):
            return note.checkpoint
    return None


def _read(place: str) -> list[str]:
    """A disk that hangs lets nobody go who reads from it, so that is done by a thread that may be left behind."""
    if (before := _asked.get(place)) and before.is_alive():
        return []
    found: list[str] = []

    def read() -> None:
        try:
            found.extend(left.newest(place))
        except OSError as error:
            log.warning("%s cannot be read before signing: %s", place, error)

    reader = _asked[place] = Thread(target=read, name="reading elsewhere", daemon=True)
    reader.start()
    reader.join(PATIENCE)
    if reader.is_alive():
        log.warning("%s did not answer before signing.", place)
        return []
    return found
