"""How asking for a receipt can stand and how it can fail, in closed lists shared by all who ask for one."""

from collections.abc import Mapping
from enum import StrEnum

from audit.stamps.said import Said


class StampKind(StrEnum):
    RFC3161 = "RFC3161"
    OTS = "OTS"


class AnchorKind(StrEnum):
    """Where a checkpoint of the ledger is taken."""

    RFC3161 = "RFC3161"
    OTS = "OTS"
    FILE = "FILE"
    MAIL = "MAIL"


class StampState(StrEnum):
    QUEUED = "QUEUED"
    PENDING = "PENDING"  # a calendar holds it and has promised more; there is no time to rely on yet
    STAMPED = "STAMPED"  # a token that was verified, with its time
    COMPLETE = "COMPLETE"  # a proof that leads into a Bitcoin block, whose header nobody here has checked
    DELIVERED = "DELIVERED"  # only anchors: left with somebody who can hold it against us
    FAILED = "FAILED"


BORNE_OUT: Mapping[AnchorKind, tuple[StampState, ...]] = {
    AnchorKind.RFC3161: (StampState.STAMPED,),
    AnchorKind.OTS: (StampState.PENDING, StampState.COMPLETE),
    AnchorKind.FILE: (StampState.DELIVERED,),
    AnchorKind.MAIL: (StampState.DELIVERED,),
}
"""What an anchor comes to at each kind of place. In each of these a receipt of the same state bears it out."""


class Failure(StrEnum):
    # The way there and back.
    UNREACHABLE = "UNREACHABLE"
    NOT_ALLOWED = "NOT_ALLOWED"  # the guard refused the address
    TLS_FAILED = "TLS_FAILED"
    RATE_LIMITED = "RATE_LIMITED"
    ANSWER_NOT_OK = "ANSWER_NOT_OK"
    ANSWER_TOO_LARGE = "ANSWER_TOO_LARGE"
    ANSWER_MALFORMED = "ANSWER_MALFORMED"
    # What a receipt says.
    NOT_GRANTED = "NOT_GRANTED"
    ABOUT_SOMETHING_ELSE = "ABOUT_SOMETHING_ELSE"  # another digest than the one that was sent
    NONCE_DIFFERS = "NONCE_DIFFERS"
    NOT_TRUSTED = "NOT_TRUSTED"  # no signature by a time-stamping key that led to a configured root at that time
    TIME_IMPLAUSIBLE = "TIME_IMPLAUSIBLE"
    # Our own side.
    NOT_CONFIGURED = "NOT_CONFIGURED"  # asked for once, and no longer in the settings
    COULD_NOT_WRITE = "COULD_NOT_WRITE"
    NEVER_COMPLETED = "NEVER_COMPLETED"  # a calendar's promise that was not kept

    @property
    def may_pass(self) -> bool:
        """Whether asking again can go better without anyone changing anything."""
        return self in _PASSING


_PASSING = frozenset(
    {
        Failure.UNREACHABLE,
        Failure.RATE_LIMITED,
        Failure.ANSWER_NOT_OK,
        Failure.ANSWER_MALFORMED,
        Failure.NOT_GRANTED,
        Failure.TIME_IMPLAUSIBLE,
        Failure.COULD_NOT_WRITE,
    }
)


class UnableToStamp(Exception):
    """An expected end: no receipt to rely on. `detail` is for the desk, in plain English.

    Where that is of the closed list, `said` is what pages put into words. `wait` is how many seconds the other side
    wants to be left alone, where it said so.
    """

    def __init__(self, failure: Failure, detail: str | Said = "", *, wait: float = 0) -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure.value)
        self.failure = failure
        self.detail = str(detail)
        self.said = detail if isinstance(detail, Said) else None
        self.wait = wait
