"""Time stamps by RFC 3161: what an authority is asked, and what its answer is worth.

`rfc3161-client` reads the answer and walks the signature up to the configured roots, as of the time the token names;
the request is written here, because that library only stamps what it has hashed itself.

An answer is believed only whole: granted, about this very digest, with the nonce sent, signed under a critical
time-stamping purpose by a certificate that leads to a configured root. A token stays good after its certificates have
run out, as long as they had not when it was made.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import rfc3161_client
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat import asn1
from rfc3161_client import PKIStatus, TimeStampResponse, VerificationError, VerifierBuilder

from audit.stamps.said import Code, Said
from audit.stamps.states import Failure, UnableToStamp

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"
_WHY = re.compile(r'Verify error: ([^"]+)"')  # what OpenSSL says in the middle of where it says it
# What `cryptography` raises, beside ValueError, about certificates that are none; a token brings its own.
_MISREAD = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, UnsupportedAlgorithm)
TOLERANCE = timedelta(minutes=10)  # between an authority's clock and ours


@asn1.sequence
class _Algorithm:
    algorithm: x509.ObjectIdentifier
    parameters: asn1.Null | None


@asn1.sequence
class _Imprint:
    algorithm: _Algorithm
    message: bytes


@asn1.sequence
class _Query:
    version: int
    imprint: _Imprint
    nonce: int
    certificates_wanted: Annotated[bool, asn1.Default(False)]


@dataclass(frozen=True, slots=True)
class Token:
    """What a verified answer says. `signer` is the subject of the certificate that signed it."""

    at: datetime
    signer: str
    serial: int
    policy: str


def request(digest: bytes, nonce: int | None = None) -> bytes:
    """The query, in DER, for a SHA-256 digest. Kept beside the answer: it holds the nonce."""
    if len(digest) != 32:
        raise ValueError("A SHA-256 digest has 32 bytes.")
    imprint = _Imprint(algorithm=_Algorithm(algorithm=SHA256, parameters=asn1.Null()), message=digest)
    chosen = secrets.randbits(63) if nonce is None else nonce
    return asn1.encode_der(_Query(version=1, imprint=imprint, nonce=chosen, certificates_wanted=True))


def verified(
    answer: bytes, digest: bytes, roots: Sequence[x509.Certificate], *, sent: bytes, asked_at: datetime | None = None
) -> Token:
    """What `answer` says about `digest`, once it has been found to answer `sent`. Raises UnableToStamp.

    On receipt `asked_at` holds the authority's clock against ours. Later there is nothing to hold it against.
    """
    try:
        reply = rfc3161_client.decode_timestamp_response(answer)
        granted = PKIStatus(reply.status) is PKIStatus.GRANTED
    except ValueError as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, Said(Code.NO_REPLY)) from error
    if not granted:
        raise UnableToStamp(Failure.NOT_GRANTED, _refusal(reply))
    _check_contents(reply, digest, _query(sent))
    _check_signature(reply, digest, roots)
    token = Token(
        at=reply.tst_info.gen_time,
        signer=_signer(reply),
        serial=reply.tst_info.serial_number,
        policy=reply.tst_info.policy.dotted_string,
    )
    if asked_at is not None and abs(token.at - asked_at) > TOLERANCE:
        raise UnableToStamp(Failure.TIME_IMPLAUSIBLE, f"it says {token.at:%Y-%m-%d %H:%M:%S} UTC")
    return token


def _check_contents(reply: TimeStampResponse, digest: bytes, query: _Query) -> None:
    try:
        said = reply.tst_info
        imprint, nonce = said.message_imprint, said.nonce
    except ValueError as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, Said(Code.UNREADABLE_STAMP)) from error
    if imprint.hash_algorithm != SHA256 or imprint.message != digest or query.imprint.message != digest:
        raise UnableToStamp(Failure.ABOUT_SOMETHING_ELSE)
    if nonce != query.nonce:
        raise UnableToStamp(Failure.NONCE_DIFFERS)


def _check_signature(reply: TimeStampResponse, digest: bytes, roots: Sequence[x509.Certificate]) -> None:
    if not roots:
        raise UnableToStamp(Failure.NOT_CONFIGURED, Said(Code.NO_ROOTS))
    try:
        VerifierBuilder(roots=list(roots)).build().verify(reply, digest)
    except VerificationError as error:
        why = _WHY.search(str(error))
        raise UnableToStamp(Failure.NOT_TRUSTED, Said(Code.LIBRARY, why[1] if why else str(error))) from error
    except (ValueError, *_MISREAD) as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, Said(Code.LIBRARY, str(error))) from error


def _signer(reply: TimeStampResponse) -> str:
    """The subject of the certificate whose key signed, found as the verification found it."""
    (info,) = reply.signed_data.signer_infos
    for raw in reply.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(raw)
        if (certificate.issuer, certificate.serial_number) == (info.issuer, info.serial_number):
            return certificate.subject.rfc4514_string()
    raise UnableToStamp(Failure.NOT_TRUSTED, Said(Code.NO_SIGNER))


def _query(sent: bytes) -> _Query:
    try:
        return asn1.decode_der(_Query, sent)
    except ValueError as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, Said(Code.NO_QUERY)) from error


def _refusal(reply: TimeStampResponse) -> Said:
    said = "; ".join(map(str, reply.status_string or ()))[:200]
    return Said(Code.STATUS, f"{reply.status}{': ' if said else ''}{said}")
