"""Checkpoints of the log as signed notes: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint.

    desk.example/isnad            whose log it is
    1203                          how many entries
    uIaL…0Q=                      the root over them, base64

    — desk.example/isnad 8Lr2…    a signature: name of the key, base64 of its id and the signature itself

How to sign and to verify is the caller's: this module knows the text and nothing of elliptic curves.
"""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

ED25519 = b"\x01"
_WORDED = re.compile(
    r"(?<![^\n\x1e])[^\n\x1e]+\n[0-9]{1,18}\n[A-Za-z0-9+/=]+\n\n(?:\u2014 [^\s\x1e]+ [A-Za-z0-9+/=]+\n)+"
)
LONGEST_SIZE = 18  # digits that any counter holds
Sign = Callable[[bytes], bytes]


class NotANote(Exception):
    """The text is not a signed checkpoint; the message says where it stops being one."""


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the log, `root` is the raw hash."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


@dataclass(frozen=True)
class Signature:
    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        return f"— {self.name} {_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True)
class Note:
    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        return self.checkpoint.body + "\n" + "".join(signature.line for signature in self.signatures)


def key_id(name: str, public_key: bytes) -> bytes:
    """Four bytes by which a reader finds the key: a name for it, not a proof of anything."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def signed(checkpoint: Checkpoint, keys: Sequence[tuple[str, bytes, Sign]]) -> Note:
    """`keys`: name, raw public key, and what signs bytes with the private one."""
    for name in (checkpoint.origin, *(name for name, _, _ in keys)):
        if not name or "+" in name or any(letter.isspace() for letter in name):
            raise ValueError(f"{name!r} cannot name a log or a key: no spaces, no plus sign.")
    body = checkpoint.body.encode()
    return Note(checkpoint, tuple(Signature(name, key_id(name, public), sign(body)) for name, public, sign in keys))


def notes_in(text: str) -> list[str]:
    """Every checkpoint in a text, as it stands there: in a mail among other words, in a file behind others (0x1E).

    One that was cut short is none.
    """
    return _WORDED.findall(text)


def parse(text: str) -> Note:
    """Strictly: what is read is what `Note.text` writes again, letter by letter."""
    body, blank, tail = text.partition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) != 3:
        raise NotANote("A checkpoint is three lines, an empty line, and signatures.")
    origin, size, root = lines
    if not size.isascii() or not size.isdigit() or len(size) > LONGEST_SIZE:
        raise NotANote(f"The second line is the number of entries, not {size!r}.")
    note = Note(Checkpoint(origin, int(size), _bytes(root)), tuple(map(_signature, tail.splitlines())))
    if not note.signatures or not origin or note.text != text:
        raise NotANote("A checkpoint names its log, has a signature, and nothing else stands in it.")
    if len(note.checkpoint.root) != sha256().digest_size:
        raise NotANote("The third line is not a SHA-256 root.")
    return note


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    raw = _bytes(encoded)
    if dash != "—" or not name or len(raw) <= 4:
        raise NotANote(f"This is not a signature: {line!r}.")
    return Signature(name, raw[:4], raw[4:])


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotANote(f"This is not base64: {encoded!r}.") from error
