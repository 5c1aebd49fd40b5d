#!/usr/bin/env python3
"""Check a bundle of an Isnad ledger without trusting whoever made it, nor any code of theirs but this file.

    python isnad_verify.py BUNDLE --key NAME+ID+KEY [--checkpoint FILE]... [--authority FILE]... [--json]

Needs Python 3.11 and `cryptography` (42 or later), and no network. Pin the key: have it from somewhere else than the
bundle, written down earlier. Keep checkpoints: each one you hold is a promise that can be checked against every later
bundle; of a file of many all are read, and of a saved mail. Pin the roots of the time stamp authorities you believe, in
PEM, as each of them publishes them: without, nobody knows who signed the time stamps in a bundle, and this says so.

Ends with 0 when everything fits, with 1 when something does not, with 2 when it cannot be read, with 3 when all that
could be checked fits and there are time stamps for which no root was pinned. What no pinned key signed does not fit. A
part of a ledger proves what is in it, and not that nothing was left out of it; no bundle shows what pages show now.
The form of a bundle, and what all this proves and what not, stands in docs/methods/audit.md.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import string
import sys
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "isnad-audit-bundle"
MEMBERS = (
    "act", "actor", "actor_name", "adopted", "at", "case", "name", "on_behalf_of", "origin", "reason", "recorded_at",
    "rows", "version",
)  # fmt: skip
SHOWN_OF_A_KIND = 50
PART = "A part of a ledger proves what is in it, and not that nothing was left out of it."
Note = tuple[str, int, bytes, list[tuple[bytes, bytes]], bytes]


class Unreadable(Exception):
    pass


# --- the tree: RFC 9162, section 2.1


def leaf_hash(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def append(peaks: list[bytes], size: int, node: bytes) -> None:
    while size & 1:
        node, size = node_hash(peaks.pop(), node), size >> 1
    peaks.append(node)


def root_of(peaks: list[bytes]) -> bytes:
    if not peaks:
        return sha256().digest()
    *rest, found = peaks
    for peak in reversed(rest):
        found = node_hash(peak, found)
    return found


def is_included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Section 2.1.3.2."""
    place, last, found = index, size - 1, leaf
    if not 0 <= index < size:
        return False
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old: int, size: int, proof: list[bytes], old_root: bytes, root: bytes) -> bool:
    """Section 2.1.4.2."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    hashes = proof if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root


# --- what is signed: C2SP signed-note and tlog-checkpoint


def read_key(text: str) -> tuple[bytes, bytes]:
    try:
        name, stated, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        key_id = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or len(raw) != 33 or key_id != bytes.fromhex(stated):
            raise ValueError
    except ValueError as error:
        raise Unreadable(f"{text!r} is not a verifier key of the form name+id+key.") from error
    return key_id, raw[1:]


def read_note(text: str) -> Note | None:
    """Origin, size, root, signatures (id of the key, signature), and the bytes they are of."""
    body, blank, tail = text.partition("\n\n")
    try:
        origin, size, root = body.split("\n")
        signatures = []
        for line in tail.splitlines():
            dash, _name, encoded = line.split(" ")
            raw = base64.b64decode(encoded, validate=True)
            if dash != "\u2014" or len(raw) <= 4:
                return None
            signatures.append((raw[:4], raw[4:]))
        if not blank or not tail.endswith("\n") or not origin or not size.isascii() or not size.isdigit():
            return None
        if len(size) > 18:
            return None
        return origin, int(size), base64.b64decode(root, validate=True), signatures, f"{body}\n".encode()
    except (ValueError, binascii.Error):
        return None


WORDED = re.compile(
    r"(?<![^\n\x1e])[^\n\x1e]+\n[0-9]{1,18}\n[A-Za-z0-9+/=]+\n\n(?:\u2014 [^\s\x1e]+ [A-Za-z0-9+/=]+\n)+"
)
MAILS = re.compile(rb"^From [^\n]*\n", re.MULTILINE)  # between those that were saved as one file


def notes_of(data: bytes) -> list[str]:
    """Every note in what was kept: one by itself, a file of many, or mails, in whatever way these were encoded."""
    found = WORDED.findall(plain(data))
    for each in MAILS.split(data):
        for part in message_from_bytes(each, policy=policy.default).walk():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found += WORDED.findall(plain(payload, part.get_content_charset("utf-8")))
    return list(dict.fromkeys(found))


def plain(data: bytes, charset: str = "utf-8") -> str:
    try:
        text = data.decode(charset, "replace")
    except LookupError:  # a character set nobody knows
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def judge(note: Note | None, trusted: dict[bytes, bytes]) -> str:
    """ "signed", or the second half of the kind of a finding."""
    if note is None:
        return "form"
    found = False
    for key_id, signature in note[3]:
        if key_id in trusted:
            try:
                Ed25519PublicKey.from_public_bytes(trusted[key_id]).verify(signature, note[4])
            except InvalidSignature:
                return "signature"
            found = True
    return "signed" if found else "key"


# --- time stamps: RFC 3161, around a signature by RFC 5652, in the few forms of DER that these have

SEQUENCE, SET, INTEGER, OCTETS, OID, TIME, FIRST, SECOND = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18, 0xA0, 0xA1
Value = tuple[int, bytes, bytes]  # tag, content, and the whole of it
SIGNED_DATA, TIME_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE, MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
CERTIFICATE_V1, CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910020c"), bytes.fromhex("2a864886f70d010910022f")
SHA256 = bytes.fromhex("608648016503040201")
DIGESTS: dict[bytes, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    bytes.fromhex("608648016503040202"): hashes.SHA384(),
    bytes.fromhex("608648016503040203"): hashes.SHA512(),
}
PSS = bytes.fromhex("2a864886f70d01010a")
SIGNATURES: dict[bytes, hashes.HashAlgorithm | None] = {  # None: by the digest that the signer names beside it
    bytes.fromhex("2a864886f70d010101"): None,
    PSS: None,
    bytes.fromhex("2a864886f70d01010b"): hashes.SHA256(),
    bytes.fromhex("2a864886f70d01010c"): hashes.SHA384(),
    bytes.fromhex("2a864886f70d01010d"): hashes.SHA512(),
    bytes.fromhex("2a8648ce3d040302"): hashes.SHA256(),
    bytes.fromhex("2a8648ce3d040303"): hashes.SHA384(),
    bytes.fromhex("2a8648ce3d040304"): hashes.SHA512(),
    bytes.fromhex("2b6570"): None,
}
UNDERSTOOD = (
    x509.BasicConstraints.oid, x509.KeyUsage.oid, x509.ExtendedKeyUsage.oid, x509.CertificatePolicies.oid,
    x509.SubjectAlternativeName.oid, x509.CRLDistributionPoints.oid,
)  # fmt: skip
LONGEST_CHAIN = 8
# What reading raises where bytes are not what they say they are.
MISREAD = (
    ValueError, IndexError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)  # fmt: skip


class Wrong(Exception):
    """What a receipt is found to be: `name` is the second half of the kind of the finding."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(detail)
        self.name, self.detail = name, detail


@dataclass
class Token:
    imprint: tuple[bytes, bytes]  # which hash, and what it gave
    nonce: bytes | None
    at: datetime
    said: bytes  # what is signed, by way of its digest
    certificates: list[x509.Certificate]
    issuer_and_serial: tuple[bytes, bytes]
    digest: bytes
    attributes: bytes
    algorithm: bytes
    signature: bytes


def values(data: bytes) -> list[Value]:
    found, at = [], 0
    while at < len(data):
        tag, length, start = data[at], data[at + 1], at + 2
        if length >= 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[at + 2 : start], "big")
            if not 0x80 <= length < 1 << 32:
                raise ValueError("a length that is not DER")
        if tag & 0x1F == 0x1F or start + length > len(data):
            raise ValueError("a value that is not DER")
        found.append((tag, data[start : start + length], data[at : start + length]))
        at = start + length
    return found


def inside(value: Value, tag: int) -> bytes:
    if value[0] != tag:
        raise ValueError(f"a value of another kind: {value[0]:02x} and not {tag:02x}")
    return value[1]


def read_reply(reply: bytes) -> Token:
    """Raises Wrong: "form" or "refused"."""
    try:
        (answer,) = values(reply)
        status, *token = values(inside(answer, SEQUENCE))
        code = int.from_bytes(inside(values(inside(status, SEQUENCE))[0], INTEGER), "big")
        if code != 0:
            raise Wrong("refused", f"status {code}")
        (content,) = token
        return read_content(content)
    except MISREAD as error:
        raise Wrong("form", f"this is no time stamp reply: {error}") from error


def read_content(content: Value) -> Token:
    kind, wrapped = values(inside(content, SEQUENCE))
    (signed,) = values(inside(wrapped, FIRST))
    _version, digests, encapsulated, *rest = values(inside(signed, SEQUENCE))
    what, octets = values(inside(encapsulated, SEQUENCE))
    if (inside(kind, OID), inside(what, OID)) != (SIGNED_DATA, TIME_INFO):
        raise ValueError("something else is signed than a time")
    (said,) = values(inside(octets, FIRST))
    (stated,) = values(inside(said, OCTETS))
    info = values(inside(stated, SEQUENCE))
    (signer,) = values(inside(rest[-1], SET))
    _version, who, digest, attributes, algorithm, signature, *_ = values(inside(signer, SEQUENCE))
    issuer, serial = values(inside(who, SEQUENCE))
    inside(digests, SET), inside(attributes, FIRST)
    return Token(
        imprint=read_imprint(info[2]),
        nonce=next((each[1] for each in info[5:] if each[0] == INTEGER), None),
        at=read_time(inside(info[4], TIME)),
        said=said[1],
        certificates=[
            x509.load_der_x509_certificate(each[2])
            for group in rest[:-1]
            if group[0] == FIRST
            for each in values(group[1])
        ],
        issuer_and_serial=(issuer[2], inside(serial, INTEGER)),
        digest=inside(values(inside(digest, SEQUENCE))[0], OID),
        attributes=bytes([SET]) + attributes[2][1:],  # as which they are signed: RFC 5652, section 5.4
        algorithm=inside(values(inside(algorithm, SEQUENCE))[0], OID),
        signature=inside(signature, OCTETS),
    )


def read_imprint(value: Value) -> tuple[bytes, bytes]:
    algorithm, digest = values(inside(value, SEQUENCE))
    return inside(values(inside(algorithm, SEQUENCE))[0], OID), inside(digest, OCTETS)


def read_time(text: bytes) -> datetime:
    whole, _, fraction = text.decode("ascii").removesuffix("Z").partition(".")
    if not text.endswith(b"Z") or not f"{whole}{fraction}".isdigit():
        raise ValueError("a time that is not UTC")
    at = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return at + timedelta(seconds=float(f"0.{fraction}")) if fraction else at


def read_query(sent: bytes) -> tuple[tuple[bytes, bytes], bytes]:
    try:
        (query,) = values(sent)
        _version, imprint, *rest = values(inside(query, SEQUENCE))
        return read_imprint(imprint), next(each[1] for each in rest if each[0] == INTEGER)
    except (*MISREAD, StopIteration) as error:
        raise Wrong("form", "what was sent is no time stamp query") from error


def check_token(reply: bytes, sent: bytes, digest: bytes, roots: Sequence[x509.Certificate]) -> tuple[datetime, str]:
    """When it was made and who signed it. Without `roots`, it is still to be asked whose certificate that is."""
    token = read_reply(reply)
    asked, nonce = read_query(sent)
    if token.imprint != (SHA256, digest) or asked[1] != digest:
        raise Wrong("imprint", "it is about something else")
    if token.nonce != nonce:
        raise Wrong("nonce", "it answers another question")
    try:
        signer = signed_by(token)
        check_purpose(signer)
        check_chain(signer, token.certificates, roots, token.at)
        return token.at, signer.subject.rfc4514_string()
    except InvalidSignature as error:
        raise Wrong("untrusted", "its signature is false") from error
    except MISREAD as error:
        raise Wrong("untrusted", f"its signature cannot be checked: {error}") from error


def signed_by(token: Token) -> x509.Certificate:
    """The certificate whose key signed. The signature is over attributes that hold the digest of what is said."""
    found = [each for each in token.certificates if named(each) == token.issuer_and_serial]
    if not found or token.digest not in DIGESTS or token.algorithm not in SIGNATURES:
        raise Wrong("untrusted", "the signer's certificate or way of signing is not known")
    signer, digest = found[0], DIGESTS[token.digest]
    said: dict[bytes, bytes] = {}
    for each in values(inside(values(token.attributes)[0], SET)):
        name, held = values(inside(each, SEQUENCE))
        if inside(name, OID) in said:
            raise Wrong("untrusted", "an attribute is there twice")
        said[name[1]] = inside(held, SET)
    made = hashlib.new(digest.name, token.said).digest()
    if inside(values(said.get(CONTENT_TYPE, b""))[0], OID) != TIME_INFO:
        raise Wrong("untrusted", "it was signed as something else")
    if inside(values(said.get(MESSAGE_DIGEST, b""))[0], OCTETS) != made:
        raise Wrong("untrusted", "what it says was altered: its digest is not the signed one")
    if not names_certificate(said, signer):
        raise Wrong("untrusted", "it was signed with another certificate")
    verify(signer, token, SIGNATURES[token.algorithm] or digest)
    return signer


def named(certificate: x509.Certificate) -> tuple[bytes, bytes]:
    (whole,) = values(certificate.tbs_certificate_bytes)
    serial, _algorithm, issuer = [each for each in values(whole[1]) if each[0] != FIRST][:3]
    return issuer[2], serial[1]


def names_certificate(said: dict[bytes, bytes], certificate: x509.Certificate) -> bool:
    """RFC 5035: the signed attribute that says with which certificate, so that none can be put in its place."""
    held, algorithm = said.get(CERTIFICATE_V2), "sha256"
    if held is None:
        held, algorithm = said.get(CERTIFICATE_V1, b""), "sha1"
    first = values(inside(values(inside(values(inside(values(held)[0], SEQUENCE))[0], SEQUENCE))[0], SEQUENCE))
    if first[0][0] == SEQUENCE:
        named_so = DIGESTS.get(inside(values(first.pop(0)[1])[0], OID))
        algorithm = named_so.name if named_so else ""
    whole = certificate.public_bytes(serialization.Encoding.DER)
    return bool(algorithm) and hashlib.new(algorithm, whole).digest() == inside(first[0], OCTETS)


def verify(signer: x509.Certificate, token: Token, digest: hashes.HashAlgorithm) -> None:
    key = signer.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        way = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO) if token.algorithm == PSS else padding.PKCS1v15()
        key.verify(token.signature, token.attributes, way, digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(token.signature, token.attributes, ec.ECDSA(digest))
    elif isinstance(key, Ed25519PublicKey):
        key.verify(token.signature, token.attributes)
    else:
        raise Wrong("untrusted", "a key of a kind that is not known here")


def check_purpose(signer: x509.Certificate) -> None:
    """RFC 3161, section 2.3: a key for time stamps and for nothing else, and that is critical."""
    purposes = extension(signer, x509.ExtendedKeyUsage)
    only = [x509.oid.ExtendedKeyUsageOID.TIME_STAMPING]
    if purposes is None or not purposes.critical or list(purposes.value) != only:
        raise Wrong("untrusted", "its certificate is not for time stamps")
    usage = extension(signer, x509.KeyUsage)
    if usage and not (usage.value.digital_signature or usage.value.content_commitment):
        raise Wrong("untrusted", "its certificate is not for signing")


def check_chain(
    signer: x509.Certificate, brought: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> None:
    """Up to a pinned certificate, all of them good at the time in the token. Which were revoked is not asked."""
    if not is_good(signer, at):
        raise Wrong("untrusted", "its certificate was not valid then")
    if roots and not leads(signer, [*roots, *brought], roots, at, 0):
        raise Wrong("untrusted", "its certificate leads to none of the pinned roots")


def leads(
    below: x509.Certificate,
    known: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    between: int,
) -> bool:
    if below in roots:
        return True
    for above in known:
        if above == below or between >= LONGEST_CHAIN or not is_good(above, at) or not certifies(above, between):
            continue
        strong = below.signature_hash_algorithm
        if strong is not None and strong.name not in {each.name for each in DIGESTS.values()}:
            continue
        try:
            below.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature):
            continue
        if leads(above, known, roots, at, between + 1):
            return True
    return False


def is_good(certificate: x509.Certificate, at: datetime) -> bool:
    critical = [each.oid for each in certificate.extensions if each.critical]
    from_, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return from_ <= at <= until and all(each in UNDERSTOOD for each in critical)


def certifies(certificate: x509.Certificate, between: int) -> bool:
    basic, usage = extension(certificate, x509.BasicConstraints), extension(certificate, x509.KeyUsage)
    if basic is None or not basic.value.ca or (usage and not usage.value.key_cert_sign):
        return False
    return basic.value.path_length is None or between <= basic.value.path_length


def extension(certificate: x509.Certificate, kind: type[Any]) -> Any:
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


# --- OpenTimestamps: the steps from a digest to what somebody has attested

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
PENDING, BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
ATTESTATION, BY_SHA256, APPEND, PREPEND, ANOTHER = 0x00, 0x08, 0xF0, 0xF1, 0xFF
DEEPEST, LONGEST = 256, 4096
IN_AN_ADDRESS = set(string.ascii_letters + string.digits + "-._/:")


class Proof:
    """`blocks`: height, and the Merkle root as block explorers write it. `calendars`: who promised to say more."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self.blocks: list[tuple[int, str]] = []
        self.calendars: list[str] = []
        if self.take(len(MAGIC)) != MAGIC or self.number() != 1 or self.byte() != BY_SHA256:
            raise Wrong("form", "not an OpenTimestamps proof about a SHA-256 digest")
        self.digest = self.take(32)
        self.follow(self.digest, 0)
        if self.at != len(self.data) or not (self.blocks or self.calendars):
            raise Wrong("form", "a proof that leads to nobody known, or goes on behind its end")

    def follow(self, message: bytes, depth: int) -> None:
        if depth > DEEPEST or len(message) > LONGEST:
            raise Wrong("form", "deeper or longer than a proof may be")
        more = True
        while more:
            tag = self.byte()
            if more := tag == ANOTHER:
                tag = self.byte()
            if tag == ATTESTATION:
                self.attested(message)
            elif tag == BY_SHA256:
                self.follow(sha256(message).digest(), depth + 1)
            elif tag in (APPEND, PREPEND):
                argument = self.several()
                self.follow(message + argument if tag == APPEND else argument + message, depth + 1)
            else:
                raise Wrong("form", f"a step that is not known here: {tag:02x}")

    def attested(self, message: bytes) -> None:
        kind, length = self.take(8), self.number()
        end = self.at + length
        if kind == BITCOIN:
            self.blocks.append((self.number(), message[::-1].hex()))
        elif kind == PENDING:
            self.calendars.append(self.several().decode("ascii", "replace"))
            if not set(self.calendars[-1]) <= IN_AN_ADDRESS:
                raise Wrong("form", "a promise that names no calendar")
        else:
            self.take(length)
        if self.at != end:
            raise Wrong("form", "an attestation of another length")

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) != count:
            raise Wrong("form", "it ends too early")
        self.at += count
        return taken

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 56:
                raise Wrong("form", "a number larger than anything a proof counts")

    def several(self) -> bytes:
        return self.take(self.number())


def check_proof(proof: bytes, digest: bytes) -> Proof:
    found = Proof(proof)
    if found.digest != digest:
        raise Wrong("imprint", "it is about something else")
    return found


def check_mail(message: bytes, note: str) -> None:
    """As a mail carries it, whose encoding is the mail library's business."""
    try:
        body = message_from_bytes(message, policy=policy.default).get_body()
        said = body.get_content() if body is not None else ""
    except LookupError:  # a character set nobody knows
        said = ""
    if note.strip() not in said.replace("\r\n", "\n"):
        raise Wrong("mail", "the mail that was sent does not hold it")


def name_of(line: dict[str, Any]) -> str:
    where = line["place"]
    if line["state"] == REMOVED:
        return f"a removed anchor, checkpoint {line['checkpoint']}"
    return f"{urlsplit(where).hostname or where or line['kind']}, checkpoint {line['checkpoint']}"


REMOVED = "REMOVED"  # of an anchor whose receipt is left
# What an anchor comes to at each kind of place. A receipt of the same state bears it out.
COMES_TO = {"RFC3161": {"STAMPED"}, "OTS": {"PENDING", "COMPLETE"}, "FILE": {"DELIVERED"}, "MAIL": {"DELIVERED"}}


def is_borne_out(line: dict[str, Any]) -> bool:
    """Whether it does not claim to hold anything, or has a receipt of what it claims."""
    state = line["state"]
    if state in ("QUEUED", "FAILED"):
        return True
    return state in COMES_TO.get(line["kind"], ()) and any(each["state"] == state for each in line["receipts"])


@dataclass
class Place:
    """One place outside and what its receipts come to. `latest` is the checkpoint that `shown` speaks of."""

    kind: str
    place: str
    receipts: int = 0
    wrong: int = 0
    waiting: int = 0
    failed: int = 0
    latest: int = 0
    rank: tuple[bool, int] = (False, 0)
    shown: str = ""
    not_shown: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def say(self, size: int, shown: str, not_shown: str, *, proves: bool = False) -> None:
        """Of the latest checkpoint there; but a promise does not hide an older one that was kept."""
        if (proves, size) >= self.rank:
            self.rank, self.latest, self.shown, self.not_shown = (proves, size), size, shown, not_shown

    def sentence(self) -> str:
        counts = [f"{self.receipts} receipts", f"{self.wrong} of them wrong"]
        counts += [f"{count} {what}" for count, what in ((self.waiting, "waiting"), (self.failed, "failed")) if count]
        said = [f"{self.kind} {self.place}".strip(), ", ".join(counts)]
        if self.shown:
            said += [f"checked: {self.shown}", f"not checked: {self.not_shown}"]
        return "\n    ".join(said)


class Anchors:
    """What was taken outside, held against the checkpoints in the bundle: each receipt anew, from its bytes."""

    def __init__(self, notes: set[tuple[int, str]], roots: Sequence[x509.Certificate]) -> None:
        self.notes, self.roots = notes, roots
        self.places: dict[tuple[str, str], Place] = {}
        self.unpinned = 0

    def check(self, lines: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
        """What is wrong: the kind of the finding, the place, and what differs."""
        for line in lines:
            kind, where, size = line["kind"], line["place"], line["checkpoint"]
            if line["state"] == REMOVED:
                yield "anchor.removed", name_of(line), ""
                continue
            place = self.places.setdefault((kind, where), Place(kind, where))
            place.waiting += line["state"] in ("QUEUED", "PENDING")
            place.failed += line["state"] == "FAILED"
            if not is_borne_out(line):
                place.wrong += 1
                yield "anchor.receipt", name_of(line), line["state"]
            for receipt in line["receipts"]:
                place.receipts += 1
                try:
                    self.judge(place, size, receipt)
                except Wrong as wrong:
                    place.wrong += 1
                    yield f"anchor.{wrong.name}", name_of(line), wrong.detail

    def judge(self, place: Place, size: int, receipt: dict[str, Any]) -> None:
        note = receipt["note"]
        if (size, note) not in self.notes:
            raise Wrong("checkpoint", "the checkpoint is another one than was taken out")
        sent, kept = (base64.b64decode(receipt.get(name, ""), validate=True) for name in ("sent", "receipt"))
        digest = sha256(note.encode()).digest()
        if place.kind == "RFC3161":
            at, signer = check_token(kept, sent, digest, self.roots)
            self.unpinned += not self.roots
            place.say(size, *self.of_token(size, at, signer))
        elif place.kind == "OTS":
            proof = check_proof(kept, digest)
            for height, root in sorted(proof.blocks):
                place.blocks.append({"checkpoint": size, "height": height, "merkle_root": root})
            if receipt["state"] == "COMPLETE" and not proof.blocks:
                raise Wrong("receipt", receipt["state"])
            place.say(size, *self.of_proof(size, proof), proves=bool(proof.blocks))
        else:
            if "receipt" in receipt and place.kind == "MAIL":
                check_mail(kept, note)
            place.say(
                size,
                f"what was left there is checkpoint {size} as it stands here.",
                "what is there now. Whoever holds it gives it to this file with --checkpoint.",
            )

    def of_token(self, size: int, at: datetime, signer: str) -> tuple[str, str]:
        said = f"checkpoint {size} is what the token is about. It says {at:%Y-%m-%d %H:%M:%S} UTC and is signed by"
        if self.roots:
            return f"{said} {signer}, up to a pinned root.", "whether a certificate was revoked."
        return (
            f"{said} {signer} with a certificate that it brings along.",
            "whose certificate that is, so NO time is proven. Pin the root of the authority with --authority FILE.",
        )

    def of_proof(self, size: int, proof: Proof) -> tuple[str, str]:
        if not proof.blocks:
            promised = ", ".join(proof.calendars)
            return f"checkpoint {size} is promised by {promised}.", "anything else. PENDING: no time is proven yet."
        height, root = min(proof.blocks)
        return (
            f"the steps lead from checkpoint {size} to Merkle root {root}, which Bitcoin block {height} must hold.",
            f"whether it does. Look block {height} up; if its root is this one, checkpoint {size} is older than it.",
        )


# --- the bundle


class Bundle:
    def __init__(self, path: str) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self.zip.read("manifest.json"))
            if (self.manifest["format"], self.manifest["version"]) != (FORMAT, 1):
                raise Unreadable(f"{path} is no bundle of a version this file knows.")
            self.size, self.scope = int(self.manifest["size"]), self.manifest["scope"]
            self.is_whole = self.scope == "log"
            self.has_rows = bool(self.manifest["rows"])
        except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{path} is not a bundle: {error}") from error

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self.zip.open(name) as file:
            for line in file:
                yield json.loads(line)


class Order:
    """Of one object, a later version has the larger number; and an act has a larger one than those that were recorded
    before it began. Pages take the largest for the latest. A minute is let pass, for a clock that was set back."""

    def __init__(self) -> None:
        self.versions: dict[tuple[str, str], int] = {}
        self.acts: deque[tuple[datetime, int]] = deque(maxlen=3_600)  # a second, and the largest number by its end

    def faults(self, said: dict[str, Any], began: datetime, recorded: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
        """Entries come in their order. Those that were adopted are older than all others, and in none themselves."""
        for rows in said["rows"]:
            for row, key, *_ in rows["digests"]:
                largest = self.versions.get((rows["table"], key), row - 1)
                if row <= largest and not said["adopted"]:
                    yield "history.order", {"table": rows["table"], "row": row, "object": key}
                self.versions[rows["table"], key] = max(row, largest)
        number, second = said["act"], recorded.replace(microsecond=0)
        largest = self.acts[-1][1] if self.acts else number
        before = (began - timedelta(minutes=1)).replace(microsecond=0)
        if number < largest and number < next((known for at, known in reversed(self.acts) if at < before), number):
            yield "act.order", {}
        if self.acts and second <= self.acts[-1][0]:
            second = self.acts.pop()[0]
        self.acts.append((second, max(number, largest)))


class Check:
    def __init__(
        self,
        bundle: Bundle,
        trusted: dict[bytes, bytes],
        witnesses: list[tuple[str, str]],
        roots: Sequence[x509.Certificate] = (),
    ) -> None:
        self.bundle, self.trusted, self.witnesses, self.roots_pinned = bundle, trusted, witnesses, roots
        self.findings: list[dict[str, Any]] = []
        self.order = Order()
        self.counts: dict[str, int] = {}
        self.roots: dict[int, bytes] = {}
        self.shown = self.withheld = 0
        self.expected: dict[tuple[str, int], tuple[int, int, str]] = {}

    def find(self, kind: str, **place: Any) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= SHOWN_OF_A_KIND:
            self.findings.append({"kind": kind, **place})

    def run(self) -> dict[str, Any]:
        checkpoints = [(line, read_note(line["note"])) for line in self.bundle.lines("checkpoints.jsonl")]
        anchors = Anchors({(line["size"], line["note"]) for line, _ in checkpoints}, self.roots_pinned)
        kept = [(name, read_note(text)) for name, text in [*self.witnesses, *self.left_outside(anchors.notes)]]
        if self.bundle.is_whole:
            wanted = {note[1] for note in [*(note for _, note in checkpoints), *(note for _, note in kept)] if note}
            self.grow(wanted)
        signed = self.check_checkpoints(checkpoints)
        covered = max(signed, default=0)
        if covered != self.bundle.size:
            self.find("entry.unsigned", index=covered, detail=f"signed up to {covered} of {self.bundle.size}")
        if not self.bundle.is_whole:
            self.check_included()
        self.check_witnesses(kept, signed)
        for kind, place, detail in anchors.check(self.bundle.lines("anchors.jsonl")):
            self.find(kind, object=place, detail=detail)
        if self.bundle.has_rows:
            self.check_rows()
        root = self.roots.get(self.bundle.size, b"").hex()
        return {
            "fits": not self.counts, "scope": self.bundle.scope, "size": self.bundle.size, "root": root,
            "checkpoints": len(checkpoints), "signed": covered, "shown": self.shown, "withheld": self.withheld,
            "rows": self.bundle.has_rows, "kept": len(self.witnesses),
            "counts": self.counts, "findings": self.findings, "unpinned": anchors.unpinned,
            "anchors": [{**vars(each), "said": each.sentence()} for each in anchors.places.values()],
        }  # fmt: skip

    def left_outside(self, notes: set[tuple[int, str]]) -> Iterator[tuple[str, str]]:
        """Checkpoints that were taken out and do not stand here any more: each holds the log to what it was then."""
        for line in self.bundle.lines("anchors.jsonl"):
            differing = {each["note"] for each in line["receipts"]}
            for note in sorted(each for each in differing if (line["checkpoint"], each) not in notes):
                yield name_of(line), note

    def grow(self, wanted: set[int]) -> None:
        """Every leaf there is, by its content or, where that is withheld, by its hash alone."""
        peaks: list[bytes] = []
        size, before, adopting = 0, "", True
        for line in self.bundle.lines("entries.jsonl"):
            if line["index"] != size:
                self.find("entry.missing", index=size)
                return
            if "content" in line:
                before, adopting = self.read_entry(line, before, adopting)
            leaf = self.leaf_of(line)
            append(peaks, size, leaf)
            size += 1
            if size in wanted or size == self.bundle.size:
                self.roots[size] = root_of(peaks)
        if size != self.bundle.size:
            self.find("head.size", index=size, detail=str(self.bundle.size))

    def leaf_of(self, line: dict[str, Any]) -> bytes:
        """Where the content is withheld, what proves only that the entry is there."""
        if "content" in line:
            return leaf_hash(line["content"].encode())
        self.withheld += 1
        if self.bundle.has_rows:
            self.find("entry.withheld", index=line["index"])
        return bytes.fromhex(line["leaf"])

    def check_checkpoints(self, checkpoints: list[tuple[dict[str, Any], Note | None]]) -> dict[int, bytes]:
        signed: list[tuple[int, bytes, dict[str, Any]]] = []
        for line, note in checkpoints:
            judged = judge(note, self.trusted)
            if note is None or judged != "signed":
                self.find(f"checkpoint.{judged}", object=str(line["size"]))
            elif note[1] != line["size"]:
                self.find("checkpoint.size", object=str(line["size"]), detail=str(note[1]))
            elif note[1] > self.bundle.size:
                self.find("checkpoint.beyond", index=self.bundle.size, object=str(note[1]))
            else:
                signed.append((note[1], note[2], line))
        if not self.bundle.is_whole:
            over_all = [root for size, root, _ in signed if size == self.bundle.size]
            if not over_all:
                return {}  # of a part, only a checkpoint over all of it says how anything else is to be
            self.roots[self.bundle.size] = over_all[-1]
        fitting = {size: root for size, root, line in signed if self.fits(size, root, line)}
        for size, root, _ in signed:
            if fitting.get(size) != root:  # also of two over one length, of which only one can be of this log
                later = any(each >= size for each in fitting)
                self.find("checkpoint.fork" if later else "checkpoint.root", object=str(size))
        return fitting

    def fits(self, size: int, root: bytes, line: dict[str, Any]) -> bool:
        if self.bundle.is_whole:
            return self.roots.get(size) == root
        proof = [bytes.fromhex(each) for each in line.get("consistency", [])]
        return is_consistent(size, self.bundle.size, proof, root, self.roots[self.bundle.size])

    def check_included(self) -> None:
        """Of a part of the log: each entry by its own proof against the one checkpoint over all of it."""
        before = ""
        for line in self.bundle.lines("entries.jsonl"):
            proof = [bytes.fromhex(each) for each in line["proof"]]
            if "content" in line:
                before, _ = self.read_entry(line, before, True)
            leaf, root = self.leaf_of(line), self.roots.get(self.bundle.size)
            if root is not None and not is_included(leaf, line["index"], self.bundle.size, proof, root):
                self.find("entry.content", index=line["index"])

    def check_witnesses(self, kept: list[tuple[str, Note | None]], signed: dict[int, bytes]) -> None:
        for name, note in kept:
            judged = judge(note, self.trusted)
            if note is None or judged != "signed":
                self.find(f"witness.{judged}", object=name)
                continue
            _, size, root, _, _ = note
            if size > self.bundle.size:
                self.find("witness.beyond", index=self.bundle.size, object=name, detail=str(size))
            elif size in signed and signed[size] == root:
                continue
            elif size in signed or (self.bundle.is_whole and self.roots.get(size) != root):
                later = any(each >= size for each in signed)
                self.find("witness.fork" if later else "witness.root", object=name, detail=str(size))
            else:
                self.find("witness.absent", object=name, detail=str(size))

    def read_entry(self, line: dict[str, Any], before: str, adopting: bool) -> tuple[str, bool]:
        index, content = line["index"], line["content"]
        self.shown += 1
        try:
            said = json.loads(content)
            again = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            if again != content or tuple(said) != MEMBERS or said["version"] != 1 or type(said["act"]) is not int:
                raise ValueError
            at, recorded_at = (datetime.fromisoformat(said[name]) for name in ("at", "recorded_at"))
            for rows in said["rows"]:
                for history_id, _key, _kind, digest in rows["digests"]:
                    if type(history_id) is not int:
                        raise ValueError
                    self.expected[rows["table"], history_id] = (index, said["act"], digest)
        except (ValueError, TypeError, KeyError, AttributeError):
            self.find("entry.form", index=index)
            return before, adopting
        if said["recorded_at"] < before:
            self.find("entry.order", index=index)
        if said["adopted"] and not adopting:
            self.find("entry.adopted", index=index)
        if not said["adopted"] and recorded_at - at > timedelta(hours=1):
            self.find("act.backdated", index=index, act=said["act"], detail=said["at"])
        if at - recorded_at > timedelta(minutes=1):
            self.find("act.postdated", index=index, act=said["act"], detail=said["at"])
        for kind, place in self.order.faults(said, at, recorded_at):
            self.find(kind, index=index, act=said["act"], **place)
        return said["recorded_at"], adopting and said["adopted"]

    def check_rows(self) -> None:
        for line in self.bundle.lines("rows.jsonl"):
            table, row = line["table"], line["history_id"]
            if (said := self.expected.pop((table, row), None)) is None:
                self.find("history.added", table=table, row=row)
            elif f"sha256:{sha256(line['text'].encode()).hexdigest()}" != said[2]:
                self.find("history.changed", index=said[0], act=said[1], table=table, row=row)
        for (table, row), (index, act, _) in self.expected.items():
            self.find("history.removed", index=index, act=act, table=table, row=row)


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle")
    parser.add_argument("--key", action="append", required=True, help="a verifier key you have pinned; repeatable")
    parser.add_argument("--checkpoint", action="append", default=[], help="a file you have kept; repeatable")
    parser.add_argument("--authority", action="append", default=[], help="roots to believe, in PEM; repeatable")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    try:
        trusted = dict(map(read_key, asked.key))
        witnesses = [(name, note) for name in asked.checkpoint for note in notes_of(Path(name).read_bytes()) or [""]]
        roots = [each for name in asked.authority for each in x509.load_pem_x509_certificates(Path(name).read_bytes())]
        report = Check(Bundle(asked.bundle), trusted, witnesses, roots).run()
    except (Unreadable, OSError, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        print(f"Cannot be read: {error}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for finding in report["findings"]:
            print("\t".join([finding["kind"], *(f"{name} {said}" for name, said in finding.items() if name != "kind")]))
        for place in report["anchors"]:
            print(place["said"])
        print(verdict(report), end=": ")
        print(f"signed up to {report['signed']} of {report['size']} entries, root {report['root']}.")
        there = (
            "" if report["scope"] == "log" else f"{report['shown'] + report['withheld']} of these entries are in it: "
        )
        print(f"{there}{report['shown']} contents read, {report['withheld']} withheld.", end="")
        print(f" Held against {report['kept']} checkpoints that you kept." if report["kept"] else "")
        if report["scope"] != "log":
            print(PART)
    return 1 if not report["fits"] else 3 if report["unpinned"] else 0


def verdict(report: dict[str, Any]) -> str:
    if not report["fits"]:
        return "It does not fit"
    if report["unpinned"]:
        return f"What was checked fits; {report['unpinned']} time stamps were NOT held against any authority"
    said = "Everything fits" if report["scope"] == "log" else "What is in it fits"
    return said if report["anchors"] else f"{said}, and nothing was anchored outside"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
