"""What exactly is wrong with a receipt: a code of a closed list, and a value where the code has one.

Reports and rows carry it in English (`str`); pages say it in the reader's language (`audit.wording.receipts`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    # A time stamp
    NO_REPLY = "reply"
    NO_QUERY = "query"
    UNREADABLE_STAMP = "stamp"
    NO_SIGNER = "signer"
    NO_ROOTS = "roots"
    STATUS = "status"
    # A proof of OpenTimestamps
    NO_CALENDAR = "calendar"
    NO_BLOCK = "block"
    NO_PROOF = "proof"
    NO_DIGEST = "digest"
    BEYOND_THE_END = "beyond"
    TOO_DEEP = "depth"
    UNKNOWN_STEP = "step"
    CUT_SHORT = "short"
    TOO_LARGE_A_NUMBER = "number"
    TOO_LONG_A_FIELD = "field"
    LEADS_NOWHERE = "nowhere"
    # A place
    GONE = "gone"
    FORBIDDEN = "forbidden"
    UNREADABLE = "unreadable"
    # Whatever a library says, in its own words
    LIBRARY = "library"


ENGLISH: dict[Code, str] = {
    Code.NO_REPLY: "this is no time stamp reply",
    Code.NO_QUERY: "what was sent is no time stamp query",
    Code.UNREADABLE_STAMP: "the token cannot be read",
    Code.NO_SIGNER: "the signer's certificate is not in the token",
    Code.NO_ROOTS: "no root certificates",
    Code.STATUS: "status {}",
    Code.NO_CALENDAR: "a pending attestation names no calendar",
    Code.NO_BLOCK: "a Bitcoin attestation names no block",
    Code.NO_PROOF: "not an OpenTimestamps proof of version 1",
    Code.NO_DIGEST: "a proof about something else than a SHA-256 digest",
    Code.BEYOND_THE_END: "bytes after the end",
    Code.TOO_DEEP: "deeper or longer than a proof may be",
    Code.UNKNOWN_STEP: "a step that no calendar takes: {}",
    Code.CUT_SHORT: "it ends too early",
    Code.TOO_LARGE_A_NUMBER: "a number larger than anything a proof counts",
    Code.TOO_LONG_A_FIELD: "a field longer than a proof may have",
    Code.LEADS_NOWHERE: "a proof that leads to nobody we know",
    Code.GONE: "cannot be read: it is not there",
    Code.FORBIDDEN: "cannot be read: access is refused",
    Code.UNREADABLE: "cannot be read: {}",
    Code.LIBRARY: "{}",
}


@dataclass(frozen=True, slots=True)
class Said:
    code: Code
    value: str = ""

    def __str__(self) -> str:
        return ENGLISH[self.code].format(self.value)


def of_reading(error: OSError) -> Said:
    """Why a place could not be read, without its name."""
    if isinstance(error, FileNotFoundError):
        return Said(Code.GONE)
    if isinstance(error, PermissionError):
        return Said(Code.FORBIDDEN)
    return Said(Code.UNREADABLE, error.strerror or type(error).__name__)
