"""OpenTimestamps calendars: hand one a digest, keep its promise, and come back for what it was turned into.

A calendar gathers commitments and puts one root over them into the Bitcoin block chain, within hours. It is sent the
digest only mixed with sixteen random bytes, so that what it publishes does not say what it was about.

Only calendars named in the settings are asked again: where a proof leads is written by whoever made the proof.
"""

import secrets
from collections.abc import Collection

from audit.stamps import ots, outgoing
from audit.stamps.ots import APPEND, BITCOIN, PENDING, SHA256, NotAProof, Step, Tree
from audit.stamps.outgoing import Question
from audit.stamps.states import Failure, UnableToStamp

ACCEPT = "application/vnd.opentimestamps.v1"
MOST_BYTES = 10_000


def submit(calendar: str, digest: bytes) -> bytes:
    """A proof about `digest` that leads as far as the calendar's promise. Raises UnableToStamp."""
    mixed = Step(APPEND, secrets.token_bytes(16))
    commitment = Step(SHA256).of(mixed.of(digest))
    question = Question(
        "POST",
        f"{_base(calendar)}/digest",
        commitment,
        content_type="application/x-www-form-urlencoded",
        accept=ACCEPT,
        limit=MOST_BYTES,
    )
    promised = _answered(outgoing.accepted(outgoing.ask(question)), commitment)
    if not any(promised.attested(PENDING)) and not any(promised.attested(BITCOIN)):
        raise UnableToStamp(Failure.ANSWER_MALFORMED, "the calendar promises nothing")
    below = Tree(mixed.of(digest), steps=((Step(SHA256), promised),))
    return ots.write(Tree(digest, steps=((mixed, below),)))


def upgraded(proof: bytes, calendars: Collection[str]) -> bytes | None:
    """The proof with what its calendars know by now; None while they have nothing more. Raises UnableToStamp."""
    before = tree = parsed(proof)
    known = {_base(each) for each in calendars}
    waiting = [(message, _base(each.uri)) for message, each in tree.attested(PENDING)]
    if waiting and not any(uri in known for _message, uri in waiting):
        raise UnableToStamp(Failure.NOT_CONFIGURED, f"it waits for {waiting[0][1]}")
    for message, uri in waiting:
        if uri in known:
            tree = _with_answer(tree, message, uri)
    return ots.write(tree) if tree != before else None


def parsed(proof: bytes) -> Tree:
    try:
        return ots.parse(proof)
    except NotAProof as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, error.said) from error


def blocks(tree: Tree) -> list[tuple[int, str]]:
    """The Bitcoin blocks a proof leads to: height, and the Merkle root as block explorers write it."""
    return sorted((each.height, message[::-1].hex()) for message, each in tree.attested(BITCOIN))


def _with_answer(tree: Tree, message: bytes, calendar: str) -> Tree:
    question = Question("GET", f"{calendar}/timestamp/{message.hex()}", accept=ACCEPT, limit=MOST_BYTES)
    answer = outgoing.ask(question)
    if answer.status == 404:  # not in the block chain yet
        return tree
    return tree.with_more(_answered(outgoing.accepted(answer), message))


def _answered(written: bytes, message: bytes) -> Tree:
    try:
        return ots.parse_tree(written, message)
    except NotAProof as error:
        raise UnableToStamp(Failure.ANSWER_MALFORMED, error.said) from error


def _base(calendar: str) -> str:
    return calendar.rstrip("/")
