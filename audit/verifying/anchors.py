"""The anchors of checkpoints, verified again without the network, and what stands at places we can read ourselves.

A receipt that no longer fits the checkpoint under its size is a finding, and the checkpoint it was made for a witness.
An anchor is worth what its receipt shows: one that is said to hold and has none of that kind was put there by hand.
From each file elsewhere the latest checkpoint is a witness too: it stays there when the end of the log and every row
about it are gone from here.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography import x509

from audit.stamps import places, said
from audit.stamps.anchored import fault
from audit.stamps.authorities import believed, configured_places, name_of, roots_of
from audit.stamps.states import BORNE_OUT, AnchorKind, StampState, UnableToStamp
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.signatures import Trusted
from audit.verifying.witnesses import Witness, anchors

_RECEIPTS = """
SELECT a.kind::text, a.target::text, a.checkpoint_id::bigint, coalesce(c.note, '')::text, r.note::text,
    r.sent, r.receipt, r.state::text
FROM public.audit_anchorreceipt r JOIN public.audit_anchor a ON a.id = r.anchor_id
LEFT JOIN public.audit_checkpoint c ON c.size = a.checkpoint_id ORDER BY r.id
"""
_UNBORNE = """
SELECT a.kind::text, a.target::text, a.checkpoint_id::bigint, a.state::text FROM public.audit_anchor a
WHERE a.state <> ALL(%s) AND (a.kind || ' ' || a.state <> ALL(%s)
    OR NOT EXISTS (SELECT FROM public.audit_anchorreceipt r WHERE r.anchor_id = a.id AND r.state = a.state))
ORDER BY a.id
"""
_NOT_THERE = [StampState.QUEUED.value, StampState.FAILED.value]
_OF_A_KIND = [f"{kind} {state}" for kind, states in BORNE_OUT.items() for state in states]


@anchors
def check(session: Session, trusted: Trusted) -> Iterator[Finding | Witness]:
    certificates = functools.cache(_certificates)
    for kind, where, size, checkpoint, note, sent, receipt, state in session.stream(_RECEIPTS):
        name, place = _at(kind, where, size)
        given = {"note": note, "checkpoint": checkpoint, "sent": bytes(sent), "receipt": bytes(receipt)}
        given["state"] = state
        if found := fault(kind, roots=certificates(kind, where), **given):
            yield Finding(
                Kind(f"anchor.{found.wrong}"), object=name, detail=found.detail, **place, **_by_code(found.said)
            )
        if note != checkpoint:
            yield Witness(name, note, place)
    for kind, where, size, state in session.stream(_UNBORNE, [_NOT_THERE, _OF_A_KIND]):
        name, place = _at(kind, where, size)
        yield Finding(Kind.ANCHOR_RECEIPT, object=name, detail=state, **place)
    yield from _left_elsewhere()


def _at(kind: str, where: str, size: int) -> tuple[str, dict[str, Any]]:
    """Its name in reports, and what of it a `Finding` keeps apart."""
    return f"{name_of(where)}, checkpoint {size}", {"kept": kind, "place": name_of(where), "size": size}


def _left_elsewhere() -> Iterator[Finding | Witness]:
    for place in configured_places():
        if place.kind is not AnchorKind.FILE:
            continue
        kept: dict[str, Any] = {"kept": place.kind.value, "place": place.where}
        try:
            latest = places.latest(place.where)
        except OSError as error:
            why = said.of_reading(error)
            yield Finding(Kind.ANCHOR, object=place.where, detail=str(why), **kept, **_by_code(why))
            continue
        if latest:
            yield Witness(place.where, latest, kept)


def _by_code(why: said.Said | None) -> dict[str, Any]:
    return {"code": why.code.value, "value": why.value} if why else {}


def _certificates(kind: str, where: str) -> Sequence[x509.Certificate]:
    """None where the settings name no roots for that authority: its tokens are then not believed, and that is said."""
    named = next((each for each in believed() if each.url == where), None) if kind == AnchorKind.RFC3161 else None
    try:
        return roots_of(named) if named else ()
    except UnableToStamp:
        return ()
