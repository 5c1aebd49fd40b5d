"""Who outside holds a checkpoint that covers an act: of each kind of place the first, not just the first made."""

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from audit.acts import act
from audit.models import Act, Anchor, AnchorReceipt, Checkpoint, Entry, Head
from audit.queries.anchors import anchors_of
from audit.queries.vouched import Vouch, proof_of, vouches
from audit.stamps.states import AnchorKind, StampState
from tests.audit.test_anchors import signed

pytestmark = pytest.mark.django_db


def anchored(checkpoint: Checkpoint, kind: str, target: str, state: str = StampState.DELIVERED) -> Anchor:
    anchor = Anchor.objects.create(checkpoint=checkpoint, kind=kind, target=target, state=state)
    AnchorReceipt.objects.create(anchor=anchor, state=state, note=checkpoint.note)
    return anchor


def vouch_of(checkpoint: Checkpoint) -> Vouch:
    """Of the latest act that it covers."""
    number = Entry.objects.get(index=checkpoint.size - 1).act_id
    return vouches([number])[number]


def words(vouch: Vouch) -> str:
    return render_to_string("components/vouched.html", {"vouch": vouch})


def test_a_later_checkpoint_vouches_as_well(db: None) -> None:
    first, second, third = signed(), signed(), signed()
    anchored(second, AnchorKind.RFC3161, "https://tsa.example/tsr", StampState.STAMPED)
    anchored(third, AnchorKind.RFC3161, "https://late.example/tsr", StampState.STAMPED)
    anchored(third, AnchorKind.FILE, "/mnt/elsewhere")
    vouch = vouch_of(first)
    assert vouch.checkpoint == first
    assert [(held.checkpoint, [anchor.kind for anchor in held.by]) for held in vouch.anchored] == [
        (second, [AnchorKind.RFC3161]),
        (third, [AnchorKind.FILE]),
    ]
    said = words(vouch)
    assert 'anchored by <bdi dir="ltr">tsa.example</bdi> (with the checkpoint of ' in said
    assert "late.example" not in said


def test_what_was_promised_or_failed_vouches_for_nothing(db: None) -> None:
    checkpoint = signed()
    for number, state in enumerate((StampState.QUEUED, StampState.PENDING, StampState.FAILED)):
        anchored(checkpoint, AnchorKind.OTS, f"https://calendar{number}.example", state)
    assert vouch_of(checkpoint).anchored == ()
    assert "anchored by" not in words(vouch_of(checkpoint))


@pytest.mark.parametrize(
    ("kind", "state", "receipt"),
    [
        (AnchorKind.RFC3161, "STAMPED", ""),
        (AnchorKind.OTS, "COMPLETE", "PENDING"),
        (AnchorKind.FILE, "STAMPED", "STAMPED"),
        (AnchorKind.OTS, "PENDING", ""),
        ("FAX", "HELD", "HELD"),
    ],
)
def test_what_no_receipt_bears_out_vouches_for_nothing(db: None, kind: str, state: str, receipt: str) -> None:
    """Put there by somebody who may write to the database: pages must not say it before the verifier is asked."""
    checkpoint = signed()
    forged = Anchor.objects.create(checkpoint=checkpoint, kind=kind, target="https://tsa.example/tsr", state=state)
    if receipt:
        AnchorReceipt.objects.create(anchor=forged, state=receipt, note=checkpoint.note)
    assert vouch_of(checkpoint).anchored == ()
    (shown,) = anchors_of(checkpoint, named=True)
    row = render_to_string("audit/_anchor.html", {"shown": shown})
    assert "Nothing bears out" in row
    assert "Was there before" not in row
    assert shown.sign == "unmet"


def forged(note: str = "mine") -> Checkpoint:
    """As whoever may add rows can put it there, over one more act."""
    with act("tests.nothing", actor="tests"):
        pass
    return Checkpoint.objects.create(size=Head.objects.get().size, note=note)


def test_what_no_trusted_key_signed_vouches_for_nothing(db: None) -> None:
    checkpoint = forged()
    anchored(checkpoint, AnchorKind.RFC3161, "https://tsa.example/tsr", StampState.STAMPED)
    vouch = vouch_of(checkpoint)
    assert (vouch.checkpoint, vouch.doubted, vouch.anchored) == (None, checkpoint, ())
    assert "signed by no key that is trusted" in words(vouch)
    assert "checkpoint of" not in words(vouch)
    proof = proof_of(Entry.objects.get(index=checkpoint.size - 1))
    assert proof is not None
    assert (proof.holds, proof.beside, proof.anchored) == (False, (), ())


def test_behind_it_the_first_that_is_signed_vouches(db: None) -> None:
    checkpoint = forged()
    anchored(checkpoint, AnchorKind.FILE, "/mnt/forged")
    later = signed()
    anchored(later, AnchorKind.FILE, "/mnt/elsewhere")
    vouch = vouch_of(checkpoint)
    assert (vouch.checkpoint, vouch.doubted) == (later, None)
    assert [held.checkpoint for held in vouch.anchored] == [later]


def test_one_over_more_entries_than_there_are_covers_none(db: None) -> None:
    first = signed()
    with act("tests.nothing", actor="tests"):
        pass
    Checkpoint.objects.create(size=5_000_000, note=first.note)
    latest = Entry.objects.latest("index")
    vouch = vouches([latest.act_id])[latest.act_id]
    assert (vouch.checkpoint, vouch.doubted) == (None, None)
    assert "no checkpoint covers it yet" in words(vouch)


def test_an_earlier_checkpoint_does_not_cover_it(db: None) -> None:
    anchored(signed(), AnchorKind.FILE, "/mnt/elsewhere")
    assert vouch_of(signed()).anchored == ()


def test_all_who_hold_the_first_are_named_and_none_by_path_or_address(db: None) -> None:
    checkpoint = signed()
    for host in ("one.example", "two.example"):
        anchored(checkpoint, AnchorKind.RFC3161, f"https://{host}/tsr", StampState.STAMPED)
    anchored(checkpoint, AnchorKind.FILE, "/mnt/elsewhere")
    for name in ("amal", "basim"):
        anchored(checkpoint, AnchorKind.MAIL, f"{name}@witness.example")
    said = words(vouch_of(checkpoint))
    for host in ("one.example", "two.example"):
        assert f'<bdi dir="ltr">{host}</bdi>' in said
    assert said.count("an outsider by mail") == 1
    assert "a file elsewhere" in said
    assert "/mnt/" not in said
    assert "@witness" not in said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sentence_ends_before_the_next_begins(cast: Any, language: str, client: Any) -> None:
    checkpoint = signed()
    anchored(checkpoint, AnchorKind.FILE, "/mnt/elsewhere")
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    with translation.override(language):
        answer = client.get(f"/audit/entries/{checkpoint.size - 1}/", headers={"accept-language": language})
        page = answer.content.decode()
        assert str(translation.gettext("a file elsewhere")) in page
    assert ".," not in page
    assert ".\u060c" not in page


def test_the_queries_do_not_grow(db: None) -> None:
    counts = []
    for _ in range(3):
        for _ in range(2):
            checkpoint = signed()
            anchored(checkpoint, AnchorKind.FILE, "/mnt/elsewhere")
            anchored(checkpoint, AnchorKind.RFC3161, "https://tsa.example/tsr", StampState.STAMPED)
        acts = [*Act.objects.values_list("pk", flat=True)]
        with CaptureQueriesContext(connection) as queries:
            vouches(acts)
        counts.append(len(queries))
    assert counts == [3, 3, 3]


def test_a_proof_names_them_too(db: None) -> None:
    first, second = signed(), signed()
    anchored(second, AnchorKind.FILE, "/mnt/elsewhere")
    proof = proof_of(Entry.objects.get(index=first.size - 1))
    assert proof is not None
    assert proof.checkpoint == first
    assert [held.checkpoint for held in proof.anchored] == [second]
