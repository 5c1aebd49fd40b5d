"""A WACZ signed with the installation's key: https://specs.webrecorder.net/wacz-auth/0.1.0/, the anonymous signature.

ECDSA on P-384 with SHA-256 over the digest of datapackage.json as it is written (`sha256:…`), both numbers side by
side: what ReplayWeb.page and ArchiveWeb.page read, so whoever opens the file there is shown whether it holds. Which
desk the key belongs to is not in the file; it is published beside it, or known.
"""

import base64
import binascii
import hashlib
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from sources.archiving.warc import timestamp

VERSION = "0.1.0"
SOFTWARE = "Isnad"
CURVE = ec.SECP384R1()
SIZE = 48  # of each of the two numbers, and of a secret
_MOST_BYTES = 4 * 1024 * 1024  # of a datapackage


class BadSignature(Exception):
    """The file holds a signature, and it does not hold."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds. `public_key` is the one in the file, base64: whose it is has to be looked up."""

    public_key: str
    created: str
    software: str


def read_key(text: str) -> ec.EllipticCurvePrivateKey:
    """A secret of 48 bytes, base64, as `python -m config.keys` prints it. Raises ValueError."""
    try:
        secret = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(secret) != SIZE:
        raise ValueError(f"{len(secret)} bytes, not {SIZE}")
    return ec.derive_private_key(int.from_bytes(secret), CURVE)


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def sign(package_digest: str, at: datetime, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """`signedData` for datapackage-digest.json. The same digest under the same key gives the same signature."""
    made = key.sign(package_digest.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    both = b"".join(number.to_bytes(SIZE) for number in utils.decode_dss_signature(made))
    return {
        "hash": package_digest,
        "created": timestamp(at),
        "software": SOFTWARE,
        "version": VERSION,
        "signature": base64.b64encode(both).decode(),
        "publicKey": public_key(key),
    }


def signature_of(file: IO[bytes]) -> Signed | None:
    """Who signed the WACZ in `file`; None where nobody did. Raises BadSignature where it does not hold.

    The signature is over the datapackage, which has the digests of the other files: that they still have them is the
    archive's to say, which knows the digest of the whole.
    """
    try:
        with zipfile.ZipFile(file) as wacz:
            said = json.loads(_entry(wacz, "datapackage-digest.json"))
            package = _entry(wacz, "datapackage.json")
        data = said.get("signedData")
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, RecursionError):
        return None
    return None if data is None else _checked(data, "sha256:" + hashlib.sha256(package).hexdigest())


def _checked(data: Any, package_digest: str) -> Signed:
    try:
        if data["hash"] != package_digest:
            raise BadSignature("it is over another datapackage")
        key = serialization.load_der_public_key(base64.b64decode(data["publicKey"], validate=True))
        both = base64.b64decode(data["signature"], validate=True)
        numbers = int.from_bytes(both[:SIZE]), int.from_bytes(both[SIZE:])
        if not isinstance(key, ec.EllipticCurvePublicKey) or len(both) != 2 * SIZE:
            raise BadSignature("of a kind we do not know")
        key.verify(utils.encode_dss_signature(*numbers), package_digest.encode(), ec.ECDSA(hashes.SHA256()))
        return Signed(data["publicKey"], str(data.get("created", "")), str(data.get("software", "")))
    except InvalidSignature as error:
        raise BadSignature("made with another key, or over something else") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSignature("of a kind we do not know") from error


def _entry(wacz: zipfile.ZipFile, name: str) -> bytes:
    """An entry that is no larger than such a thing is, whatever the file says of its size."""
    with wacz.open(name) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{name} is too large")
    return data
