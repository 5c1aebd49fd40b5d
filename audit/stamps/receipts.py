"""One receipt, of whichever kind: ask for it, come back for it, verify it again years later from its bytes alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509

from audit.stamps import calendars, outgoing, rfc3161
from audit.stamps.authorities import Target, name_of, roots_of
from audit.stamps.ots import PENDING
from audit.stamps.outgoing import Question
from audit.stamps.said import Code, Said
from audit.stamps.states import Failure, StampKind, StampState, UnableToStamp


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back, verified, as bytes, and what it says.

    `said_by` is who signed a token, or what a proof leads to: a calendar, or a block of the Bitcoin chain. `said_at`
    is the time in a token; a proof names no time, but a block, whose header we did not see.
    """

    state: StampState
    sent: bytes
    receipt: bytes
    said_by: str
    said_at: datetime | None = None


def ask(target: Target, digest: bytes) -> Receipt:
    """Ask about a SHA-256 digest. Raises UnableToStamp."""
    if target.kind is StampKind.OTS:
        return read_proof(calendars.submit(target.url, digest), digest)
    roots, sent, asked_at = roots_of(target), rfc3161.request(digest), datetime.now(UTC)
    question = Question("POST", target.url, sent, content_type=rfc3161.QUERY, accept=rfc3161.REPLY)
    return read_token(outgoing.accepted(outgoing.ask(question)), digest, roots, sent=sent, asked_at=asked_at)


def complete(target: Target, proof: bytes, digest: bytes) -> Receipt | None:
    """The proof as it has grown since; None while there is nothing new."""
    grown = calendars.upgraded(proof, [target.url])
    return read_proof(grown, digest) if grown else None


def read_token(
    token: bytes, digest: bytes, roots: Sequence[x509.Certificate], *, sent: bytes, asked_at: datetime | None = None
) -> Receipt:
    said = rfc3161.verified(token, digest, roots, sent=sent, asked_at=asked_at)
    return Receipt(StampState.STAMPED, sent, token, said.signer, said.at)


def read_proof(proof: bytes, digest: bytes) -> Receipt:
    tree = calendars.parsed(proof)
    if tree.message != digest:
        raise UnableToStamp(Failure.ABOUT_SOMETHING_ELSE)
    if found := calendars.blocks(tree):
        height, root = found[0]
        return Receipt(StampState.COMPLETE, b"", proof, f"Bitcoin block {height}, Merkle root {root}")
    promised = [name_of(each.uri) for _message, each in tree.attested(PENDING)]
    if not promised:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, Said(Code.LEADS_NOWHERE))
    return Receipt(StampState.PENDING, b"", proof, ", ".join(promised))


def pursue(target: Target, digest: bytes, proof: bytes = b"") -> Receipt | None:
    """The next receipt: the first, or what a promised one (`proof`) has grown into. None while there is nothing new."""
    return complete(target, proof, digest) if proof else ask(target, digest)
