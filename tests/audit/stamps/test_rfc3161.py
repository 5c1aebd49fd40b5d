"""Tokens of a real authority (`openssl ts`), and of one that lies in each way it can."""

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from audit.stamps import rfc3161
from audit.stamps.states import Failure, UnableToStamp
from tests.authority import Authority, found

DATA = b"A whole WACZ, byte for byte"
DIGEST = sha256(DATA).digest()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found(tmp_path / "honest")


def refused(reply: bytes, authority: Authority, sent: bytes, digest: bytes = DIGEST, **more: datetime) -> Failure:
    with pytest.raises(UnableToStamp) as refusal:
        rfc3161.verified(reply, digest, authority.certificates, sent=sent, **more)
    return refusal.value.failure


def test_it_works(authority: Authority) -> None:
    sent, asked_at = rfc3161.request(DIGEST), datetime.now(UTC)
    reply = authority.reply(sent)
    token = rfc3161.verified(reply, DIGEST, authority.certificates, sent=sent, asked_at=asked_at)
    assert abs(token.at - asked_at) < timedelta(minutes=1)
    assert (token.signer, token.policy) == ("CN=A time authority", "1.3.6.1.4.1.55555.1")


def test_who_knows_nothing_of_us_confirms_it_from_the_bytes_kept(authority: Authority) -> None:
    reply = authority.reply(rfc3161.request(DIGEST))
    assert authority.confirms(reply, DATA)
    assert not authority.confirms(reply, DATA + b".")


def test_each_request_has_a_nonce_of_its_own() -> None:
    assert rfc3161.request(DIGEST) != rfc3161.request(DIGEST)


def test_about_something_else(authority: Authority) -> None:
    """The imprint of another digest, honestly signed."""
    other = rfc3161.request(sha256(b"another").digest(), nonce=7)
    assert refused(authority.reply(other), authority, rfc3161.request(DIGEST, nonce=7)) is Failure.ABOUT_SOMETHING_ELSE


def test_a_right_digest_of_another_kind_of_hash(authority: Authority) -> None:
    """Thirty-two bytes under the name of SHA-512 are no digest of ours."""
    sent = rfc3161.request(DIGEST)
    oid, other = bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040203")
    reply = authority.reply(sent)
    assert oid in reply
    assert refused(reply.replace(oid, other), authority, sent) in {Failure.ABOUT_SOMETHING_ELSE, Failure.NOT_TRUSTED}


def test_an_old_reply_given_again(authority: Authority) -> None:
    """Same digest, honestly signed, but asked for by another request: it may be from any time."""
    old = authority.reply(rfc3161.request(DIGEST))
    assert refused(old, authority, rfc3161.request(DIGEST)) is Failure.NONCE_DIFFERS


def test_a_root_nobody_configured(authority: Authority, tmp_path: Path) -> None:
    stranger = found(tmp_path / "stranger", name="Somebody else")
    sent = rfc3161.request(DIGEST)
    assert refused(stranger.reply(sent), authority, sent) is Failure.NOT_TRUSTED


def test_a_certificate_that_had_run_out(tmp_path: Path) -> None:
    expired = found(tmp_path / "expired", days=(-9, -1))
    sent = rfc3161.request(DIGEST)
    with pytest.raises(UnableToStamp, match=r"certificate has expired$") as refusal:
        rfc3161.verified(expired.reply(sent), DIGEST, expired.certificates, sent=sent)
    assert refusal.value.failure is Failure.NOT_TRUSTED


def test_a_key_that_is_not_for_time_stamps(authority: Authority, tmp_path: Path) -> None:
    """Certified by a configured root for signing code, it signs what an authority would say."""
    sent = rfc3161.request(DIGEST)
    said = authority.says(authority.reply(sent))
    stamping, other = found(tmp_path / "stamping"), found(tmp_path / "other", stamps=False)
    assert rfc3161.verified(stamping.signs(said), DIGEST, stamping.certificates, sent=sent)
    with pytest.raises(UnableToStamp, match=r"unsuitable certificate purpose$") as refusal:
        rfc3161.verified(other.signs(said), DIGEST, other.certificates, sent=sent)
    assert refusal.value.failure is Failure.NOT_TRUSTED


@pytest.mark.parametrize("garbage", [b"", b"<html>Sorry</html>", b"\x30\x03\x02\x01\x00", b"\x30\x84\xff\xff\xff\xff"])
def test_garbage(authority: Authority, garbage: bytes) -> None:
    failure = refused(garbage, authority, rfc3161.request(DIGEST))
    assert failure in {Failure.ANSWER_MALFORMED, Failure.NOT_GRANTED}


def test_a_reply_with_any_byte_changed_is_not_believed_to_say_something_else(authority: Authority) -> None:
    """Every byte once. Some stand in fields that say nothing (a status text); no change may alter what is read."""
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    honest = rfc3161.verified(reply, DIGEST, authority.certificates, sent=sent)
    for place in range(len(reply)):
        changed = bytearray(reply)
        changed[place] ^= 0x01
        try:
            token = rfc3161.verified(bytes(changed), DIGEST, authority.certificates, sent=sent)
        except UnableToStamp:
            continue
        assert token == honest, place


def test_a_certificate_put_beside_that_is_none(authority: Authority, tmp_path: Path) -> None:
    """What a token brings along is not signed: whoever adds to it may be disbelieved, and may not stop us reading."""
    stranger = found(tmp_path / "stranger", name="Somebody else with a longer name")
    with (authority.folder / "ts.cnf").open("a") as file:
        file.write(f"certs = {stranger.folder}/tsa.pem\n")
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    assert rfc3161.verified(reply, DIGEST, authority.certificates, sent=sent)
    version = bytes.fromhex("a003020102")
    at = reply.rindex(version)
    reply = reply[:at] + bytes.fromhex("a003020107") + reply[at + len(version) :]
    assert refused(reply, authority, sent) in {Failure.ANSWER_MALFORMED, Failure.NOT_TRUSTED}


def test_a_refusal_says_why(authority: Authority) -> None:
    """This authority takes no SHA-1, and its reply holds no token at all."""
    wrong = rfc3161.request(DIGEST).replace(
        bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040205")
    )
    with pytest.raises(UnableToStamp) as refusal:
        rfc3161.verified(authority.reply(wrong), DIGEST, authority.certificates, sent=rfc3161.request(DIGEST))
    assert refusal.value.failure is Failure.NOT_GRANTED
    assert "status 2" in refusal.value.detail


def test_a_clock_that_is_far_from_ours(authority: Authority) -> None:
    sent = rfc3161.request(DIGEST)
    reply, then = authority.reply(sent), datetime.now(UTC) - timedelta(hours=1)
    assert refused(reply, authority, sent, asked_at=then) is Failure.TIME_IMPLAUSIBLE


def test_a_token_is_still_good_when_its_certificate_has_run_out(tmp_path: Path) -> None:
    second = 1 / 86_400
    authority = found(tmp_path, days=(-1, 2 * second))
    sent = rfc3161.request(DIGEST)
    reply = authority.reply(sent)
    time.sleep(3)
    assert rfc3161.verified(reply, DIGEST, authority.certificates, sent=sent)
    assert refused(authority.reply(sent), authority, sent) is Failure.NOT_TRUSTED


def test_no_roots_no_belief(authority: Authority) -> None:
    sent = rfc3161.request(DIGEST)
    with pytest.raises(UnableToStamp) as refusal:
        rfc3161.verified(authority.reply(sent), DIGEST, [], sent=sent)
    assert refusal.value.failure is Failure.NOT_CONFIGURED
