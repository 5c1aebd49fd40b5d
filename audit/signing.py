"""The keys that sign checkpoints. The database never sees them: they come from the settings, as Ed25519 seeds.

All keys in `LEDGER_KEYS` sign. A key is replaced by putting the new one beside the old, and taking the old one out once
outsiders have learned of the new; both are acts on record. What an old key signed goes on being trusted while its
verifier key stands in `LEDGER_TRUSTED_KEYS`.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from audit.domain.notes import ED25519, Note, Sign, key_id

SEED = 32


class UnusableKey(ValueError):
    """A key in the settings cannot be read; the message says which setting and what it should be."""


@dataclass(frozen=True)
class SigningKey:
    name: str
    public: bytes
    sign: Sign

    @property
    def verifier(self) -> str:
        """As others pin it (C2SP signed-note): `name+id+key`."""
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def signing_keys() -> list[SigningKey]:
    keys = []
    for seed in settings.LEDGER_KEYS:
        private = Ed25519PrivateKey.from_private_bytes(_seed(seed))
        keys.append(SigningKey(settings.LEDGER_NAME, private.public_key().public_bytes_raw(), private.sign))
    return keys


def trusted_keys() -> dict[bytes, bytes]:
    """Public keys by their ids: those we sign with, and those we have pinned."""
    ours = {key_id(key.name, key.public): key.public for key in signing_keys()}
    return dict(map(read_verifier, settings.LEDGER_TRUSTED_KEYS)) | ours


def read_verifier(text: str) -> tuple[bytes, bytes]:
    """Id and public key of `name+id+key`. Raises UnusableKey."""
    try:
        name, stated, encoded = text.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if raw[:1] != ED25519 or len(raw) != 1 + SEED or key_id(name, raw[1:]) != bytes.fromhex(stated):
            raise ValueError
    except ValueError as error:
        raise UnusableKey(f"{text!r} is not a verifier key of the form name+id+key.") from error
    return key_id(name, raw[1:]), raw[1:]


def is_signed(note: Note, trusted: Mapping[bytes, bytes]) -> bool:
    """Whether a key that is trusted signed it. Signatures of others are nothing to us, a false one of ours is."""
    found = False
    for each in note.signatures:
        if (public := trusted.get(each.key_id)) is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(each.signature, note.checkpoint.body.encode())
        except InvalidSignature:
            return False
        found = True
    return found


def _seed(text: str) -> bytes:
    try:
        seed = base64.b64decode(text, validate=True)
    except binascii.Error:
        seed = b""
    if len(seed) != SEED:
        raise UnusableKey("LEDGER_KEYS holds something that is not 32 bytes in base64.")
    return seed
