"""The token as the stand-alone verifier reads it: few lines of our own, so held to every byte and kind of key."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from audit.stamps import rfc3161
from audit.stamps.states import UnableToStamp
from tests.audit.bundles import VERIFIER
from tests.authority import Authority, Key, found

DIGEST = sha256(b"A checkpoint").digest()


@pytest.fixture(scope="module")
def standalone() -> Any:
    spec = util.spec_from_file_location("isnad_verify", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found(tmp_path / "honest")


@pytest.mark.parametrize(
    "key",
    [
        lambda: ec.generate_private_key(ec.SECP256R1()),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: rsa.generate_private_key(public_exponent=65537, key_size=3072),
    ],
)
def test_it_reads_what_the_server_reads(standalone: Any, tmp_path: Path, key: Callable[[], Key]) -> None:
    authority = found(tmp_path, key=key())
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    token = rfc3161.verified(reply, DIGEST, authority.certificates, sent=sent)
    assert standalone.check_token(reply, sent, DIGEST, authority.certificates) == (token.at, token.signer)
    assert abs(token.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_every_byte_changed_once(standalone: Any, authority: Authority) -> None:
    """Some stand in fields that are not signed and say nothing, such as a version; no change may alter what is read."""
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    honest = standalone.check_token(reply, sent, DIGEST, authority.certificates)
    believed = len(reply)
    for place in range(len(reply)):
        changed = bytearray(reply)
        changed[place] ^= 0x01
        try:
            assert standalone.check_token(bytes(changed), sent, DIGEST, authority.certificates) == honest, place
        except standalone.Wrong:
            believed -= 1
    assert believed < len(reply) / 20


def test_cut_off_anywhere(standalone: Any, authority: Authority) -> None:
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    for length in range(len(reply)):
        with pytest.raises(standalone.Wrong) as wrong:
            standalone.check_token(reply[:length], sent, DIGEST, authority.certificates)
        assert wrong.value.name in {"form", "refused"}


def test_without_roots_the_signature_is_checked_all_the_same(standalone: Any, authority: Authority) -> None:
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    assert standalone.check_token(reply, sent, DIGEST, [])
    with pytest.raises(standalone.Wrong, match="signature is false"):
        standalone.check_token(reply[:-1] + bytes([reply[-1] ^ 1]), sent, DIGEST, [])


@pytest.mark.parametrize("through", [None, True])
def test_only_a_pinned_certificate_ends_a_chain(standalone: Any, tmp_path: Path, through: bool | None) -> None:
    authority = found(tmp_path / "honest", through=through)
    stranger = found(tmp_path / "stranger", name="Somebody else")
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    both = [*stranger.certificates, *authority.certificates]
    assert standalone.check_token(reply, sent, DIGEST, both)
    with pytest.raises(standalone.Wrong, match="none of the pinned roots"):
        standalone.check_token(reply, sent, DIGEST, stranger.certificates)
    with pytest.raises(UnableToStamp):
        rfc3161.verified(reply, DIGEST, stranger.certificates, sent=sent)
