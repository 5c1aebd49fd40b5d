"""An OpenTimestamps calendar as it is in the world: it takes digests at once, and knows their block later.

Its answers are made with the reference library, so that what our few lines read is not what our few lines wrote.
"""

from hashlib import sha256

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

from tests.services import Asked, Said


class Calendar:
    """`url` is what it says of itself; `block` is the height its commitments stand at once it is set."""

    def __init__(self) -> None:
        self.url = ""
        self.block: int | None = None
        self.asked: list[bytes] = []  # what it was given
        self.held: set[bytes] = set()

    def answer(self, asked: Asked) -> Said:
        if asked.method == "POST" and asked.path == "/digest" and len(asked.body) <= 64:
            self.asked.append(asked.body)
            salted = OpPrepend(b"2026")(asked.body)
            received = Timestamp(asked.body)
            kept = received.ops.add(OpPrepend(b"2026")).ops.add(OpSHA256())
            self.held.add(sha256(salted).digest())
            kept.attestations.add(PendingAttestation(self.url))
            return Said(200, written(received))
        message = bytes.fromhex(asked.path.removeprefix("/timestamp/"))
        if message not in self.held or self.block is None:
            return Said(404, b"Pending confirmation in Bitcoin blockchain")
        known = Timestamp(message)
        root = known.ops.add(OpAppend(b"\x01" * 32)).ops.add(OpSHA256()).ops.add(OpSHA256())
        root.attestations.add(BitcoinBlockHeaderAttestation(self.block))
        return Said(200, written(known))


def written(timestamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    timestamp.serialize(context)
    return bytes(context.getbytes())
