"""Whether what was kept of an anchor still holds: pure, from its bytes and the certificates that are believed."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from hashlib import sha256

from cryptography import x509

from audit.stamps import receipts
from audit.stamps.states import AnchorKind, UnableToStamp


def fault(
    kind: str, *, note: str, checkpoint: str, sent: bytes, receipt: bytes, roots: Sequence[x509.Certificate] = ()
) -> str:
    """What does not hold, in plain English; empty where all of it does.

    `note` is what was taken out, `checkpoint` what the ledger holds today under that size. A file or a mail is held
    against us by whoever has it: of these there is nothing here to verify but that both are still the same.
    """
    if note != checkpoint:
        return "the checkpoint is another one than was taken out"
    digest = sha256(note.encode()).digest()
    try:
        if kind == AnchorKind.RFC3161:
            receipts.read_token(receipt, digest, roots, sent=sent)
        elif kind == AnchorKind.OTS:
            receipts.read_proof(receipt, digest)
        elif kind == AnchorKind.MAIL and not _in_mail(note, receipt):
            return "the mail that was sent does not hold it"
    except UnableToStamp as unable:
        return str(unable)
    return ""


def _in_mail(note: str, message: bytes) -> bool:
    """As a mail carries it, whose encoding is the mail library's business."""
    body = message_from_bytes(message, policy=policy.default).get_body()
    return body is not None and note.strip() in body.get_content().replace("\r\n", "\n")
