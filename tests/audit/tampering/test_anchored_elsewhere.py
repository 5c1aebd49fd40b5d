"""The same receipts, held against the record by the server and by an outsider with a bundle: both find the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django import Settings

from audit import exporting
from audit.stamps import ots, places, rfc3161
from audit.stamps.ots import APPEND, BITCOIN, PENDING, SHA256, Attestation, Step, Tree
from audit.verifying.session import reading
from tests.audit.bundles import lines, outside
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk
from tests.audit.tampering.test_signed import make_all_anew, sign_all_anew
from tests.authority import Authority, found

URL = "https://tsa.example/tsr"
CALENDAR = "https://calendar.example"
MAILBOX = "outsider@example.org"
NAMES = ("anchor", "witness")
Export = Callable[..., Path]
Agreed = Callable[..., dict[str, str]]


@pytest.fixture
def authority(tmp_path: Path, settings: Settings) -> Authority:
    return believed(found(tmp_path / "honest"), settings)


def believed(authority: Authority, settings: Settings) -> Authority:
    settings.TIMESTAMP_AUTHORITIES = [f"{URL} {authority.roots}"]
    return authority


@pytest.fixture
def export(attacker: Attacker, desk: Desk, tmp_path: Path) -> Export:
    def write(*, everything: bool = True) -> Path:
        path = tmp_path / f"bundle-{everything}.zip"
        (signed,) = attacker.connection.execute("SELECT max(size) FROM audit_checkpoint").fetchall()[0]
        with reading(attacker.connection) as session:
            exporting.write(path, session, max(signed or 0, desk.late), everything=everything)
        return path

    return write


@pytest.fixture
def agreed(verified: Verify, export: Export) -> Agreed:
    """What both find about anchors, by name, with its place."""

    def look(*authorities: Authority) -> dict[str, str]:
        inside = [(each.kind.value, each.object) for each in verified().findings]
        _status, report = outside(export(), authorities=[each.roots for each in authorities])
        elsewhere = [(each["kind"], each["object"]) for each in report["findings"] if "object" in each]
        found = [[each for each in some if each[0].startswith(NAMES)] for some in (inside, elsewhere)]
        assert sorted(found[0]) == sorted(found[1])
        return dict(found[0])

    return look


STATES = {"RFC3161": "STAMPED", "OTS": "COMPLETE", "FILE": "DELIVERED", "MAIL": "DELIVERED"}


def keep(
    attacker: Attacker, desk: Desk, kind: str, where: str, receipt: bytes, sent: bytes = b"", state: str = ""
) -> None:
    """A receipt about the late checkpoint, as a worker leaves it."""
    state = state or STATES[kind]
    attacker.connection.execute(
        b"WITH made AS (INSERT INTO audit_anchor (checkpoint_id, kind, target, state, reason, detail, attempts,"
        b" retry_reason, lease_owner) VALUES (%s, %s, %s, %s, '', '', 1, '', '') RETURNING id)"
        b" INSERT INTO audit_anchorreceipt (anchor_id, state, said_by, said_at, note, sent, receipt)"
        b" SELECT id, %s, 'somebody', %s, %s, %s, %s FROM made",
        (desk.late, kind, where, state, state, datetime.now(UTC), desk.late_note, sent, receipt),
    )
    attacker.connection.execute(b"SET CONSTRAINTS ALL IMMEDIATE")  # or its tables could not be altered any more


def digest_of(desk: Desk) -> bytes:
    return sha256(desk.late_note.encode()).digest()


def stamped(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    sent = rfc3161.request(digest_of(desk))
    keep(attacker, desk, "RFC3161", URL, authority.reply(sent), sent)


def proof(digest: bytes, *attestations: Attestation) -> bytes:
    below = Tree(Step(APPEND, b"beside").of(digest))
    root = Step(SHA256).of(below.message)
    return ots.write(
        Tree(
            digest,
            steps=((Step(APPEND, b"beside"), Tree(below.message, steps=((Step(SHA256), Tree(root, attestations)),))),),
        )
    )


PROMISE = Attestation(PENDING, bytes([len(CALENDAR)]) + CALENDAR.encode())
BLOCK = Attestation(BITCOIN, bytes([0xA3, 0xA0, 0x37]))  # height 905 251, seven bits a byte


def test_it_works(attacker: Attacker, desk: Desk, authority: Authority, agreed: Agreed) -> None:
    stamped(attacker, desk, authority)
    keep(attacker, desk, "OTS", CALENDAR, proof(digest_of(desk), PROMISE, BLOCK))
    keep(attacker, desk, "FILE", "/somewhere/else", b"")
    message = places.mail(MAILBOX, desk.late, desk.late_note)
    keep(attacker, desk, "MAIL", MAILBOX, message.encode("utf-8", "surrogateescape"))
    assert agreed(authority) == {}


def other_question(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    digest = digest_of(desk)
    keep(attacker, desk, "RFC3161", URL, authority.reply(rfc3161.request(digest)), rfc3161.request(digest))


def other_digest(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    sent = rfc3161.request(sha256(b"another").digest())
    keep(attacker, desk, "RFC3161", URL, authority.reply(sent), sent)


def refusal(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    sent = rfc3161.request(digest_of(desk))
    sha1 = sent.replace(bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040205"))
    keep(attacker, desk, "RFC3161", URL, authority.reply(sha1), sent)


def altered(change: str) -> Callable[[Attacker, Desk, Authority], None]:
    def do(attacker: Attacker, desk: Desk, authority: Authority) -> None:
        stamped(attacker, desk, authority)
        attacker.do(f"UPDATE audit_anchorreceipt SET {change}")

    return do


def flipped(where: str) -> Callable[[Attacker, Desk, Authority], None]:
    return altered(f"receipt = set_byte(receipt, {where}, get_byte(receipt, {where}) # 1)")


def without_checkpoint(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    stamped(attacker, desk, authority)
    attacker.do(f"DELETE FROM audit_checkpoint WHERE size = {desk.late}")


def signed_anew(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    stamped(attacker, desk, authority)
    sign_all_anew(attacker, desk)


def anchor_removed(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    """The receipt is left, which names what was taken out."""
    stamped(attacker, desk, authority)
    attacker.do("DELETE FROM audit_anchor")


def anchor_removed_and(then: Callable[[Attacker, Desk], None]) -> Callable[[Attacker, Desk, Authority], None]:
    def do(attacker: Attacker, desk: Desk, authority: Authority) -> None:
        anchor_removed(attacker, desk, authority)
        then(attacker, desk)

    return do


def proof_of(kept: Callable[[bytes], bytes]) -> Callable[[Attacker, Desk, Authority], None]:
    def do(attacker: Attacker, desk: Desk, authority: Authority) -> None:
        keep(attacker, desk, "OTS", CALENDAR, kept(digest_of(desk)))

    return do


def other_mail(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    message = message_from_bytes(places.mail(MAILBOX, desk.late, desk.late_note).encode(), policy=policy.default)
    message.set_content("Nothing of the kind.")
    keep(attacker, desk, "MAIL", MAILBOX, message.as_bytes())


def said_to_hold(kind: str, where: str, state: str) -> Callable[[Attacker, Desk, Authority], None]:
    """A row that says so, and nothing that came back."""

    def do(attacker: Attacker, desk: Desk, authority: Authority) -> None:
        attacker.do(
            "INSERT INTO audit_anchor (checkpoint_id, kind, target, state, reason, detail, attempts, retry_reason,"
            f" lease_owner, next_attempt_at) VALUES ({desk.late}, '{kind}', '{where}', '{state}', '', '', 1, '', '', NULL)"
        )

    return do


def promise_called_a_block(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    keep(attacker, desk, "OTS", CALENDAR, proof(digest_of(desk), PROMISE), state="COMPLETE")


def file_called_a_time_stamp(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    """Of a file nothing comes back that could be false."""
    keep(attacker, desk, "FILE", URL, b"", state="STAMPED")


def mail_in_a_charset_nobody_knows(attacker: Attacker, desk: Desk, authority: Authority) -> None:
    message = b'Content-Type: text/plain; charset="nobody-knows"\r\n\r\n' + desk.late_note.encode()
    keep(attacker, desk, "MAIL", MAILBOX, message)


DEEDS = [
    (flipped("length(receipt) - 1"), {"anchor.untrusted"}),  # in the signature
    (flipped("150"), {"anchor.untrusted"}),  # in what is signed: the time
    (altered("receipt = substr(receipt, 1, 900)"), {"anchor.form"}),
    (altered("receipt = ''"), {"anchor.form"}),
    (altered("sent = ''"), {"anchor.form"}),
    (altered("note = replace(note, '=', '')"), {"anchor.checkpoint", "witness.form"}),
    (other_question, {"anchor.nonce"}),
    (other_digest, {"anchor.imprint"}),
    (refusal, {"anchor.refused"}),
    (without_checkpoint, {"anchor.checkpoint", "witness.absent"}),
    (signed_anew, {"anchor.checkpoint", "witness.fork"}),
    (proof_of(lambda digest: proof(sha256(b"another").digest(), BLOCK)), {"anchor.imprint"}),
    (proof_of(lambda digest: proof(digest, BLOCK)[:-3]), {"anchor.form"}),
    (proof_of(lambda digest: proof(digest, BLOCK) + b"."), {"anchor.form"}),
    (proof_of(lambda digest: proof(digest, Attestation(b"whatever", b""))), {"anchor.form"}),
    (proof_of(lambda digest: proof(digest, Attestation(PENDING, b"\x04http\x00"))), {"anchor.form"}),
    (other_mail, {"anchor.mail"}),
    (mail_in_a_charset_nobody_knows, {"anchor.mail"}),
    (said_to_hold("RFC3161", "https://freetsa.org/tsr", "STAMPED"), {"anchor.receipt"}),
    (said_to_hold("OTS", CALENDAR, "PENDING"), {"anchor.receipt"}),
    (said_to_hold("OTS", CALENDAR, "COMPLETE"), {"anchor.receipt"}),
    (said_to_hold("FILE", "/mnt/elsewhere", "DELIVERED"), {"anchor.receipt"}),
    (said_to_hold("MAIL", MAILBOX, "DELIVERED"), {"anchor.receipt"}),
    (said_to_hold("FAX", "nobody", "HELD"), {"anchor.receipt"}),
    (promise_called_a_block, {"anchor.receipt"}),
    (file_called_a_time_stamp, {"anchor.receipt"}),
    (altered("state = 'DELIVERED'"), {"anchor.receipt"}),
    (anchor_removed, {"anchor.removed"}),
    (anchor_removed_and(sign_all_anew), {"anchor.removed", "witness.fork"}),
    (anchor_removed_and(make_all_anew), {"anchor.removed", "witness.root"}),
]


@pytest.mark.parametrize(("deed", "kinds"), DEEDS)
def test_both_find_the_same(
    attacker: Attacker,
    desk: Desk,
    authority: Authority,
    agreed: Agreed,
    deed: Callable[[Attacker, Desk, Authority], None],
    kinds: set[str],
) -> None:
    deed(attacker, desk, authority)
    said = agreed(authority)
    assert {*said} == kinds
    assert all(f", checkpoint {desk.late}" in place for place in said.values())


def certified_by_one_that_may_not(folder: Path) -> Authority:
    return found(folder, through=False)


def run_out(folder: Path) -> Authority:
    return found(folder, days=(-9, -1))


@pytest.mark.parametrize("made", [certified_by_one_that_may_not, run_out])
def test_certificates_that_are_no_good(
    attacker: Attacker,
    desk: Desk,
    agreed: Agreed,
    settings: Settings,
    tmp_path: Path,
    made: Callable[[Path], Authority],
) -> None:
    authority = believed(made(tmp_path / "not good"), settings)
    stamped(attacker, desk, authority)
    assert {*agreed(authority)} == {"anchor.untrusted"}


def test_a_key_that_is_not_for_time_stamps(
    attacker: Attacker, desk: Desk, authority: Authority, agreed: Agreed, settings: Settings, tmp_path: Path
) -> None:
    sent = rfc3161.request(digest_of(desk))
    other = believed(found(tmp_path / "other", stamps=False), settings)
    keep(attacker, desk, "RFC3161", URL, other.signs(authority.says(authority.reply(sent))), sent)
    assert {*agreed(other)} == {"anchor.untrusted"}


def test_somebody_elses_authority(
    attacker: Attacker, desk: Desk, authority: Authority, agreed: Agreed, tmp_path: Path
) -> None:
    stamped(attacker, desk, found(tmp_path / "stranger", name="Somebody else"))
    assert agreed(authority) == {"anchor.untrusted": f"tsa.example, checkpoint {desk.late}"}


def test_one_certified_through_another(
    attacker: Attacker, desk: Desk, agreed: Agreed, settings: Settings, tmp_path: Path
) -> None:
    authority = believed(found(tmp_path / "through", through=True), settings)
    stamped(attacker, desk, authority)
    assert agreed(authority) == {}


def test_without_a_root_it_is_never_said_to_be_fine(
    attacker: Attacker, desk: Desk, authority: Authority, export: Export
) -> None:
    stamped(attacker, desk, authority)
    bundle = export()
    status, report = outside(bundle)
    assert (status, report["counts"], report["unpinned"]) == (3, {}, 1)
    said = outside(bundle, as_json=False)[1]["said"]
    assert "NOT held against any authority" in said
    assert "NO time is proven" in said
    assert "Everything fits" not in said
    said = outside(bundle, authorities=[authority.roots], as_json=False)[1]["said"]
    assert "CN=A time authority, up to a pinned root" in said
    assert "Everything fits" in said


def test_the_block_is_said_to_be_looked_up_and_a_promise_to_be_one(
    attacker: Attacker, desk: Desk, export: Export
) -> None:
    digest = digest_of(desk)
    keep(attacker, desk, "OTS", CALENDAR, proof(digest, PROMISE), state="PENDING")
    keep(attacker, desk, "OTS", "https://other.example", proof(digest, BLOCK))
    promised, complete = outside(export())[1]["anchors"]
    assert "PENDING: no time is proven yet" in promised["said"]
    assert CALENDAR in promised["shown"]
    root = sha256(digest + b"beside").digest()[::-1].hex()
    assert complete["blocks"] == [{"checkpoint": desk.late, "height": 905_251, "merkle_root": root}]
    assert f"Merkle root {root}, which Bitcoin block 905251 must hold" in complete["shown"]
    assert "Look block 905251 up" in complete["not_shown"]


def test_whose_mailbox_it_was_stays_with_those_who_may_see_everything(
    attacker: Attacker, desk: Desk, export: Export
) -> None:
    message = places.mail(MAILBOX, desk.late, desk.late_note).encode("utf-8", "surrogateescape")
    keep(attacker, desk, "MAIL", MAILBOX, message)
    (told,) = lines(export(), "anchors.jsonl")
    assert told["place"] == MAILBOX
    bundle = export(everything=False)
    (told,) = lines(bundle, "anchors.jsonl")
    assert (told["place"], told["receipts"][0]["note"]) == ("", desk.late_note)
    assert MAILBOX not in str(told)
    assert outside(bundle)[0] == 0


def test_where_on_which_disk_stays_with_them_too(attacker: Attacker, desk: Desk, export: Export) -> None:
    keep(attacker, desk, "FILE", "/mnt/elsewhere/log", b"")
    attacker.do("UPDATE audit_anchorreceipt SET said_by = '/mnt/elsewhere/log'")
    (told,) = lines(export(), "anchors.jsonl")
    assert (told["place"], told["receipts"][0]["said_by"]) == ("/mnt/elsewhere/log",) * 2
    bundle = export(everything=False)
    (told,) = lines(bundle, "anchors.jsonl")
    assert (told["kind"], told["place"], told["receipts"][0]["note"]) == ("FILE", "", desk.late_note)
    assert "elsewhere" not in str(told)
    assert outside(bundle)[0] == 0
