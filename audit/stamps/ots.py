"""OpenTimestamps proofs: a file that says by which steps a digest leads to something others have attested.

The format is small and its own library stands still (opentimestamps 0.4.5, of 2023, with a Bitcoin library and a second
cryptography behind it), so it is read and written here; a test holds this to that library.

    magic, version, hash (SHA-256), digest, then a tree:
    0x00 attestation | 0xf0 append | 0xf1 prepend | 0x08 sha256, 0xff before each item of a node but the last

Only the steps calendars take are read: a proof through SHA-1 or RIPEMD-160 would prove less. What an attestation is
worth stands outside of the file: a calendar's promise, or the header of a Bitcoin block, which is **not** checked here,
since that takes a node of the Bitcoin network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from audit.stamps.said import Code, Said

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
VERSION = 1
SHA256, APPEND, PREPEND, ATTESTATION, ANOTHER = 0x08, 0xF0, 0xF1, 0x00, 0xFF
PENDING = bytes.fromhex("83dfe30d2ef90c8e")
BITCOIN = bytes.fromhex("0588960d73d71901")
MOST_MESSAGE, MOST_PAYLOAD, MOST_URI, MOST_DEPTH = 4096, 8192, 1000, 256
_URI = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:")


class NotAProof(Exception):
    """These bytes are no proof; `said` is where they stop being one."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Attestation:
    """Somebody's word about a message: PENDING by the calendar at `uri`, BITCOIN by block `height`, or unknown."""

    tag: bytes
    payload: bytes

    @property
    def uri(self) -> str:
        """Of the calendar that holds the message."""
        reader = _Reader(self.payload)
        uri = reader.several(MOST_URI)
        if self.tag != PENDING or not reader.ended or not _URI.issuperset(uri):
            raise NotAProof(Said(Code.NO_CALENDAR))
        return uri.decode("ascii")

    @property
    def height(self) -> int:
        """Of the block in whose Merkle root the message stands."""
        reader = _Reader(self.payload)
        height = reader.number()
        if self.tag != BITCOIN or not reader.ended:
            raise NotAProof(Said(Code.NO_BLOCK))
        return height


@dataclass(frozen=True, slots=True)
class Step:
    tag: int
    argument: bytes = b""

    def of(self, message: bytes) -> bytes:
        if self.tag == SHA256:
            return sha256(message).digest()
        return message + self.argument if self.tag == APPEND else self.argument + message


@dataclass(frozen=True, slots=True)
class Tree:
    """What is known of one message: who attests it, and what follows from it."""

    message: bytes
    attestations: tuple[Attestation, ...] = ()
    steps: tuple[tuple[Step, "Tree"], ...] = ()

    def walk(self) -> Iterator["Tree"]:
        yield self
        for _step, tree in self.steps:
            yield from tree.walk()

    def attested(self, tag: bytes) -> Iterator[tuple[bytes, Attestation]]:
        """Each message with each attestation of that kind."""
        return ((tree.message, each) for tree in self.walk() for each in tree.attestations if each.tag == tag)

    def with_more(self, more: "Tree") -> "Tree":
        """This tree, with what `more` knows of one message in it added there."""
        if self.message == more.message:
            return self._merged(more)
        return Tree(self.message, self.attestations, tuple((step, tree.with_more(more)) for step, tree in self.steps))

    def _merged(self, more: "Tree") -> "Tree":
        steps = dict(self.steps)
        for step, tree in more.steps:
            steps[step] = steps[step]._merged(tree) if step in steps else tree
        attestations = dict.fromkeys((*self.attestations, *more.attestations))
        return Tree(self.message, tuple(attestations), tuple(steps.items()))


def parse(proof: bytes) -> Tree:
    """The tree over the digest a proof file is about. Raises NotAProof."""
    reader = _Reader(proof)
    if reader.take(len(MAGIC)) != MAGIC or reader.number() != VERSION:
        raise NotAProof(Said(Code.NO_PROOF))
    if reader.byte() != SHA256:
        raise NotAProof(Said(Code.NO_DIGEST))
    tree = _tree(reader, reader.take(32), 0)
    if not reader.ended:
        raise NotAProof(Said(Code.BEYOND_THE_END))
    return tree


def parse_tree(written: bytes, message: bytes) -> Tree:
    """What a calendar answers about `message`: a tree without the head of a file."""
    reader = _Reader(written)
    tree = _tree(reader, message, 0)
    if not reader.ended:
        raise NotAProof(Said(Code.BEYOND_THE_END))
    return tree


def write(tree: Tree) -> bytes:
    """The proof file of a tree over a digest."""
    return MAGIC + bytes([VERSION, SHA256]) + tree.message + write_tree(tree)


def write_tree(tree: Tree) -> bytes:
    items = [bytes([ATTESTATION]) + each.tag + _several(each.payload) for each in tree.attestations]
    for step, following in tree.steps:
        argument = b"" if step.tag == SHA256 else _several(step.argument)
        items.append(bytes([step.tag]) + argument + write_tree(following))
    return bytes([ANOTHER]).join([b"", *items[:-1]]) + items[-1]


def _tree(reader: "_Reader", message: bytes, depth: int) -> Tree:
    if depth > MOST_DEPTH or len(message) > MOST_MESSAGE:
        raise NotAProof(Said(Code.TOO_DEEP))
    attestations, steps = [], []
    more = True
    while more:
        tag = reader.byte()
        more = tag == ANOTHER
        tag = reader.byte() if more else tag
        if tag == ATTESTATION:
            attestations.append(_attestation(reader))
        elif tag in (SHA256, APPEND, PREPEND):
            step = Step(tag, b"" if tag == SHA256 else reader.several(MOST_MESSAGE))
            steps.append((step, _tree(reader, step.of(message), depth + 1)))
        else:
            raise NotAProof(Said(Code.UNKNOWN_STEP, f"{tag:#04x}"))
    return Tree(message, tuple(attestations), tuple(steps))


def _attestation(reader: "_Reader") -> Attestation:
    read = Attestation(reader.take(8), reader.several(MOST_PAYLOAD))
    if read.tag == PENDING:
        _ = read.uri
    elif read.tag == BITCOIN:
        _ = read.height
    return read


def _several(raw: bytes) -> bytes:
    return _number(len(raw)) + raw


def _number(value: int) -> bytes:
    """Seven bits a byte, lowest first."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._data)

    def take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise NotAProof(Said(Code.CUT_SHORT))
        self._at += count
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
                raise NotAProof(Said(Code.TOO_LARGE_A_NUMBER))

    def several(self, most: int) -> bytes:
        count = self.number()
        if count > most:
            raise NotAProof(Said(Code.TOO_LONG_A_FIELD))
        return self.take(count)
