"""OpenTimestamps proofs, read and written here as by the reference library, and refused where they are none."""

from hashlib import sha256

import pytest
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile

from audit.stamps import calendars, ots, outgoing
from audit.stamps.ots import APPEND, BITCOIN, PENDING, PREPEND, SHA256, Attestation, NotAProof, Step, Tree
from audit.stamps.outgoing import Answer, Question
from audit.stamps.receipts import read_proof
from audit.stamps.states import Failure, StampState, UnableToStamp
from tests.calendars import Calendar
from tests.services import Asked, Said

DIGEST = sha256(b"A whole WACZ, byte for byte").digest()
URL = "https://alice.calendar.example"


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """A calendar asked without a network between."""
    calendar = Calendar()
    calendar.url = URL

    def ask(question: Question) -> Answer:
        assert question.url.startswith(URL)
        headers = {"accept": question.accept}
        said: Said = calendar.answer(Asked(question.method, question.url.removeprefix(URL), headers, question.body))
        return Answer(said.status, said.body)

    monkeypatch.setattr(outgoing, "_connected", [ask])
    return calendar


def by_the_library(proof: bytes) -> DetachedTimestampFile:
    return DetachedTimestampFile.deserialize(BytesDeserializationContext(proof))


def test_it_works(calendar: Calendar) -> None:
    proof = calendars.submit(URL, DIGEST)
    receipt = read_proof(proof, DIGEST)
    assert (receipt.state, receipt.said_by, receipt.said_at) == (StampState.PENDING, "alice.calendar.example", None)
    assert calendars.upgraded(proof, [URL]) is None
    calendar.block = 905_123
    grown = calendars.upgraded(proof, [URL])
    assert grown is not None
    receipt = read_proof(grown, DIGEST)
    assert receipt.state is StampState.COMPLETE
    assert receipt.said_by.startswith("Bitcoin block 905123, Merkle root ")
    assert calendars.upgraded(grown, [URL]) is None


def test_the_reference_library_reads_the_same(calendar: Calendar) -> None:
    calendar.block = 905_123
    proof = calendars.submit(URL, DIGEST)
    read = by_the_library(proof)
    assert read.file_digest == DIGEST
    assert [each for _message, each in read.timestamp.all_attestations()] == [PendingAttestation(URL)]
    read_back = calendars.upgraded(proof, [URL]) or b""
    read = by_the_library(read_back)
    found = {type(each): message for message, each in read.timestamp.all_attestations()}
    assert set(found) == {PendingAttestation, BitcoinBlockHeaderAttestation}
    ours = ots.parse(read_back).attested(BITCOIN)
    assert [message for message, _each in ours] == [found[BitcoinBlockHeaderAttestation]]


def test_a_proof_read_and_written_again_is_the_same_bytes(calendar: Calendar) -> None:
    proof = calendars.submit(URL, DIGEST)
    assert ots.write(ots.parse(proof)) == proof


def test_the_calendar_does_not_learn_what_it_holds(calendar: Calendar) -> None:
    """Asked twice about one digest, it sees two unlike numbers, neither of them the digest."""
    submitted = [ots.parse(calendars.submit(URL, DIGEST)) for _ in range(2)]
    sent = {message for tree in submitted for message, _each in tree.attested(PENDING)}
    assert len({DIGEST, *sent, *calendar.asked}) == 5


def test_a_proof_of_something_else(calendar: Calendar) -> None:
    proof = calendars.submit(URL, sha256(b"another").digest())
    with pytest.raises(UnableToStamp) as refusal:
        read_proof(proof, DIGEST)
    assert refusal.value.failure is Failure.ABOUT_SOMETHING_ELSE


def test_a_calendar_that_sends_on_to_another_is_not_followed(calendar: Calendar) -> None:
    """Where a proof leads is written by whoever made it: only whom the settings name is asked."""
    calendar.url = "https://elsewhere.example"
    proof = calendars.submit(URL, DIGEST)
    with pytest.raises(UnableToStamp, match=r"elsewhere\.example") as refusal:
        calendars.upgraded(proof, [URL])
    assert refusal.value.failure is Failure.NOT_CONFIGURED


def test_an_answer_about_another_commitment_leads_nowhere(calendar: Calendar) -> None:
    """A tree names no message of its own, so what a calendar mixes up shows as another Merkle root, and only there."""
    proof = calendars.submit(URL, DIGEST)
    ((message, _),) = ots.parse(proof).attested(PENDING)
    calendar.block = 905_123
    more = ots.parse_tree(calendar.answer(Asked("GET", f"/timestamp/{message.hex()}", {}, b"")).body, message)
    other = ots.parse_tree(ots.write_tree(more), b"\x02" * 32)
    assert next(other.attested(BITCOIN))[0] != next(more.attested(BITCOIN))[0]


LEAF = Attestation(PENDING, b"\x05https")
HEAD = ots.MAGIC + b"\x01\x08" + DIGEST


def deep(levels: int) -> bytes:
    return HEAD + b"\xf0\x01x" * levels + ots.write_tree(Tree(b"", (LEAF,)))


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        (b"", "too early"),
        (b"<html>", "too early"),
        (b"x" * 200, "version 1"),
        (HEAD, "too early"),
        (HEAD.replace(b"\x01\x08", b"\x02\x08"), "version 1"),
        (HEAD.replace(b"\x01\x08", b"\x01\x03"), "SHA-256"),
        (HEAD + b"\x02", "no calendar takes"),  # SHA-1
        (HEAD + b"\xff\xff", "no calendar takes"),
        (HEAD + b"\xf0\xff\xff\xff\xff\xff\xff\xff\xff\xff", "larger than"),
        (HEAD + b"\xf0\x81\x20" + b"x" * 4097, "longer than"),
        (HEAD + b"\x00" + PENDING + b"\x02\x01?", "names no calendar"),
        (HEAD + b"\x00" + PENDING + b"\x03\x01xx", "names no calendar"),
        (HEAD + b"\x00" + BITCOIN + b"\x02\x01\x01", "names no block"),
        (HEAD + ots.write_tree(Tree(b"", (LEAF,))) + b"more", "after the end"),
        (deep(300), "deeper"),
    ],
)
def test_what_is_no_proof(proof: bytes, why: str) -> None:
    with pytest.raises(NotAProof, match=why):
        ots.parse(proof)


def test_as_deep_as_a_proof_may_be() -> None:
    assert ots.write(ots.parse(deep(200))) == deep(200)


def test_what_an_unknown_witness_says_is_kept_and_not_believed() -> None:
    proof = HEAD + b"\x00" + b"unknown!" + b"\x02hi"
    assert ots.write(ots.parse(proof)) == proof
    with pytest.raises(UnableToStamp, match="nobody we know"):
        read_proof(proof, DIGEST)


def test_steps() -> None:
    assert Step(APPEND, b"b").of(b"a") == b"ab"
    assert Step(PREPEND, b"b").of(b"a") == b"ba"
    assert Step(SHA256).of(b"a") == sha256(b"a").digest()
