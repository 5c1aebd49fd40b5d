"""Whether what was kept of an anchor still holds: pure, from its bytes and the certificates that are believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from enum import StrEnum
from hashlib import sha256

from cryptography import x509

from audit.stamps import receipts
from audit.stamps.said import Said
from audit.stamps.states import AnchorKind, Failure, StampState, UnableToStamp


class Wrong(StrEnum):
    CHECKPOINT = "checkpoint"  # what was taken out is not what stands here under that size
    FORM = "form"
    REFUSED = "refused"
    IMPRINT = "imprint"  # about something else
    NONCE = "nonce"
    UNTRUSTED = "untrusted"
    UNPINNED = "unpinned"  # no roots for that authority, so nobody here can tell whose word it is
    MAIL = "mail"
    RECEIPT = "receipt"  # what it is said to have come to is borne out by no receipt


_OF_FAILURE = {
    Failure.ANSWER_MALFORMED: Wrong.FORM,
    Failure.NOT_GRANTED: Wrong.REFUSED,
    Failure.ABOUT_SOMETHING_ELSE: Wrong.IMPRINT,
    Failure.NONCE_DIFFERS: Wrong.NONCE,
    Failure.NOT_TRUSTED: Wrong.UNTRUSTED,
    Failure.NOT_CONFIGURED: Wrong.UNPINNED,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`detail` is for the desk, in plain English; `said` the same by its code, where it is of the closed list."""

    wrong: Wrong
    detail: str
    said: Said | None = None


def fault(
    kind: str,
    *,
    note: str,
    checkpoint: str,
    sent: bytes,
    receipt: bytes,
    state: str = "",
    roots: Sequence[x509.Certificate] = (),
) -> Fault | None:
    """What does not hold; None where all of it does.

    `note` is what was taken out, `checkpoint` what the ledger holds today under that size. A file or a mail is held
    against us by whoever has it: of these there is nothing here to verify but that both are still the same.
    """
    if note != checkpoint:
        return Fault(Wrong.CHECKPOINT, "the checkpoint is another one than was taken out")
    digest = sha256(note.encode()).digest()
    try:
        if kind == AnchorKind.RFC3161:
            receipts.read_token(receipt, digest, roots, sent=sent)
        elif kind == AnchorKind.OTS:
            if receipts.read_proof(receipt, digest).state is StampState.PENDING and state == StampState.COMPLETE:
                return Fault(Wrong.RECEIPT, state)  # a promise, called a block
        elif kind == AnchorKind.MAIL and not _in_mail(note, receipt):
            return Fault(Wrong.MAIL, "the mail that was sent does not hold it")
    except UnableToStamp as unable:
        return Fault(_OF_FAILURE[unable.failure], str(unable), unable.said)
    return None


def _in_mail(note: str, message: bytes) -> bool:
    """As a mail carries it, whose encoding is the mail library's business."""
    try:
        body = message_from_bytes(message, policy=policy.default).get_body()
        return body is not None and note.strip() in body.get_content().replace("\r\n", "\n")
    except LookupError:  # a character set nobody knows
        return False
