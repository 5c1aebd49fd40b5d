"""Whether a signed checkpoint says what a key that is trusted signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from audit.domain.notes import NotANote, Note, parse
from audit.signing import is_signed

Trusted = Mapping[bytes, bytes]


class Judged(Enum):
    SIGNED = auto()
    BY_UNKNOWN = auto()
    FALSELY = auto()
    NO_NOTE = auto()


@dataclass(frozen=True)
class Read:
    """A checkpoint as read: its text's meaning where it has one, and what its signatures are worth."""

    judged: Judged
    size: int = 0
    root: bytes = b""
    keys: str = ""


def read(text: str, trusted: Trusted) -> Read:
    try:
        note = parse(text)
    except NotANote:
        return Read(Judged.NO_NOTE)
    signed_by = ", ".join(each.name for each in note.signatures)
    return Read(_judge(note, trusted), note.checkpoint.size, note.checkpoint.root, signed_by)


def stated_size(text: str) -> int | None:
    try:
        return parse(text).checkpoint.size
    except NotANote:
        return None


def _judge(note: Note, trusted: Trusted) -> Judged:
    if is_signed(note, trusted):
        return Judged.SIGNED
    return Judged.FALSELY if any(each.key_id in trusted for each in note.signatures) else Judged.BY_UNKNOWN
